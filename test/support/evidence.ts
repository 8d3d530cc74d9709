import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { beforeAll, beforeEach } from 'vitest';
import type { Subject } from '../../scripts/compatibility/recorder.js';

/**
 * Says what the tests of a `describe` run, as a row of docs/compatibility.md. The version is asked for before the
 * tests: it is that of what is really installed or started.
 */
export function describesRow(subject: () => Subject | Promise<Subject>): void {
  let found: Subject;
  beforeAll(async () => {
    found = await subject();
  });
  beforeEach(({ task }) => {
    task.meta.subject = found;
  });
}

/** The version of a package that is installed for the tests. */
export function versionOf(name: string): string {
  const manifest = findPackageJSON(name, import.meta.url);
  return (JSON.parse(readFileSync(manifest ?? '', 'utf8')) as { readonly version: string }).version;
}

/** The major version of a PostgreSQL, from what its program reports: `postgres (PostgreSQL) 18.4`. */
export function majorOf(version: string): string {
  return /\) (\d+)/u.exec(version)?.[1] ?? version;
}

/** The columns of the row that a test fills, as an option of the test. */
export function proves(...columns: readonly string[]): { readonly meta: { readonly proves: readonly string[] } } {
  return { meta: { proves: columns } };
}
