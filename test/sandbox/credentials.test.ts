import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createSandbox,
  type DistrictSource,
  districtFromCsv,
  districtFromRecordings,
  type Sandbox,
  SandboxError,
  type SandboxOptions,
} from 'clever-sdk/sandbox';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SMALL, toCsv } from './csv/upload.js';
import { basic, read } from './support.js';

/* Files may hold real people: what opens their records must not be guessable from the seed, which is public. */

const upload = Object.fromEntries(Object.entries(SMALL).map(([file, rows]) => [file, toCsv(rows)]));

async function recordings(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'clever-sdk-recordings-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const user = { id: 'u1', district: 'd1', name: { first: 'Ada', last: 'Silva' }, roles: { student: {} } };
  await writeFile(join(folder, 'users.json'), JSON.stringify({ data: [{ data: user, uri: '/v3.0/users/u1' }] }));
  return folder;
}

const FROM_FILES: readonly (readonly [string, () => Promise<DistrictSource>])[] = [
  ['CSV files', () => districtFromCsv(upload)],
  ['recordings', async () => districtFromRecordings(await recordings())],
  ['CSV files with options beside them', async () => ({ ...(await districtFromCsv(upload)), connection: 'both' })],
  ['a generated district that wants them', async () => ({ students: 20, credentials: 'random' })],
];

const secretsOf = (sandbox: Sandbox): string[] => [
  sandbox.clientOptions().clientSecret,
  ...sandbox.districts.flatMap((district) => (district.connection === 'library' ? [] : [district.token])),
];

function restarted(sandbox: Sandbox, options: SandboxOptions): Sandbox {
  return createSandbox({ ...options, state: JSON.parse(JSON.stringify(sandbox.snapshot())) });
}

/** The token list, as the app reads it. */
async function listedTokens(sandbox: Sandbox): Promise<unknown> {
  const url = 'https://clever.com/oauth/tokens?owner_type=district';
  const answer = await read(await sandbox.fetch(url, { headers: { authorization: basic(sandbox) } }));
  return answer.body;
}

describe('credentials of invented districts', () => {
  it.each<[string, SandboxOptions]>([
    ['by default', {}],
    ['of several districts', { districts: [{ students: 20 }, { students: 20 }] }],
    ['given as objects', { districts: [{ district: { id: 'd1' } }] }],
    ['from files, when it is asked for', { districts: [{ district: { id: 'd1' }, credentials: 'seed' }] }],
  ])('follow from the seed, so that an .env survives a restart: %s', (_, options) => {
    expect(secretsOf(createSandbox(options))).toEqual(secretsOf(createSandbox(options)));
    expect(secretsOf(createSandbox({ ...options, seed: 2 }))).not.toEqual(secretsOf(createSandbox(options)));
  });

  it('are random when one of them is', async () => {
    const options = { districts: [{ students: 20, seed: 1 }, await districtFromCsv(upload)] };
    const [one, two] = [secretsOf(createSandbox(options)), secretsOf(createSandbox(options))];
    // The client secret opens the list of all tokens.
    expect(one[0]).not.toBe(two[0]);
    expect(one[1]).toBe(two[1]);
    expect(one[2]).not.toBe(two[2]);
  });

  it('are refused in any other way', () => {
    const districts = [{ students: 20, credentials: 'weak' }] as unknown as DistrictSource[];
    expect(() => createSandbox({ districts })).toThrow(SandboxError);
  });
});

describe.each(FROM_FILES)('credentials of %s', (_, source) => {
  const optionsFor = async (): Promise<SandboxOptions> => ({ seed: 1, districts: [await source()] });

  it('are random, of the usual form, and different in each sandbox', async () => {
    const options = await optionsFor();
    const all = Array.from({ length: 20 }, () => secretsOf(createSandbox(options))).flat();
    expect(new Set(all).size).toBe(40);
    expect(all.every((secret) => /^[\da-f]{40}$/u.test(secret))).toBe(true);
    const [secret, token] = secretsOf(createSandbox({ seed: 1, students: 20 }));
    expect(all).not.toContain(secret);
    expect(all).not.toContain(token);
  });

  it('are kept by a state, and by reset()', async () => {
    const options = await optionsFor();
    const sandbox = createSandbox(options);
    const first = secretsOf(sandbox);
    const listed = await listedTokens(sandbox);
    const second = restarted(sandbox, options);
    expect([secretsOf(second), await listedTokens(second)]).toEqual([first, listed]);
    second.reset();
    expect([secretsOf(second), await listedTokens(second)]).toEqual([first, listed]);
  });

  it('are kept after a rotation; the earlier token stays dead', async () => {
    const options = await optionsFor();
    const sandbox = createSandbox(options);
    const first = secretsOf(sandbox);
    sandbox.districts[0].rotateToken();
    const rotated = secretsOf(sandbox);
    expect(rotated[1]).not.toBe(first[1]);
    const later = restarted(restarted(sandbox, options), options);
    expect(secretsOf(later)).toEqual(rotated);
    const asked = async (token: string | undefined): Promise<number> => {
      const headers = { authorization: `Bearer ${token}` };
      return (await later.fetch('https://api.clever.com/v3.1/districts', { headers })).status;
    };
    expect([await asked(first[1]), await asked(rotated[1])]).toEqual([401, 200]);
    later.districts[0].disconnect();
    later.districts[0].connect();
    expect(first.concat(rotated)).not.toContain(later.districts[0].token);
    later.reset();
    expect(secretsOf(later)).toEqual(first);
  });

  it('give way to a client secret of your own', async () => {
    const sandbox = createSandbox({ ...(await optionsFor()), clientSecret: 'mine' });
    expect(sandbox.clientOptions().clientSecret).toBe('mine');
  });
});

describe('a state without credentials, of an earlier version', () => {
  it('is continued with new ones', async () => {
    const options = { districts: [await districtFromCsv(upload)] };
    const { secrets: _, ...state } = JSON.parse(JSON.stringify(createSandbox(options).snapshot()));
    expect(secretsOf(createSandbox({ ...options, state }))[0]).toMatch(/^[\da-f]{40}$/u);
  });
});
