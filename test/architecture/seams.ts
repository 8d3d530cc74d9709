import type { SourceFacts } from './imports.js';

/**
 * Files that are loaded when they are needed and not before, each with all that it imports: docs/decisions/0006. What
 * none of them loads is in the first chunk of every app, so it must earn its place.
 */
export const SEAMS: Readonly<Record<string, string>> = {
  'src/api/engine.ts': 'the first request or the first reading of a listing',
  'src/oauth/login-flow.ts': 'a method of `clever.oauth` that sends something, or the first request of a login',
  'src/oauth/district-connection.ts': 'the first request of a district that is read by its id',
  'src/pagination/parallel/parallel-reader.ts': 'a parallel reading',
  'src/resources/clients/classroom.ts': 'the first classroom',
  'src/values/lms-readiness.ts': 'the first `lms.check()`',
  'src/schemas/record.ts': 'the first record that its check refuses',
};

/** Files that only the engine and other seams may load: a second way to them would bring them into the first chunk. */
export const BEHIND_THE_ENGINE: readonly string[] = [
  'src/transport/send.ts',
  'src/pagination/reader.ts',
  'src/records/deliver.ts',
  'src/records/envelope.ts',
  'src/checks/checks.ts',
  'src/privacy/known-phrases.ts',
];

/** The files and packages that are loaded before the first line of an app that imports the root entry. */
export function loadedWithTheRoot(sources: readonly SourceFacts[]): { files: string[]; packages: string[] } {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const files = new Set(['src/index.ts']);
  const packages = new Set<string>();
  for (const path of files) {
    for (const { target, typeOnly, dynamic } of byPath.get(path)?.imports ?? []) {
      if (!typeOnly && !dynamic) {
        (target.startsWith('src/') ? files : packages).add(target);
      }
    }
  }
  return { files: [...files].sort(), packages: [...packages].sort() };
}
