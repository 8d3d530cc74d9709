import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSandbox, districtFromOneRoster } from 'clever-sdk/sandbox';
import { describe, expect, vi } from 'vitest';
import { environmentOf, folderFor, it, runCommand } from './support.js';

vi.setConfig({ testTimeout: 60_000 });

const NOW = (): number => Date.parse('2027-02-01T12:00:00Z');

describe('clever-sdk export oneroster', () => {
  it('writes a zip file, and says what it has and what was lost', async ({ sandbox }) => {
    const out = join(folderFor(), 'OneRoster.zip');
    const world = { env: environmentOf(sandbox, 'token'), now: NOW };
    const outcome = await runCommand(['export', 'oneroster', '--version', '1.1', '--out', out], world);
    expect(outcome).toMatchObject({ code: 0, err: '' });
    expect(outcome.out).toMatch(/^OneRoster 1\.1, everything: .*OneRoster\.zip\n/u);
    expect(outcome.out).toMatch(/ {2}\d+ {2}enrollments\.csv\n/u);
    expect(outcome.out).toMatch(/People by role in Clever: .*40 student/u);
    expect(outcome.out).toContain('Without a place in OneRoster:\n');
    expect(existsSync(`${out}.partial`)).toBe(false);

    const checked = await runCommand(['validate', 'oneroster', out], { now: NOW });
    expect([checked.code, checked.err]).toEqual([0, '']);
    expect(checked.out).toMatch(/^OneRoster 1\.1: \d+ orgs, /u);
  });

  it('answers in JSON', async ({ sandbox }) => {
    const out = join(folderFor(), 'roster');
    const world = { env: environmentOf(sandbox, 'token') };
    const { code, out: text } = await runCommand(['export', 'oneroster', '--out', out, '--json'], world);
    const report = JSON.parse(text);
    expect([code, report.version, report.mode, report.files[0]]).toEqual([0, '1.2', 'bulk', 'manifest.csv']);
    expect(report.losses[0]).toMatchObject({
      kind: expect.any(String),
      what: expect.any(String),
      count: expect.any(Number),
    });
    expect(readFileSync(join(out, 'manifest.csv'), 'utf8')).toContain('file.demographics,absent\r\n');
  });

  it('shows how far it is on a terminal', async ({ sandbox }) => {
    let shown = '';
    const progress = { columns: 80, write: (text: string) => (shown += text) } as unknown as NodeJS.WriteStream;
    const world = { env: environmentOf(sandbox, 'token'), terminal: { progress } };
    const argv = ['export', 'oneroster', '--out', join(folderFor(), 'roster')];
    expect((await runCommand(argv, world)).code).toBe(0);
    expect(shown).toMatch(/users\.csv {2}\d+ rows/u);
    shown = '';
    expect((await runCommand([...argv, '--quiet'], world)).out).toBe('');
    expect(shown).toBe('');
  });

  it('writes what has changed in the mirror of a sync', async ({ sandbox }) => {
    const folder = folderFor();
    const database = join(folder, 'database');
    const world = { env: environmentOf(sandbox, 'token') };
    const sync = ['sync', 'run', '--database', database, '--history', 'values'];
    expect((await runCommand(sync, world)).code).toBe(0);
    const argv = ['export', 'oneroster', '--database', database];
    const bulk = await runCommand([...argv, '--out', join(folder, 'OneRoster.zip')], world);
    const since = /--since (\S+)/u.exec(bulk.out)?.[1] ?? '';
    expect(bulk.code).toBe(0);

    const [student] = sandbox.people({ role: 'student' });
    sandbox.districts[0].users.update(student?.id ?? '', { name: { first: 'Canary', last: 'Canary' } });
    expect((await runCommand(sync, world)).code).toBe(0);
    const out = join(folder, 'delta');
    const delta = await runCommand([...argv, '--out', out, '--since', since], world);
    expect(delta.out).toMatch(/^OneRoster 1\.2, what has changed: .*\n {2}1 {2}users\.csv\n {2}1 {2}roles\.csv\n/u);
    expect(delta.out).not.toMatch(/canary/iu);
    expect(readFileSync(join(out, 'users.csv'), 'utf8')).toContain(',active,');
  });

  it.for<[string, readonly string[], RegExp]>([
    ['--since without tables', ['--since', '1@2'], /--since needs the tables of a sync/u],
    ['a metadata member that does not exist', ['--metadata', 'password'], /`metadata` must be a list/u],
    ['a version that does not exist', ['--version', '2.0'], /--version/u],
    ['a sensitive field that does not exist', ['--sensitive', 'nonsense'], /nonsense|sensitive/u],
  ])('refuses %s', async ([, argv, message], { sandbox }) => {
    const out = join(folderFor(), 'roster');
    const world = { env: environmentOf(sandbox, 'token') };
    const outcome = await runCommand(['export', 'oneroster', '--out', out, ...argv], world);
    expect(outcome.code).toBe(2);
    expect(outcome.err).toMatch(message);
    expect(existsSync(out)).toBe(false);
  });

  it('refuses a folder with files of others, and leaves them alone', async ({ sandbox }) => {
    const out = join(folderFor(), 'precious');
    mkdirSync(out);
    writeFileSync(join(out, 'thesis.txt'), 'years of work');
    const outcome = await runCommand(['export', 'oneroster', '--out', out], { env: environmentOf(sandbox, 'token') });
    expect([outcome.code, /is no earlier export/u.test(outcome.err)]).toEqual([2, true]);
    expect(readFileSync(join(out, 'thesis.txt'), 'utf8')).toBe('years of work');
  });
});

describe('clever-sdk validate oneroster', () => {
  it('lists problems of one kind together, without a value, and fails', async () => {
    const folder = folderFor();
    writeFileSync(
      join(folder, 'manifest.csv'),
      'propertyName,value\r\nmanifest.version,1\r\noneroster.version,1.1\r\nfile.orgs,bulk\r\nfile.users,bulk\r\n',
    );
    const orgs = 'sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\r\n';
    writeFileSync(join(folder, 'orgs.csv'), `${orgs}Canary1,,,Canary,academy,,\r\nCanary2,,,Canary,academy,,\r\n`);
    const { code, out } = await runCommand(['validate', 'oneroster', folder]);
    expect(code).toBe(1);
    expect(out).toContain('- orgs.csv, line 2, type: is none of: department, school,');
    expect(out).toContain('  The same in line 3.\n');
    expect(out).toContain('- users.csv: is missing, but the manifest says that it exists.');
    expect(out).not.toContain('Canary');
    const json = JSON.parse((await runCommand(['validate', 'oneroster', folder, '--json'])).out);
    expect(json).toMatchObject({ isValid: false, version: '1.1', counts: { orgs: 2 } });
  });

  it('says that a file does not exist', async () => {
    const outcome = await runCommand(['validate', 'oneroster', join(folderFor(), 'none.zip')]);
    expect([outcome.code, outcome.err]).toEqual([2, expect.stringContaining('does not exist')]);
  });
});

describe('clever-sdk sandbox --oneroster', () => {
  it('starts a sandbox of the files, and lists what it left out', async ({ sandbox }) => {
    const folder = join(folderFor(), 'roster');
    const world = { env: environmentOf(sandbox, 'token') };
    await runCommand(['export', 'oneroster', '--out', folder], world);
    const file = join(folder, 'users.csv');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/,true,/u, ',perhaps,'));
    let result = { out: '', err: '' };
    const started = runCommand(['sandbox', '--port', '0', '--oneroster', folder], {
      onOut: (out, stop) => {
        result = { ...result, out };
        stop();
      },
    });
    const { code, err } = await started;
    expect(code).toBe(0);
    expect(err).toMatch(/^warning: The OneRoster files have one problem\. What is wrong was left out/u);
    expect(err).toContain('users.csv, line 2, enabledUser: is neither true nor false.');
    expect(result.out).toContain('The people are those of your files');
    const strict = await runCommand(['sandbox', '--port', '0', '--oneroster', folder, '--oneroster-strict']);
    expect([strict.code, strict.err]).toEqual([1, expect.stringContaining('nothing was loaded')]);
  });

  it('refuses two kinds of files at once', async () => {
    const outcome = await runCommand(['sandbox', '--csv', 'a', '--oneroster', 'b']);
    expect([outcome.code, outcome.err]).toEqual([2, expect.stringContaining('Choose one of them')]);
  });

  it('serves the district that was exported', async ({ sandbox }) => {
    const out = join(folderFor(), 'OneRoster.zip');
    await runCommand(['export', 'oneroster', '--out', out], { env: environmentOf(sandbox, 'token') });
    const again = createSandbox({ districts: [await districtFromOneRoster(out)] });
    expect(again.districts[0].id).toBe(sandbox.districts[0].id);
    expect(again.people({ role: 'student', limit: 100 })).toHaveLength(40);
    await again.close();
  });
});
