import { globSync, readFileSync, statSync } from 'node:fs';
import { load } from 'cheerio';
import { describe, expect, it } from 'vitest';
import { BASE } from '../../site/build/project.ts';
import { DIST } from './site.ts';

interface BuiltPage {
  readonly ids: ReadonlySet<string>;
  readonly links: readonly string[];
}

const files = globSync('**/*.html', { cwd: DIST }).sort();
const pages = new Map(files.map((file) => [file, readPage(file)]));

describe('the links of the built site', () => {
  it('are found', () => {
    expect(files.length).toBeGreaterThan(50);
    expect([...pages.values()].flatMap(({ links }) => links).length).toBeGreaterThan(1_000);
  });

  it.each(files)('of %s lead to pages and headings that exist', (file) => {
    const dead = (pages.get(file)?.links ?? []).filter((link) => !leadsSomewhere(file, link));
    expect(dead).toEqual([]);
  });
});

function readPage(file: string): BuiltPage {
  const $ = load(readFileSync(`${DIST}/${file}`, 'utf8'));
  const links = $('a[href], link[rel=icon], img[src]')
    .toArray()
    .map((element) => $(element).attr('href') ?? $(element).attr('src') ?? '')
    .filter((link) => !/^(?:https?:|mailto:|data:)/u.test(link));
  return {
    ids: new Set(
      $('[id]')
        .map((_index, element) => $(element).attr('id'))
        .toArray(),
    ),
    links: [...new Set(links)],
  };
}

function leadsSomewhere(from: string, link: string): boolean {
  const here = BASE + from.replace(/(?:index)?\.html$/u, '');
  const { pathname, hash } = new URL(link, `http://site${here}`);
  if (!pathname.startsWith(BASE)) {
    return false;
  }
  const path = decodeURIComponent(pathname.slice(BASE.length));
  const target = [path, `${path}.html`, `${path}index.html`].find((file) =>
    statSync(`${DIST}/${file}`, { throwIfNoEntry: false })?.isFile(),
  );
  const anchor = decodeURIComponent(hash.slice(1));
  return target !== undefined && (anchor === '' || pages.get(target)?.ids.has(anchor) === true);
}
