import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { TestModule } from 'vitest/node';
import { resultsOf, type Subject } from '../../scripts/compatibility/recorder.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const FILES = ['test/dist/budgets.test.ts', 'test/dist/other-runtimes.test.ts', 'test/dist/runtimes.test.ts'] as const;
const NODE: Subject = { part: 'runtimes', name: 'Node', version: '24.1.0' };

type State = 'passed' | 'failed' | 'skipped';

interface Ended {
  readonly state: State;
  readonly subject?: Subject;
  readonly proves?: readonly string[];
  readonly measured?: Readonly<Record<string, number>>;
}

/** As much of what the test runner gives to a reporter as the recorder reads. */
function moduleOf(file: string, tests: readonly Ended[] = [], isOk = tests.every(isFine)): TestModule {
  const cases = tests.map(({ state, ...meta }) => ({ state, meta: () => meta, result: () => ({ state }) }));
  const allTests = (wanted?: State) => cases.filter(({ state }) => wanted === undefined || state === wanted);
  return { moduleId: join(root, file), ok: () => isOk, children: { allTests } } as unknown as TestModule;
}

function isFine({ state }: Ended): boolean {
  return state !== 'failed';
}

/** A run of all files of a part, with these tests in the last of them. */
const runOf = (tests: readonly Ended[], isOk?: boolean) =>
  resultsOf([moduleOf(FILES[0]), moduleOf(FILES[1]), moduleOf(FILES[2], tests, isOk)], false);

describe('a record of a run', () => {
  it('has a row for each thing in each version, whose columns passed when all of their tests did', () => {
    const { runtimes } = runOf([
      { state: 'passed', subject: NODE, proves: ['CommonJS', 'login'] },
      { state: 'failed', subject: NODE, proves: ['CommonJS'] },
      { state: 'passed', subject: NODE, proves: ['CommonJS'] },
      { state: 'passed', subject: { ...NODE, version: '9.1.0' } },
      { state: 'passed' },
    ]);
    expect(runtimes).toEqual({
      ...{ incomplete: [], broken: [] },
      rows: [
        { name: 'Node', version: '9.1.0', results: { 'everything else': 'passed' } },
        { name: 'Node', version: '24.1.0', results: { CommonJS: 'failed', login: 'passed' } },
      ],
    });
  });

  it('has what was measured, and says when a test that only measures failed', () => {
    const measuring: Ended = { state: 'passed', subject: NODE, proves: [], measured: { first: 1 } };
    expect(runOf([measuring, { ...measuring, measured: { all: 2 } }]).runtimes?.rows).toEqual([
      { name: 'Node', version: '24.1.0', results: {}, measured: { first: 1, all: 2 } },
    ]);
    expect(runOf([{ ...measuring, state: 'failed' }]).runtimes?.rows[0]?.results).toEqual({
      'everything else': 'failed',
    });
  });

  it('is not of the whole part when a file was not run, a test was skipped, or someone has stopped it', () => {
    const passed: Ended = { state: 'passed', subject: NODE };
    const one = resultsOf([moduleOf(FILES[2], [passed])], true);
    expect(Object.keys(one)).toEqual(['runtimes']);
    expect(one.runtimes?.incomplete).toEqual([
      'the run was interrupted',
      'test/dist/budgets.test.ts was not run',
      'test/dist/other-runtimes.test.ts was not run',
    ]);
    expect(runOf([passed, { state: 'skipped' }]).runtimes?.incomplete).toEqual([
      'tests of test/dist/runtimes.test.ts were skipped',
    ]);
  });

  it('says when something failed that is no test', () => {
    for (const tests of [[], [{ state: 'skipped' }]] as const) {
      expect(runOf(tests, false).runtimes?.broken).toEqual(['test/dist/runtimes.test.ts failed outside of its tests']);
    }
  });

  it('refuses a proof from a file that is not listed', () => {
    const stray = moduleOf('test/unit/stray.test.ts', [{ state: 'passed', subject: NODE }]);
    expect(() => resultsOf([stray], false)).toThrow('test/unit/stray.test.ts proves something of runtimes');
  });
});
