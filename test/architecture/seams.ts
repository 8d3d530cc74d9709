import type { SourceFacts } from './imports.js';

/**
 * Files that are loaded when they are needed and not before, each with all that it imports: docs/decisions/0006. What is
 * not behind one of them is in the first chunk of every app, so it must earn its place.
 */
export const SEAMS: Readonly<Record<string, string>> = {
  'src/transport/send.ts': 'the first request',
  'src/pagination/reader.ts': 'the first reading of a listing',
  'src/records/deliver.ts': 'the first record',
  'src/oauth/login-flow.ts': 'a method of `clever.oauth` that sends something, or the first request of a login',
  'src/oauth/district-connection.ts': 'the first request of a district that is read by its id',
  'src/pagination/parallel/parallel-reader.ts': 'a parallel reading',
  'src/schemas/record.ts': 'the first record that its check refuses',
};

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
