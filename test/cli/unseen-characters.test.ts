import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSandbox, type ListeningSandbox } from 'clever-sdk/sandbox';
import Papa from 'papaparse';
import { describe, expect } from 'vitest';
import { csv } from '../../src/cli/commands/pull/format.js';
import { visible, visibleText } from '../../src/cli/terminal/visible.js';
import { environmentOf, folderFor, it, records, runCommand } from './support.js';

/* Names come from districts. A terminal obeys control characters in them, and direction marks change what is read. */

/** Clears the screen, sets the title by C0 and C1, turns the direction, hides letters, and imitates a line. */
const NAME =
  'A\u001b[2J\u001b]0;x\u0007\u009b1m\u0090\u202eB\u2066\u200e\u061c\u200bC\u{e0041}\u2028\r\nCLEVER_API_ORIGIN=x';
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069]|\u{e0041}/u;
const FORGED_LINE = /^CLEVER_API_ORIGIN=x/mu;

/** A district and all of its people and schools have the name. */
function rename(sandbox: Pick<ListeningSandbox, 'districts' | 'people'>): void {
  const [district] = sandbox.districts;
  district.update({ name: NAME });
  for (const { id } of sandbox.people({ connection: 'district' })) {
    district.users.update(id, { name: { first: NAME, middle: '', last: NAME } });
  }
}

const itOnTerminal = it.extend('env', ({ sandbox }) => {
  rename(sandbox);
  return environmentOf(sandbox);
});

describe('on a terminal, nothing unseen is printed by', () => {
  itOnTerminal.for([
    [['pull', 'users']],
    [['pull', 'users', '--format', 'csv']],
    [['pull', 'districts']],
    [['pull', 'events', '--format', 'csv']],
    [['events', '--data', '--verbose']],
    [['doctor']],
    [['doctor', '--json', '--verbose']],
  ] as const)('%j', async ([argv], { env }) => {
    const { code, out, err } = await runCommand(argv, { env, terminal: { showsOutput: true } });
    expect(code).toBe(0);
    expect(out).toContain('\\u001b[2J');
    expect(out + err).not.toMatch(UNSEEN);
  });

  it('a failure that quotes an argument', async () => {
    for (const argv of [['pull', NAME], ['pull', `--${NAME}`], ['pull', 'users', '--settings', `/${NAME}`], [NAME]]) {
      for (const json of [[], ['--json']]) {
        const { code, err } = await runCommand([...argv, ...json]);
        expect(code).toBe(2);
        expect(err).not.toMatch(UNSEEN);
      }
    }
  });

  itOnTerminal('a list of districts to choose from', async ({ env }) => {
    const tokens = ['a', 'b'].map((id) => ({
      id,
      created: '2026-01-01T00:00:00.000Z',
      owner: { type: 'district', id: `${id}${NAME}` },
      access_token: 'x'.repeat(40),
      scopes: [],
    }));
    const { err } = await runCommand(['pull', 'users'], {
      env: { ...env, CLEVER_DISTRICT_TOKEN: '' },
      fetch: async (url, init) =>
        new URL(url).pathname === '/oauth/tokens' ? Response.json({ data: tokens }) : fetch(url, init),
    });
    expect(err).not.toBe('');
    expect(err).not.toMatch(UNSEEN);
    expect(err).not.toMatch(FORGED_LINE);
  });

  it('sandbox, whose output is pasted into an .env', async () => {
    const sandbox = createSandbox({ seed: 1, students: 20 });
    rename(sandbox);
    const file = join(folderFor(), 'sandbox.json');
    const kept = { version: 1, seed: 1, students: 20, state: sandbox.snapshot() };
    writeFileSync(file, JSON.stringify(kept), { mode: 0o600 });
    for (const json of [[], ['--json']]) {
      const { out } = await runCommand(['sandbox', '--port', '0', '--state', file, ...json], {
        onOut: (_, stop) => stop(),
      });
      expect(out).toContain('\\u001b[2J');
      expect(out).not.toMatch(UNSEEN);
      expect(out).not.toMatch(FORGED_LINE);
    }
  });
});

describe('what a program reads is exact', () => {
  itOnTerminal('as NDJSON, on a terminal too', async ({ env }) => {
    const onTerminal = await runCommand(['pull', 'users'], { env, terminal: { showsOutput: true } });
    expect(records(onTerminal.out)[0]).toMatchObject({ name: { last: NAME } });
    expect((await runCommand(['pull', 'users'], { env })).out).toBe(onTerminal.out);
  });

  itOnTerminal('as CSV in a pipe and in a file', async ({ env }) => {
    const file = join(folderFor(), 'users.csv');
    await runCommand(['pull', 'users', '--out', file], { env, terminal: { showsOutput: true } });
    const text = readFileSync(file, 'utf8');
    expect(Papa.parse<Record<string, string>>(text, { header: true }).data[0]).toMatchObject({ 'name.last': NAME });
    expect((await runCommand(['pull', 'users', '--format', 'csv'], { env })).out).toBe(text);
  });

  itOnTerminal('and doctor keeps its colours, which are its own', async ({ env }) => {
    const { out } = await runCommand(['doctor'], { env, terminal: { showsOutput: true, hasColor: true } });
    expect(out).toContain('\u001b[32m✔\u001b[39m');
    expect(out).not.toContain('\u001b[2J');
  });
});

describe('letters of any language', () => {
  it.each(['Zoë Ångström', 'علی‌رضا', 'क्‍ष', 'שרה', '김민준', '👩‍👩‍👧', "O'Neill-Smith"])(
    'are printed as they are: %s',
    (name) => {
      expect(visible(name)).toBe(name);
      expect(visibleText(`a\t${name}\n`)).toBe(`a\t${name}\n`);
    },
  );
});

describe('a spreadsheet runs no formula, whatever comes before it', () => {
  const before = [
    '',
    '\0',
    '\0\0',
    '\n',
    '\r\n',
    ' ',
    '\u00a0',
    '\u3000',
    '\t',
    '\ufeff',
    '\u200b',
    '\u202e',
    ' \0\n ',
  ];
  it.each(
    before.flatMap((blank) => ['=1+1', '+1', '-1', '@A1', '＝1', '－1', '＋1', '＠A1'].map((text) => blank + text)),
  )('%j', (text) => {
    const [, cell] = Papa.parse<string[]>(csv(['id', 'name']).lines([{ id: '1', name: text }])).data[0] ?? [];
    expect(cell).toBe(`'${text}`);
  });

  it.each([' plain', 'a=1', '\0a', 'Anne-Marie', ' 12'])('%j is no formula', (text) => {
    const [, cell] = Papa.parse<string[]>(csv(['id', 'name']).lines([{ id: '1', name: text }])).data[0] ?? [];
    expect(cell).toBe(text);
  });

  it('a cell of blanks alone is read at once', () => {
    // A pattern that goes back for each blank would need hours for a million of them.
    const blanks = ' \0'.repeat(500_000);
    expect(csv(['id', 'name']).lines([{ id: '1', name: blanks }])).toContain(blanks);
  });
});
