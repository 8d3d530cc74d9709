/** What the page on compatibility is made from: parts, each proven by test files that run together. */
import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

export const PARTS = {
  runtimes: {
    run: 'npm run test:dist',
    files: ['test/dist/budgets.test.ts', 'test/dist/other-runtimes.test.ts', 'test/dist/runtimes.test.ts'],
  },
  browsers: { run: 'npm run test:browser', files: filesOf('test/browser/*.test.ts') },
  compilers: { run: 'npm run test:dist', files: ['test/dist/compilers.test.ts'] },
  sizes: { run: 'npm run test:dist', files: ['test/dist/sizes.test.ts'] },
  frameworks: {
    run: 'npm run test:frameworks',
    // Those that only compile something prove nothing about a version that runs.
    files: filesOf('test/frameworks/*.test.ts').filter((file) => !/types\.test\.ts$/u.test(file)),
  },
  stores: { run: 'npm test', files: ['test/sync/stores.test.ts'] },
  pgBoss: { run: 'npm test', files: ['test/sync/pg-boss/end-to-end.test.ts', 'test/sync/pg-boss/engine.test.ts'] },
  graphileWorker: { run: 'npm test', files: ['test/sync/recipes/graphile-worker.test.ts'] },
  api: {
    run: 'CLEVER_REFERENCE_DIR=… npm test',
    files: ['test/contract/every-record.test.ts', 'test/contract/paths.test.ts', 'test/contract/supported.test.ts'],
  },
} as const satisfies Readonly<Record<string, Part>>;

/** A part of the page, which is compared and replaced as a whole. */
export interface Part {
  /** What proves it. */
  readonly run: string;
  /** The test files that prove it, from the project's folder: all of them, or the part is not compared. */
  readonly files: readonly string[];
}

export type PartName = keyof typeof PARTS;

/** Parts that need the official specifications, which are not in the project: not every machine can compare them. */
export const NEEDS_MORE: ReadonlySet<PartName> = new Set(['api']);

export const PART_NAMES = Object.keys(PARTS) as PartName[];

/** One thing in one version, and what was proven of it. */
export interface Row {
  readonly name: string;
  /** The version that was really installed or started. */
  readonly version?: string;
  /** The entry of the package that it goes through. */
  readonly entry?: string;
  /** What it was run by, when it was run in several ways: `HTTP` or `Chromium`. */
  readonly by?: string;
  /** Major versions of PostgreSQL that the results are of. Each machine has its own, and none has to have all. */
  readonly on?: readonly string[];
  /** How the tests of each column ended. */
  readonly results: Readonly<Record<string, 'passed' | 'failed'>>;
  /** What was measured: numbers are compared with a tolerance. */
  readonly measured?: Readonly<Record<string, number | string>>;
}

/** What is known of each part: committed as `proven.json`. */
export type Proven = Readonly<Partial<Record<PartName, readonly Row[]>>>;

/** What one run has recorded of a part. */
export interface Result {
  readonly rows: readonly Row[];
  /** Why the run does not speak for the whole part: files that did not run, tests that were skipped. */
  readonly incomplete: readonly string[];
  /** What failed outside of tests, so that rows are missing. */
  readonly broken: readonly string[];
}

export type Results = Readonly<Partial<Record<PartName, Result>>>;

/** What makes two rows the same row in two runs. */
export function keyOf({ name, version = '', by = '' }: Pick<Row, 'name' | 'version' | 'by'>): string {
  return [name, version, by].filter((text) => text !== '').join(' ');
}

/** Puts rows in the order of the page. */
export function byKey(one: Row, other: Row): number {
  return keyOf(one).localeCompare(keyOf(other), 'en', { numeric: true });
}

function filesOf(pattern: string): string[] {
  return globSync(pattern, { cwd: root })
    .map((file) => file.replaceAll('\\', '/'))
    .sort();
}
