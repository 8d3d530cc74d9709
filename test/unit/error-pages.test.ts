import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { CleverError } from 'clever-sdk';
import { describe, expect, it } from 'vitest';
import { errorPages } from '../../site/build/errors.ts';
import { headingsOf } from '../../site/build/markdown.ts';
import { CATALOGUE } from '../../src/errors/catalogue/index.js';
import { addressIn, addressOf } from '../support/error-message.js';
import { EVERY_ERROR } from '../support/every-error.js';

const PAGES = errorPages();
const CODES = Object.keys(CATALOGUE);

/** The anchors of a page by its address without one. */
const ANCHORS = new Map(
  PAGES.map(({ path, markdown }) => [
    addressOf('config').replace('errors/config', path),
    headingsOf(markdown).map(({ anchor }) => anchor),
  ]),
);

/** The rows of the table of members: the name without ticks, and whether it is safe to log. */
function membersOn(code: string): Map<string, boolean> {
  const { markdown = '' } = PAGES.find(({ path }) => path === `errors/${code}`) ?? {};
  const rows = [...markdown.matchAll(/^\| `(\w+)` \| `.*` \| .+ \| (yes|no) \|$/gmu)];
  return new Map(rows.map(([, name = '', safe]) => [name, safe === 'yes']));
}

describe('the pages of errors', () => {
  it('are one for each code, and an overview that names all of them', () => {
    expect(PAGES.map(({ path }) => path)).toEqual(['errors/index', ...CODES.map((code) => `errors/${code}`)]);
    const linked = [...(PAGES[0]?.markdown.matchAll(/\(\/errors\/(\w+)\)/gu) ?? [])].map(([, code]) => code);
    expect(linked).toEqual(CODES);
  });

  it.each(EVERY_ERROR)('have a place for the address that $message ends with', ({ message }) => {
    const [address = '', anchor] = addressIn(message)?.split('#') ?? [];
    expect(ANCHORS.has(address)).toBe(true);
    expect(ANCHORS.get(address)).toEqual(expect.arrayContaining(anchor === undefined ? [] : [anchor]));
  });

  it.each(PAGES)('$path has no empty part, and no placeholder', ({ title, description, markdown }) => {
    expect([title, description].every((text) => /^\S.*\S$/u.test(text))).toBe(true);
    expect(markdown).not.toMatch(/^#.*\n+(?:#{1,2} |(?![\s\S]))/mu);
    expect(markdown.replaceAll(/```[\s\S]*?```/gu, 'program')).not.toMatch(
      /\{\w+\}(?<!\/\{id\})|undefined(?!`)|\n{3}/u,
    );
    expect(markdown.replaceAll('|  |  |\n', '')).not.toMatch(/\| +\|/u);
    expect(new Set(headingsOf(markdown).map(({ text }) => text)).size).toBe(headingsOf(markdown).length);
  });

  it.each(EVERY_ERROR)('name the class of $code, and what its printed form shows', (error: CleverError) => {
    const { markdown = '' } = PAGES.find(({ path }) => path === `errors/${error.code}`) ?? {};
    expect(markdown).toContain(`| Class | \`${error.name}\`, from `);
    const members = membersOn(error.code);
    const shown = Object.keys(error);
    expect([...members].filter(([name, isSafe]) => isSafe && !shown.includes(name))).toEqual([]);
    expect(shown.filter((name) => members.get(name) !== true)).toEqual([]);
    expect([...members.keys()].every((name) => name in error)).toBe(true);
  });

  it('show a program for every example, and no example has another code', () => {
    const examples = globSync('examples/errors/*.ts').map((file) => basename(file, '.ts'));
    expect(CODES).toEqual(expect.arrayContaining(examples));
    const shown = PAGES.filter(({ markdown }) => markdown.includes('\n## Make it happen\n'));
    expect(shown.map(({ path }) => path).sort()).toEqual(examples.map((code) => `errors/${code}`).sort());
  });

  it('know who can help, in sentences', () => {
    for (const { ask } of Object.values(CATALOGUE)) {
      expect(ask.length).toBeGreaterThan(0);
      expect(ask.map(({ about }) => about).filter((text) => !/^[A-Z`].*\.$/u.test(text))).toEqual([]);
    }
  });
});

it('is documentation only: nothing that runs imports whom to ask', () => {
  const importing = globSync('src/**/*.ts').filter((file) => readFileSync(file, 'utf8').includes("whom-to-ask.js'"));
  expect(importing).toEqual(['src/errors/catalogue/index.ts']);
  const whole = globSync('src/**/*.ts').filter((file) =>
    /errors\/catalogue\/index\.js'/u.test(readFileSync(file, 'utf8')),
  );
  expect(whole).toEqual([]);
});
