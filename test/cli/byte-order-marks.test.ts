import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCleverClient } from 'clever-sdk';
import { createSandbox, districtFromRecordings } from 'clever-sdk/sandbox';
import { describe, expect } from 'vitest';
import { environmentOf, folderFor, it, records, runCommand } from './support.js';

/** How programs on Windows save a text. */
const FORMS = [
  ['UTF-8', (text: string) => Buffer.from(text)],
  ['UTF-8 with a mark', (text: string) => Buffer.from(`\ufeff${text}`)],
  ['UTF-16, as Windows PowerShell writes it', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['UTF-16, big-endian', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
] as const;

describe.each(FORMS)('a file in %s', (_, bytesOf) => {
  it('of settings keeps its first variable', async ({ sandbox }) => {
    const file = join(folderFor(), '.env');
    const { CLEVER_API_ORIGIN, CLEVER_DISTRICT_TOKEN } = environmentOf(sandbox, 'token');
    const text = `CLEVER_API_ORIGIN=${CLEVER_API_ORIGIN}\r\nCLEVER_DISTRICT_TOKEN=${CLEVER_DISTRICT_TOKEN}\r\n`;
    writeFileSync(file, bytesOf(text));
    const asked = new Set<string>();
    const { code } = await runCommand(['pull', 'schools', '--settings', file], {
      fetch: (url, init) => {
        asked.add(new URL(url).origin);
        return fetch(url, init);
      },
    });
    expect([code, [...asked]]).toEqual([0, [CLEVER_API_ORIGIN]]);
  });

  it('of a sandbox, and of events, is continued', async ({ sandbox }) => {
    const folder = folderFor();
    const [state, position] = [join(folder, 'sandbox.json'), join(folder, 'events.json')];
    const argv = ['sandbox', '--port', '0', '--students', '20', '--json', '--state', state];
    const start = () => runCommand(argv, { onOut: (__, stop) => stop() });
    const first = await start();
    const env = environmentOf(sandbox, 'token');
    const [person] = sandbox.people({ role: 'student' });
    sandbox.districts[0].users.update(person?.id ?? '', { name: { first: 'New' } });
    await runCommand(['events', '--checkpoint', position], { env });
    for (const file of [state, position]) {
      writeFileSync(file, bytesOf(readFileSync(file, 'utf8')));
    }
    const envOf = ({ out }: { out: string }): unknown =>
      Object.entries((JSON.parse(out) as { env: object }).env).filter(([, value]) => !/localhost|127/u.test(value));
    expect(envOf(await start())).toEqual(envOf(first));
    sandbox.districts[0].users.update(person?.id ?? '', { name: { first: 'Newer' } });
    const { code, out } = await runCommand(['events', '--checkpoint', position], { env });
    expect([code, records(out).map(({ type }) => type)]).toEqual([0, ['users.updated']]);
  });

  it('of a recording is read', async () => {
    const folder = join(folderFor(), 'recording');
    mkdirSync(folder);
    const school = { id: '5940d254203e37907e0000f0', name: 'One', district: '4fd43cc56d11340000000005' };
    const body = { data: [{ data: school, uri: `/v3.1/schools/${school.id}` }] };
    writeFileSync(join(folder, 'schools.json'), bytesOf(JSON.stringify(body)));
    const sandbox = createSandbox({ districts: [await districtFromRecordings(folder)] });
    const district = createCleverClient(sandbox.clientOptions()).district({ token: sandbox.districts[0].token });
    expect(await district.schools.count()).toBe(1);
  });
});

describe('a file of settings', () => {
  it.each([
    ['CLEVER_API_ORIGN', 'CLEVER_API_ORIGIN'],
    ['CLEVER_DISTRICT_TOKN', 'CLEVER_DISTRICT_TOKEN'],
    ['clever_client_id', 'CLEVER_CLIENT_ID'],
  ])('with %s is refused before anything is sent', async (typed, meant) => {
    const file = join(folderFor(), '.env');
    writeFileSync(file, `CLEVER_AUTH_ORIGIN=http://localhost:1\n${typed}=http://localhost:1\n`);
    const { code, err } = await runCommand(['pull', 'schools', '--settings', file]);
    expect([code, err]).toEqual([2, expect.stringContaining(`Did you mean ${meant}?`)]);
    expect(err).not.toContain('localhost:1');
  });

  it('without a variable that counts is refused before anything is sent', async () => {
    const file = join(folderFor(), '.env');
    writeFileSync(file, 'PORT=3000\n');
    const { code, err } = await runCommand(['pull', 'schools', '--settings', file]);
    expect([code, err]).toEqual([2, expect.stringContaining('has no variable that this command reads')]);
  });
});
