/** The line of the README that says what the package has been run with, in links to the page on compatibility. */
import { compareVersions } from './page.ts';
import type { Proven, Row } from './parts.ts';

const BEGIN = '<!-- badges: begin -->';
const END = '<!-- badges: end -->';

/** Returns a README with its line of badges as runs have proven them. */
export function withBadges(readme: string, proven: Proven, oldestNode: string): string {
  const [from, to] = [readme.indexOf(BEGIN), readme.indexOf(END)];
  if (from === -1 || to < from) {
    throw new Error(`README.md has no place for its badges: ${BEGIN} and ${END}.`);
  }
  return `${readme.slice(0, from + BEGIN.length)}\n${badgeLine(proven, oldestNode)}\n${readme.slice(to)}`;
}

/** Returns the line: only what passed, so that a part without a proof is left out. */
export function badgeLine(proven: Proven, oldestNode: string): string {
  const runtimes = (proven.runtimes ?? []).filter(isPassed);
  const nodes = runtimes.filter(({ name, version }) => name === 'Node' && compareVersions(version, oldestNode) >= 0);
  const others = [...new Set(runtimes.map(({ name }) => name))].filter((name) => name !== 'Node');
  const compilers = (proven.compilers ?? []).filter(isPassed);
  const badges: (readonly [string, string])[] = [
    ['runtimes', [rangeOf('Node', nodes, 1), ...others].filter((text) => text !== '').join(' · ')],
    ['typescript', rangeOf('TypeScript', compilers, 2)],
    ['clever-api-versions', apiBadge((proven.api ?? []).filter(isPassed))],
    ['sizes', sizeBadge((proven.sizes ?? []).filter(isPassed))],
  ];
  return badges
    .filter(([, text]) => text !== '')
    .map(([anchor, text]) => `[${text}](docs/compatibility.md#${anchor})`)
    .join(' · ');
}

function isPassed({ results }: Row): boolean {
  return Object.values(results).every((result) => result === 'passed');
}

/** `Node 22–26`: the lowest and the highest version, with as many numbers as say something. */
function rangeOf(name: string, rows: readonly Row[], numbers: number): string {
  const versions = rows.map(({ version = '' }) => version).sort(compareVersions);
  const short = (version: string): string => version.split('.').slice(0, numbers).join('.').replace(/\.0$/u, '');
  const ends = [...new Set([versions[0] ?? '', versions.at(-1) ?? ''].map(short))].filter((text) => text !== '');
  return ends.length === 0 ? '' : `${name} ${ends.join('–')}`;
}

function apiBadge(rows: readonly Row[]): string {
  const operations = rows.at(-1)?.measured?.['operations'];
  const names = rows.map(({ name }) => name).join(' and ');
  return operations === undefined ? '' : `Clever API ${names} (${operations} operations)`;
}

function sizeBadge(rows: readonly Row[]): string {
  const first = rows.find(({ name }) => name === 'a pull of users')?.measured?.['first'];
  return typeof first === 'number' ? `${Math.round(first / 1_000)} kB to start` : '';
}
