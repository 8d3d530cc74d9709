import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PERSON, SECRET, SENSITIVE } from '../privacy/marks.js';
import { FAILURES, goodAnswer } from '../privacy/world.js';
import { folderFor, runCommand } from './support.js';

/*
 * Marked strings in every credential, record and answer. Everything that a command prints is searched for
 * them; only what was requested with `pull` and `events --data` may hold people, and nothing sensitive.
 */

const env = {
  CLEVER_CLIENT_ID: 'app',
  CLEVER_CLIENT_SECRET: `${SECRET}.client`,
  CLEVER_DISTRICT_TOKEN: `${SECRET}.token`,
  CLEVER_LIBRARY_TOKEN: `${SECRET}.library`,
};
const anyMark = new RegExp(`${PERSON}|${SECRET}|${SENSITIVE}`, 'u');
const worlds: Readonly<Record<string, (url: URL, method: string) => Response>> = {
  'good answers': goodAnswer,
  ...FAILURES,
};

describe.each(Object.keys(worlds))('with %s', (name) => {
  const answer = worlds[name] as (url: URL, method: string) => Response;
  const fetch = (url: string, init: RequestInit): Promise<Response> =>
    new Promise((resolve) => resolve(answer(new URL(url), init.method ?? 'GET')));

  it.each([
    ['doctor'],
    ['doctor', '--verbose'],
    ['doctor', '--json', '--verbose'],
    ['events', '--verbose'],
    ['pull', 'users', '--format', 'csv', '--verbose', '--out', 'FILE'],
    ['pull', 'sections', '--json', '--verbose', '--out', 'FILE'],
  ])('no secret and no person is printed: %s %s %s %s %s %s %s', async (...words) => {
    const file = join(folderFor(), 'records');
    const argv = words.filter((word) => word !== undefined).map((word) => (word === 'FILE' ? file : word));
    const { out, err } = await runCommand(argv, { env, fetch, onSleep: () => undefined });
    expect(out + err).not.toMatch(anyMark);
    expect(`${out}${err}`).not.toBe('');
  });
});

describe('data that was requested', () => {
  const fetch = (url: string, init: RequestInit) => Promise.resolve(goodAnswer(new URL(url), init.method ?? 'GET'));

  it.each([
    ['pull', 'users'],
    ['pull', 'users', '--format', 'csv'],
    ['pull', 'events'],
    ['events', '--data'],
  ])('holds people and nothing sensitive: %s %s %s %s', async (...words) => {
    const argv = words.filter((word) => word !== undefined);
    const plain = await runCommand(argv, { env, fetch });
    expect(plain.out).toContain(PERSON);
    expect(plain.out).not.toContain(SENSITIVE);
    expect(plain.out + plain.err).not.toContain(SECRET);
    const all = await runCommand([...argv, '--sensitive', 'all'], { env, fetch });
    expect(all.out).toContain(SENSITIVE);
  });

  it('goes to the file and not to the screen', async () => {
    const file = join(folderFor(), 'users.csv');
    const { code, out, err } = await runCommand(['pull', 'users', '--out', file], { env, fetch });
    expect([code, out]).toEqual([0, '']);
    expect(err).not.toMatch(anyMark);
    expect(readFileSync(file, 'utf8')).toContain(PERSON);
  });
});
