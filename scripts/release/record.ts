import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a tarball has to pass before it may be published: scripts of package.json. */
export const GATES = ['check:package', 'test:dist', 'test:frameworks'] as const;

/** One of {@link GATES}. */
export type Gate = (typeof GATES)[number];

/** What is known of the tarball of a release: `release.json`, in the same folder. */
export interface ReleaseRecord {
  readonly name: string;
  readonly version: string;
  /** The commit that it was built from. */
  readonly commit: string;
  /** The tarball's name. */
  readonly file: string;
  /** Its SHA-512 in the form of npm's lockfiles. */
  readonly integrity: string;
  /** The gates that these bytes have passed. */
  readonly passed: readonly Gate[];
}

/** Returns whether a word names a gate. */
export function isGate(word: string): word is Gate {
  return (GATES as readonly string[]).includes(word);
}

/** Returns the SHA-512 of a file in the form of npm's lockfiles. */
export function integrityOf(file: string): string {
  return `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`;
}

/** Reads the record of a folder. Throws when the tarball is not the one that was recorded. */
export function readRecord(folder: string): ReleaseRecord {
  const record = JSON.parse(readFileSync(join(folder, 'release.json'), 'utf8')) as ReleaseRecord;
  assertUnchanged(folder, record);
  return record;
}

/** Writes the record of a folder. */
export function writeRecord(folder: string, record: ReleaseRecord): void {
  writeFileSync(join(folder, 'release.json'), `${JSON.stringify(record, undefined, 2)}\n`);
}

/** Throws when a tarball is not the one that was recorded. */
export function assertUnchanged(folder: string, { file, integrity }: ReleaseRecord): void {
  const found = integrityOf(join(folder, file));
  if (found !== integrity) {
    throw new Error(`${file} has changed since it was packed: it is ${found}, and ${integrity} was recorded.`);
  }
}
