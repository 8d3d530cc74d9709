import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

declare module 'vitest' {
  interface TaskMeta {
    /** What a test of the login spec has tried: a row of the table. */
    login?: { readonly name: string; readonly version: string };
  }
}

const GUIDE = new URL('../../docs/guides/frameworks.md', import.meta.url);
const [BEGIN, END] = ['<!-- Written by npm run test:frameworks. -->', '<!-- End of the table. -->'];

const OUTDATED =
  '\ndocs/guides/frameworks.md has another table of versions: run `npm run test:frameworks`, and commit what it writes.\n';

/** A framework in one version, and how each test of the login spec ended. */
interface Row {
  readonly name: string;
  readonly version: string;
  readonly results: Map<string, string>;
}

/**
 * Writes the table of versions into the guide, after a run of all tests on the platform on which changes are checked.
 * In CI it compares instead: the run fails when the table in the guide is another one.
 */
export class CompatibilityTable implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    if (!isWhole(modules)) {
      return;
    }
    const text = readFileSync(GUIDE, 'utf8');
    const begin = text.indexOf(BEGIN) + BEGIN.length;
    const end = text.indexOf(END);
    if (end === -1) {
      throw new Error(`docs/guides/frameworks.md has no place for the table: ${BEGIN}`);
    }
    const written = `${text.slice(0, begin)}\n\n${tableOf(rowsOf(modules))}\n\n${text.slice(end)}`;
    if (written === text) {
      return;
    }
    if (process.env['CI'] === undefined) {
      writeFileSync(GUIDE, written);
    } else {
      process.exitCode = 1;
      process.stderr.write(OUTDATED);
    }
  }
}

/** Whether everything ran that makes a row. */
function isWhole(modules: readonly TestModule[]): boolean {
  const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.test.ts'));
  const tests = modules.flatMap(({ children }) => [...children.allTests()]);
  const isComplete = tests.every((test) => test.result().state !== 'skipped');
  return files.length === modules.length && isComplete && process.platform === 'linux' && process.arch === 'x64';
}

function rowsOf(modules: readonly TestModule[]): Row[] {
  const rows = new Map<string, Row>();
  for (const test of modules.flatMap(({ children }) => [...children.allTests()])) {
    const { login } = test.meta();
    if (login !== undefined) {
      const key = `${login.name} ${login.version}`;
      const row = rows.get(key) ?? { ...login, results: new Map() };
      rows.set(key, row);
      row.results.set(test.name, test.result().state === 'passed' ? '✓' : '✗');
    }
  }
  return [...rows.values()].sort((one, other) => one.name.localeCompare(other.name, 'en'));
}

function tableOf(rows: readonly Row[]): string {
  const columns = [...new Set(rows.flatMap(({ results }) => [...results.keys()]))];
  const lines = rows.map(({ name, version, results }) => [
    name,
    version,
    ...columns.map((column) => results.get(column) ?? '–'),
  ]);
  const head = ['Integration', 'Version', ...columns];
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
