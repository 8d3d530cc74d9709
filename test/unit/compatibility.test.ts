import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { badgeLine, withBadges } from '../../scripts/compatibility/badges.js';
import { compared } from '../../scripts/compatibility/compare.js';
import { compatibilityPage } from '../../scripts/compatibility/page.js';
import { keyOf, type Proven, type Result, type Row } from '../../scripts/compatibility/parts.js';

const OLDEST = '22.0.0';
const node = (version: string, results: Row['results'] = { 'ES modules': 'passed' }): Row => ({
  ...{ name: 'Node', version, results },
});
const resultOf = (...rows: readonly Row[]): Result => ({ rows, incomplete: [], broken: [] });

describe('what is committed', () => {
  const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
  const proven = JSON.parse(read('scripts/compatibility/proven.json')) as Proven;
  const oldest = manifest.engines.node.replace('>=', '');

  it('is on the page; otherwise run `npm run compatibility`', () => {
    expect(compatibilityPage(proven, oldest)).toBe(read('docs/compatibility.md'));
  });

  it('is in the badges of the README; otherwise run `npm run compatibility`', () => {
    const readme = read('README.md');
    expect(withBadges(readme, proven, oldest)).toBe(readme);
  });

  it('passed', () => {
    const failed = Object.values(proven).flatMap((rows) =>
      rows.filter(({ results }) => Object.values(results).includes('failed')).map(keyOf),
    );
    expect(failed).toEqual([]);
  });
});

describe('the comparison of a run with the page', () => {
  it('finds nothing when the run proves what the page says', () => {
    const rows = [node('22.1.0'), node('24.1.0')];
    expect(compared({ runtimes: rows }, { runtimes: resultOf(...rows) })).toMatchObject({
      ...{ differences: [], failures: [] },
      proven: { runtimes: rows },
    });
  });

  it('writes another version, and does not call it a difference', () => {
    const { differences, otherVersions, proven } = compared(
      { runtimes: [node('22.1.0'), node('24.1.0')] },
      { runtimes: resultOf(node('22.1.0'), node('24.2.0')) },
    );
    expect([differences, otherVersions]).toEqual([[], ['runtimes: Node 24.2.0 was run, and the page has Node 24.1.0']]);
    expect(proven.runtimes).toEqual([node('22.1.0'), node('24.2.0')]);
  });

  it('finds a result that changed with the version', () => {
    const failed = node('22.2.0', { 'ES modules': 'failed' });
    const { differences } = compared({ runtimes: [node('22.1.0')] }, { runtimes: resultOf(failed) });
    expect(differences).toEqual([
      'runtimes: Node 22.2.0 is ES modules: failed in this run, and ES modules: passed on the page',
    ]);
  });

  it('finds what is not on the page, and what was not run', () => {
    const bun: Row = { name: 'Bun', version: '1.4.5', results: { 'ES modules': 'passed' } };
    const { differences } = compared(
      { runtimes: [node('22.1.0'), bun] },
      { runtimes: resultOf(node('22.2.0'), node('24.1.0')) },
    );
    expect(differences).toEqual([
      'runtimes: Bun 1.4.5 is on the page and was not run',
      'runtimes: Node 24.1.0 was run and is not on the page',
    ]);
  });

  it('finds a failure, which the page then shows', () => {
    const failed = node('22.1.0', { 'ES modules': 'passed', CommonJS: 'failed' });
    const { differences, failures, proven } = compared(
      { runtimes: [node('22.1.0', { 'ES modules': 'passed', CommonJS: 'passed' })] },
      { runtimes: resultOf(failed) },
    );
    expect(differences).toHaveLength(1);
    expect(failures).toEqual(['runtimes: Node 22.1.0: "CommonJS" failed']);
    expect(compatibilityPage(proven, OLDEST)).toContain('| Node | 22.1.0 | ✓ | ✗ |');
  });

  it('keeps a part that was not run, or not as a whole, and says why', () => {
    const committed: Proven = { runtimes: [node('22.1.0')], compilers: [{ name: 'TypeScript', results: {} }] };
    const { proven, differences, notCompared } = compared(committed, {
      runtimes: { rows: [node('26.1.0')], incomplete: ['tests of a file were skipped'], broken: [] },
    });
    expect(proven).toMatchObject(committed);
    expect(differences).toEqual([]);
    expect(notCompared).toEqual(
      expect.arrayContaining([
        { part: 'runtimes', reason: 'tests of a file were skipped' },
        { part: 'compilers', reason: 'run `npm run test:dist` first' },
      ]),
    );
  });

  it('keeps a part in which something failed outside of the tests, and fails', () => {
    const committed: Proven = { runtimes: [node('22.1.0')] };
    const { proven, failures } = compared(committed, { runtimes: { rows: [], incomplete: [], broken: ['a.test.ts'] } });
    expect(proven.runtimes).toEqual(committed.runtimes);
    expect(failures).toEqual(['runtimes: a.test.ts']);
  });

  it('takes a size that differs by a little for the same, and no other', () => {
    const size = (first: number): Row => ({ name: 'clever-sdk', results: {}, measured: { first, all: 120_000 } });
    const committed: Proven = { sizes: [size(20_000)] };
    const same = compared(committed, { sizes: resultOf(size(20_350)) });
    expect([same.differences, same.proven.sizes]).toEqual([[], [size(20_000)]]);
    const larger = compared(committed, { sizes: resultOf(size(20_450)) });
    expect([larger.differences.length, larger.proven.sizes]).toEqual([1, [size(20_450)]]);
  });

  it('adds another PostgreSQL of the machine, without which nothing is wrong', () => {
    const store = (version: string, on: string): Row => ({
      ...{ name: 'pg', version, on: [on], results: { 'everything else': 'passed' } },
    });
    const committed: Proven = { stores: [store('pg 8.1.0', '18')] };
    const other = compared(committed, { stores: resultOf(store('pg 8.1.0', '15')) });
    expect([other.differences, other.proven.stores?.[0]?.on]).toEqual([[], ['15', '18']]);
    // Of a new version of the library, only the PostgreSQL is known with which that was run.
    const newer = compared(committed, { stores: resultOf(store('pg 8.2.0', '15')) });
    expect([newer.differences, newer.proven.stores?.[0]?.on]).toEqual([[], ['15']]);
  });

  it('names the PostgreSQL that fails alone, and forgets it when another passes', () => {
    const store = (on: string, result: 'passed' | 'failed'): Row => ({
      ...{ name: 'pg', version: 'pg 8.1.0', on: [on], results: { 'everything else': result } },
    });
    const written = (before: Row, now: Row) => compared({ stores: [before] }, { stores: resultOf(now) }).proven.stores;
    expect(written(store('18', 'passed'), store('15', 'failed'))).toEqual([store('15', 'failed')]);
    expect(written(store('15', 'failed'), store('18', 'passed'))).toEqual([store('18', 'passed')]);
  });
});

describe('the page', () => {
  it('marks a Node that is older than what is supported', () => {
    const page = compatibilityPage({ runtimes: [node('20.9.0'), node('22.12.0')] }, OLDEST);
    expect(page).toContain('| Node | 20.9.0, not supported |');
    expect(page).toContain('| Node | 22.12.0 |');
  });

  it('has a column for what has none, so that nothing is hidden', () => {
    const page = compatibilityPage({ runtimes: [node('22.1.0', { 'everything else': 'failed' })] }, OLDEST);
    expect(page).toMatch(/\| everything else \|\n.*\n\| Node \| 22\.1\.0 \|.* ✗ \|/u);
  });

  it('has the logins of a version by HTTP and in Chromium in one line, and names those that failed', () => {
    const login = (by: string, portal: 'passed' | 'failed'): Row => ({
      ...{ name: 'Hono', version: '4.0.0', entry: 'clever-sdk/hono', by, results: { button: 'passed', portal } },
    });
    const page = compatibilityPage({ frameworks: [login('Chromium', 'failed'), login('HTTP', 'passed')] }, OLDEST);
    expect(page).toContain('| Hono | 4.0.0 | `clever-sdk/hono` | ✓ 2 of 2 | ✗ 1 of 2 (not: portal) |');
  });
});

describe('the badges', () => {
  const api = (name: string, operations: string): Row => ({ name, results: {}, measured: { operations } });

  it('say what was run, oldest to newest, and leave out what is not supported or failed', () => {
    const compiler = (version: string): Row => ({ name: 'TypeScript', version, results: { node16: 'passed' } });
    const line = badgeLine(
      {
        runtimes: [
          ...[node('22.23.3'), node('26.10.0'), node('9.0.0'), node('20.9.0')],
          { name: 'Bun', version: '1.4.5', results: { 'ES modules': 'passed' } },
          { name: 'Deno', version: '2.9.6', results: { 'ES modules': 'failed' } },
        ],
        compilers: [compiler('7.0.2'), compiler('5.9.3')],
        api: [api('v3.0', '44 of 44'), api('v3.1', '53 of 53')],
        sizes: [{ name: 'a pull of users', results: {}, measured: { first: 21_008, all: 119_900 } }],
      },
      OLDEST,
    );
    expect(line.replaceAll(/\[([^\]]*)\]\([^)]*\)/gu, '$1')).toBe(
      'Node 22–26 · Bun · TypeScript 5.9–7 · Clever API v3.0 and v3.1 (53 of 53 operations) · 21 kB to start',
    );
  });

  it('leave out parts without a proof', () => {
    expect(badgeLine({}, OLDEST)).toBe('');
  });

  it('need a place in the README, and replace what is in it', () => {
    expect(() => withBadges('no place', {}, OLDEST)).toThrow('has no place for its badges');
    const readme = 'a\n<!-- badges: begin -->\nold\n<!-- badges: end -->\nb';
    expect(withBadges(readme, {}, OLDEST)).toBe('a\n<!-- badges: begin -->\n\n<!-- badges: end -->\nb');
  });
});
