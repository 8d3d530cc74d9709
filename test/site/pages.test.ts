import { globSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { markdownPath } from '../../site/build/page.ts';
import { BASE, HOMEPAGE } from '../../site/build/project.ts';
import { PAGES } from '../../site/pages.ts';
import { TOPICS } from '../../site/reference.ts';
import { DIST } from './site.ts';

const addresses = [
  '/',
  '/reference/',
  ...PAGES.map(({ address }) => address),
  ...TOPICS.map(({ name }) => `/reference/${name}`),
];

describe('the built site', () => {
  it.each(addresses)('has %s, as a page and as Markdown', (address) => {
    const html = read(`${markdownPath(address).replace(/md$/u, 'html')}`);
    const markdown = read(markdownPath(address));

    expect(html).toContain('<h1');
    expect(html).toContain(`<link rel="canonical" href="${HOMEPAGE}${address.slice(1)}"`);
    expect(html).toContain(
      `<link rel="alternate" type="text/markdown" href="${BASE}${markdownPath(address).slice(1)}"`,
    );
    expect(markdown).toMatch(/^# /u);
    expect(markdown).not.toMatch(/<!-- given|\]\(\//u);
  });

  it('lists every twin in llms.txt, and nothing that does not exist', () => {
    const listed = [...read('/llms.txt').matchAll(/\]\((?<address>[^)]+)\)/gu)].map(
      ({ groups = {} }) => groups['address'],
    );

    expect(listed).toEqual(
      expect.arrayContaining(addresses.map((address) => `${HOMEPAGE}${markdownPath(address).slice(1)}`)),
    );
    for (const address of listed) {
      expect(statSync(`${DIST}/${address?.slice(HOMEPAGE.length)}`).size).toBeGreaterThan(0);
    }
  });

  it('has the guides in llms-full.txt, and not the reference', () => {
    const text = read('/llms-full.txt');

    expect(text).toContain('# Log people in');
    expect(text).not.toContain(`${HOMEPAGE}reference/Users -->`);
  });

  it('has a sitemap, a page for addresses that do not exist, and lets robots in', () => {
    expect(read('/sitemap.xml')).toContain(`<loc>${HOMEPAGE}guides/login</loc>`);
    expect(read('/404.html')).toContain('404');
    expect(read('/robots.txt')).not.toContain('Disallow');
  });

  it('loads nothing from another host', () => {
    const foreign = globSync('**/*.{html,css}', { cwd: DIST }).flatMap((file) =>
      [
        ...read(`/${file}`).matchAll(
          /(?:<(?:script|img|iframe)[^>]*\ssrc=|<link rel="(?:stylesheet|preload|modulepreload|icon)[^>]*\shref=|url\()["']?https?:[^"')]*/gu,
        ),
      ].map(([found]) => `${file}: ${found}`),
    );

    expect(foreign).toEqual([]);
  });
});

function read(path: string): string {
  return readFileSync(`${DIST}${path}`, 'utf8');
}
