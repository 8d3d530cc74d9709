/**
 * Collects the pages of the site in `site/.pages`, where VitePress reads them: `npm run docs:site`.
 *
 * Exits with 1, and a sentence for each problem, when a page is missing, not listed, or has a link that leads nowhere.
 */
import { globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { PAGES } from '../pages.ts';
import { contentsProblems } from './contents.ts';
import { type LinkTargets, rewriteLinks } from './links.ts';
import { headingsOf, withoutComments } from './markdown.ts';
import { PAGES_FOLDER, REPOSITORY, ROOT } from './project.ts';

const HOME = { source: 'site/home.md', address: '/', title: 'clever-sdk', description: '' };
const listed = [HOME, ...PAGES];

const files = new Set(
  globSync('{docs/**/*.md,*.md,site/home.md}', { cwd: ROOT, exclude: ['docs/api/**', 'docs/api-report/**'] }),
);
const problems = contentsProblems(listed, files);
const sources = new Map(
  listed
    .filter(({ source }) => files.has(source))
    .map((page) => [page.source, { page, markdown: readSource(page.source) }]),
);

const targets: LinkTargets = {
  repository: REPOSITORY,
  pageOf: (file) => sources.get(file)?.page.address,
  anchorsOf: (file) => new Set(headingsOf(sources.get(file)?.markdown ?? '').map(({ anchor }) => anchor)),
  kindOf: (path) => {
    const stats = statSync(`${ROOT}/${path}`, { throwIfNoEntry: false });
    return stats === undefined ? undefined : stats.isDirectory() ? 'folder' : 'file';
  },
};

rmSync(PAGES_FOLDER, { recursive: true, force: true });
for (const [source, { page, markdown }] of sources) {
  const rewritten = rewriteLinks(source, markdown, targets);
  problems.push(...rewritten.problems);
  write(page.address, page.description, rewritten.markdown);
}
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exitCode = 1;
}

function readSource(source: string): string {
  return withoutComments(readFileSync(`${ROOT}/${source}`, 'utf8'));
}

function write(address: string, description: string, markdown: string): void {
  const file = `${PAGES_FOLDER}${address.endsWith('/') ? `${address}index` : address}.md`;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `---\ndescription: ${JSON.stringify(description)}\n---\n\n${markdown}`);
}
