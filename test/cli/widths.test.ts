import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { addressIn, addressOf } from '../support/error-message.js';
import { environmentOf, folderFor, it, runCommand, sandboxFor, type World } from './support.js';

/** A terminal for both streams. */
function terminal(columns: number): Pick<World, 'terminal'> {
  return { terminal: { showsOutput: true, columns, errorColumns: columns } };
}

/** The lines that a terminal would break anywhere, except for what has no place to break it: an address, a secret. */
function tooWide(text: string, columns: number): string[] {
  return text.split('\n').filter((line) => line.length > columns && line.trim().includes(' '));
}

const COMMANDS = ['sandbox', 'sandbox trigger', 'doctor', 'pull', 'events', 'sync', 'login', 'completion'];
const OF_SYNC = ['run', 'plan', 'approve', 'status', 'explain', 'watch', 'sql', 'purge'];

describe.each([40, 60, 80, 200])('on a terminal of %d columns', (columns) => {
  it.each(['', ...COMMANDS, ...OF_SYNC.map((name) => `sync ${name}`)])('the help of %s fits', async (command) => {
    const { code, out } = await runCommand([...command.split(' ').filter(Boolean), '--help'], terminal(columns));
    expect([code, tooWide(out, columns)]).toEqual([0, []]);
    // Longer lines are read with effort.
    expect(tooWide(out, 130)).toEqual([]);
    const whole = await runCommand([...command.split(' ').filter(Boolean), '--help']);
    expect(words(out)).toEqual(words(whole.out));
  });

  it.each([
    ['pull user'],
    ['pull users --out /nowhere/users.csv'],
    ['pull users --settings /nowhere'],
    ['pull users --env-file x'],
    ['pull schools --role student'],
    ['doctor'],
    ['events'],
    ['login'],
    ['sync run'],
    [''],
    ['sync'],
  ])('the errors of %s fit, and lose no word', async (command) => {
    const argv = command.split(' ').filter(Boolean);
    const narrow = await runCommand(argv, terminal(columns));
    const plain = await runCommand(argv);
    expect(tooWide(`${narrow.out}\n${narrow.err}`, columns)).toEqual([]);
    expect([narrow.code, words(narrow.err)]).toEqual([plain.code, words(plain.err)]);
  });

  it('what doctor finds fits, and the findings are the same', async ({ sandbox }) => {
    const env = environmentOf(sandbox);
    const { out } = await runCommand(['doctor'], { env, ...terminal(columns) });
    expect(tooWide(out, columns)).toEqual([]);
    const plain = await runCommand(['doctor'], { env });
    const withoutNumbers = (text: string): string[] => words(text.replaceAll(/\d+ of \d+ requests/gu, ''));
    expect(withoutNumbers(out)).toEqual(withoutNumbers(plain.out));
  });

  it('the address at the end of an error stays in one piece', async ({ sandbox }) => {
    sandbox.faults.add({ path: '/v3.1/*', status: 405, times: Number.POSITIVE_INFINITY });
    const env = environmentOf(sandbox, 'token');
    const failed = await runCommand(['pull', 'schools'], { env, ...terminal(columns) });
    expect(addressIn(failed.err)).toBe(addressOf('api'));
    const examined = await runCommand(['doctor'], { env, ...terminal(columns) });
    expect(words(examined.out)).toContain(addressOf('api'));
  });

  it('the choice of a district fits', async () => {
    const two = await sandboxFor({ districts: [{ students: 20 }, { students: 20 }] });
    const { err } = await runCommand(['events'], { env: environmentOf(two, 'app'), ...terminal(columns) });
    expect(tooWide(err, columns)).toEqual([]);
    expect(words(err)).toEqual(expect.arrayContaining(words(two.districts.map(({ name }) => name).join(' '))));
  });

  it('what a sandbox prints can be copied to a .env file', async () => {
    const { out } = await runCommand(['sandbox', '--port', '0', '--students', '20'], {
      ...terminal(columns),
      onOut: (_, stop) => stop(),
    });
    const lines = out.split('\n');
    const begin = lines.findIndex((line) => line.startsWith('#'));
    const copied = lines.slice(begin, lines.indexOf('', begin));
    expect(copied.filter((line) => !/^(?:# .*|CLEVER_\w+=\S+)$/u.test(line))).toEqual([]);
    expect(tooWide(out, columns)).toEqual([]);
  });

  it('JSON and data are never broken', async ({ sandbox }) => {
    const env = environmentOf(sandbox, 'token');
    const doctor = await runCommand(['doctor', '--json'], { env, ...terminal(columns) });
    expect(JSON.parse(doctor.out)).toMatchObject({ verdict: expect.any(String) });
    const failed = await runCommand(['pull', 'user', '--json'], terminal(columns));
    expect(JSON.parse(failed.err)).toMatchObject({ error: { code: 'usage' } });
    const records = await runCommand(['pull', 'users', '--format', 'csv'], { env, ...terminal(columns) });
    expect(records.out).toBe((await runCommand(['pull', 'users', '--format', 'csv'], { env })).out);
    for (const argv of [
      ['completion', 'bash'],
      ['sync', 'sql'],
    ]) {
      expect((await runCommand(argv, terminal(columns))).out).toBe((await runCommand(argv)).out);
    }
  });

  it('the summary of a pull fits', async ({ sandbox }) => {
    const file = join(folderFor(), 'schools.csv');
    const { err } = await runCommand(['pull', 'schools', '--out', file], {
      env: environmentOf(sandbox, 'token'),
      ...terminal(columns),
    });
    expect(tooWide(err, columns).filter((line) => !line.includes(file))).toEqual([]);
  });
});

function words(text: string): string[] {
  return text.split(/\s+/u).filter((word) => word !== '' && word !== '#');
}
