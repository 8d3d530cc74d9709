/** What a run of tests has proven, written down for `npm run compatibility`. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Reporter, TestCase, TestModule, TestSpecification } from 'vitest/node';
import { byKey, keyOf, PART_NAMES, PARTS, type PartName, type Result, type Results, type Row } from './parts.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Where results are kept, one file for each part; ignored by git. */
const FOLDER = join(root, '.compatibility');

/** What was run by a test, as the first cells of a row. */
export interface Subject extends Omit<Row, 'results' | 'measured'> {
  readonly part: PartName;
}

declare module 'vitest' {
  interface TaskMeta {
    /** What the test runs. A test that says nothing proves nothing. */
    subject?: Subject;
    /** The columns of the row that the test fills. */
    proves?: readonly string[];
    /** What the test has measured. */
    measured?: Readonly<Record<string, number | string>>;
  }
}

/** The column of tests that have none of their own: so a failure of theirs shows as well. */
const REST = 'everything else';

/**
 * Writes a file for each part of the page whose tests were in a run. What an earlier run has recorded of these parts is
 * gone when the run begins, so a result is always of one run.
 */
export class Recorder implements Reporter {
  onTestRunStart(specifications: readonly TestSpecification[]): void {
    const files = new Set(specifications.map(({ moduleId }) => pathOf(moduleId)));
    for (const part of PART_NAMES.filter((name) => PARTS[name].files.some((file) => files.has(file)))) {
      rmSync(fileOf(part), { force: true });
    }
  }

  onTestRunEnd(modules: readonly TestModule[], _errors: unknown, reason: string): void {
    for (const [part, result] of Object.entries(resultsOf(modules, reason === 'interrupted'))) {
      mkdirSync(FOLDER, { recursive: true });
      writeFileSync(fileOf(part as PartName), `${JSON.stringify(result, null, 2)}\n`);
    }
  }
}

/** Reads what the latest runs have recorded. */
export function readResults(): Results {
  const read = (part: PartName): Result | undefined => {
    try {
      return JSON.parse(readFileSync(fileOf(part), 'utf8')) as Result;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
        return undefined;
      }
      throw error;
    }
  };
  return Object.fromEntries(PART_NAMES.map((part) => [part, read(part)]));
}

/** Returns what a run has proven of each part of which it ran a file. */
export function resultsOf(modules: readonly TestModule[], isInterrupted: boolean): Results {
  const results: Partial<Record<PartName, Result>> = {};
  for (const part of PART_NAMES) {
    const files: readonly string[] = PARTS[part].files;
    const own = modules.filter(({ moduleId }) => files.includes(pathOf(moduleId)));
    refuseOthers(part, modules, own);
    if (own.length > 0) {
      const tests = own.flatMap(({ children }) => [...children.allTests()]);
      results[part] = {
        rows: rowsOf(part, tests),
        incomplete: [
          ...(isInterrupted ? ['the run was interrupted'] : []),
          ...files.filter((file) => !own.some(({ moduleId }) => pathOf(moduleId) === file)).map(notRun),
          ...own.filter((module) => [...module.children.allTests('skipped')].length > 0 && module.ok()).map(skippedIn),
        ],
        broken: own.filter(isBroken).map(({ moduleId }) => `${pathOf(moduleId)} failed outside of its tests`),
      };
    }
  }
  return results;
}

/** A file that proves something and is not listed would count only when it happened to run with the others. */
function refuseOthers(part: PartName, modules: readonly TestModule[], own: readonly TestModule[]): void {
  for (const module of modules.filter((one) => !own.includes(one))) {
    if ([...module.children.allTests()].some((test) => test.meta().subject?.part === part)) {
      throw new Error(
        `${pathOf(module.moduleId)} proves something of ${part}: add it to scripts/compatibility/parts.ts.`,
      );
    }
  }
}

function rowsOf(part: PartName, tests: readonly TestCase[]): Row[] {
  const rows = new Map<string, Row & { readonly results: Record<string, 'passed' | 'failed'> }>();
  for (const test of tests) {
    const isFailed = test.result().state !== 'passed';
    const { subject, proves = [REST], measured } = test.meta();
    if (subject?.part === part) {
      const { part: _, ...cells } = subject;
      const key = keyOf(subject);
      const before = rows.get(key);
      const numbers = { ...before?.measured, ...measured };
      const row = {
        ...cells,
        results: before?.results ?? {},
        ...(Object.keys(numbers).length > 0 && { measured: numbers }),
      };
      rows.set(key, row);
      // A test that only measures fills no column, unless it fails.
      for (const column of isFailed && proves.length === 0 ? [REST] : proves) {
        row.results[column] = isFailed || row.results[column] === 'failed' ? 'failed' : 'passed';
      }
    }
  }
  return [...rows.values()].sort(byKey);
}

/** Whether something failed that is no test, a hook or the file itself: then rows may be missing. */
function isBroken(module: TestModule): boolean {
  const [failed, skipped] = (['failed', 'skipped'] as const).map(
    (state) => [...module.children.allTests(state)].length,
  );
  return !module.ok() && (failed === 0 || skipped !== 0);
}

function notRun(file: string): string {
  return `${file} was not run`;
}

function skippedIn(module: TestModule): string {
  return `tests of ${pathOf(module.moduleId)} were skipped`;
}

function pathOf(moduleId: string): string {
  return relative(root, moduleId).replaceAll('\\', '/');
}

function fileOf(part: PartName): string {
  return join(FOLDER, `${part}.json`);
}
