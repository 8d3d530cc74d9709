import type { VisitScene } from '../probe.js';

/**
 * How many of some records the app does not know, or does not use any more; 0 when that cannot be known, because no
 * `rosterCommand` was given.
 */
export async function missingFrom({ options, roster }: VisitScene, ids: readonly string[]): Promise<number> {
  if (options.rosterCommand === undefined) {
    return 0;
  }
  const active = new Set((await roster()).filter((line) => line.active).map(({ cleverId }) => cleverId));
  return ids.filter((id) => !active.has(id)).length;
}

/** Which of some sections the app has read the students of, since a mark. */
export function studentsReadOf({ stage }: VisitScene, sections: readonly string[], mark: number): readonly string[] {
  const paths = stage.witness.since(mark).calls.map(({ rawPath }) => rawPath);
  return sections.filter((id) => paths.some((path) => path.includes(`/sections/${id}/`)));
}
