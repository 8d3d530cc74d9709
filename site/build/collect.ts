/** Every page of the site, in the order of the menu, with its links still as they were written. */
import { globSync, readFileSync } from 'node:fs';
import { GROUPS, PAGES } from '../pages.ts';
import { cached } from './cached.ts';
import { contentsProblems } from './contents.ts';
import { errorPages } from './errors.ts';
import { withoutComments } from './markdown.ts';
import type { SitePage } from './page.ts';
import { ROOT } from './project.ts';

const HOME = {
  source: 'site/home.md',
  address: '/',
  title: 'clever-sdk',
  description: 'The TypeScript SDK for Clever: single sign-on, Clever Library and Secure Sync rostering.',
};

/** The pages, and a sentence for each that is listed wrongly or not at all. */
export interface Collected {
  readonly pages: readonly SitePage[];
  readonly problems: readonly string[];
}

/** Reads the written pages, and makes the generated ones. */
export async function collect(): Promise<Collected> {
  const files = new Set(
    globSync(['docs/**/*.md', '*.md', HOME.source], { cwd: ROOT, exclude: ['docs/api/**', 'docs/api-report/**'] }),
  );
  const written = (group: string, listed: typeof PAGES): SitePage[] =>
    listed
      .filter(({ source }) => files.has(source))
      .map(({ source, ...page }) => ({ ...page, group, file: source, markdown: readPage(source) }));
  const generated = { reference: await reference(), errors: errors() };
  const pages = GROUPS.flatMap((group) => [
    ...written(group.title, group.pages),
    ...(group.generated === undefined ? [] : generated[group.generated]),
  ]);
  return { pages: [...written('Start', [HOME]), ...pages], problems: contentsProblems(PAGES, files) };
}

/** The pages of the errors: their overview, and one for each code. */
function errors(): SitePage[] {
  return errorPages().map(({ path, ...page }) => ({
    ...page,
    file: `${path}.md`,
    address: `/${path.replace(/(?<=\/)index$/u, '')}`,
    group: 'Errors',
  }));
}

function readPage(source: string): string {
  return withoutComments(readFileSync(`${ROOT}/${source}`, 'utf8'));
}

/** TypeDoc reads the whole source, which takes half of a build, so it is loaded only after a change. */
function reference(): Promise<SitePage[]> {
  const madeOf = [
    'src/**/*.ts',
    'typedoc.json',
    'tsconfig.json',
    'site/reference.ts',
    'site/build/*.ts',
    'site/package-lock.json',
  ];
  return cached('reference', madeOf, async () => (await import('./reference.ts')).referencePages());
}
