import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SMALL, toCsv } from '../sandbox/csv/upload.js';
import { folderFor, runCommand } from './support.js';

const variable = (out: string, name: string): string => new RegExp(`^${name}=(.+)$`, 'mu').exec(out)?.[1] ?? '';

describe('clever-sdk sandbox', () => {
  it('prints credentials that work, and stops', async () => {
    const statuses: number[] = [];
    const { code, out } = await runCommand(['sandbox', '--port', '0', '--students', '50', '--seed', '3'], {
      onOut: async (text, stop) => {
        if (text.includes('Stopped')) {
          return;
        }
        const api = variable(text, 'CLEVER_API_ORIGIN');
        const basic = btoa(`${variable(text, 'CLEVER_CLIENT_ID')}:${variable(text, 'CLEVER_CLIENT_SECRET')}`);
        const asked = [
          fetch(`${api}/v3.1/users`, {
            headers: { authorization: `Bearer ${variable(text, 'CLEVER_DISTRICT_TOKEN')}` },
          }),
          fetch(`${variable(text, 'CLEVER_AUTH_ORIGIN')}/oauth/tokens?owner_type=district`, {
            headers: { authorization: `Basic ${basic}` },
          }),
        ];
        statuses.push(...(await Promise.all(asked)).map(({ status }) => status));
        stop();
      },
    });
    expect(statuses).toEqual([200, 200]);
    expect(code).toBe(0);
    expect(out).toMatch(/^Clever sandbox: http:\/\/127\.0\.0\.1:\d+\n/u);
    await expect(fetch(variable(out, 'CLEVER_API_ORIGIN'))).rejects.toThrow(TypeError);
  });

  it('prints everything as JSON', async () => {
    const { code, out } = await runCommand(['sandbox', '--port', '0', '--students', '50', '--json'], {
      onOut: (_, stop) => stop(),
    });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/u),
      districts: [
        { id: expect.any(String), name: expect.any(String), connection: 'district' },
        { id: expect.any(String), name: expect.any(String), connection: 'library' },
      ],
      env: expect.objectContaining({ CLEVER_DISTRICT_TOKEN: expect.stringMatching(/^[\da-f]{40}$/u) }),
    });
  });

  it("serves Clever's upload files, or says what is wrong with them, without a value", async () => {
    const folder = folderFor();
    for (const [file, rows] of Object.entries(SMALL)) {
      writeFileSync(join(folder, file), toCsv(rows));
    }
    const good = await runCommand(['sandbox', '--port', '0', '--csv', folder, '--json'], {
      onOut: (_, stop) => stop(),
    });
    expect([good.code, good.err]).toEqual([0, '']);
    expect(JSON.parse(good.out)).toMatchObject({ districts: [{ connection: 'district' }] });
    writeFileSync(join(folder, 'enrollments.csv'), 'School_id,Section_id,Student_id\nA,X,unknown\n');
    const bad = await runCommand(['sandbox', '--port', '0', '--csv', folder]);
    expect([bad.code, bad.out]).toEqual([1, '']);
    expect(bad.err).toMatch(/^error: The CSV upload has .*nothing was loaded\.\n- enrollments\.csv.*2/u);
    expect(bad.err).not.toContain('unknown');
    const both = await runCommand(['sandbox', '--csv', folder, '--students', '5']);
    expect([both.code, both.err]).toEqual([2, expect.stringContaining('--students is for invented districts')]);
  });

  it('has new credentials at each start for files, unless a state file keeps them', async () => {
    const folder = folderFor();
    for (const [file, rows] of Object.entries(SMALL)) {
      writeFileSync(join(folder, file), toCsv(rows));
    }
    const start = async (...more: string[]): Promise<[string | undefined, string | undefined]> => {
      const argv = ['sandbox', '--port', '0', '--json', ...more];
      const { out } = await runCommand(argv, { onOut: (_, stop) => stop() });
      const { env } = JSON.parse(out) as { env: Record<string, string> };
      return [env['CLEVER_CLIENT_SECRET'], env['CLEVER_DISTRICT_TOKEN']];
    };
    const [one, two] = [await start('--csv', folder), await start('--csv', folder)];
    expect(one[0]).not.toBe(two[0]);
    expect(one[1]).not.toBe(two[1]);
    const kept = ['--csv', folder, '--state', join(folderFor(), 'sandbox.json')];
    expect(await start(...kept)).toEqual(await start(...kept));
    expect(await start('--students', '20')).toEqual(await start('--students', '20'));
    const { out } = await runCommand(['sandbox', '--port', '0', '--csv', folder], { onOut: (_, stop) => stop() });
    expect(out).toContain('credentials are new at each start');
    expect(out).not.toContain('No person in this sandbox exists');
  });

  it('answers at the hosts that are named', async () => {
    const { code } = await runCommand(['sandbox', '--port', '0', '--students', '20', '--hosts', 'a.test,b.test'], {
      onOut: (_, stop) => stop(),
    });
    expect(code).toBe(0);
    const wrong = await runCommand(['sandbox', '--port', '0', '--students', '20', '--hosts', 'http://a.test']);
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('--hosts takes host names')]);
  });

  it('continues where the last one was stopped', async () => {
    const file = join(folderFor(), 'sandbox.json');
    const counts: number[] = [];
    const argv = ['sandbox', '--port', '0', '--state', file, '--json'];
    /** Sends a request, logs in the person of a browser, and stops. */
    const once = (...more: string[]) =>
      runCommand([...argv, ...more], {
        onOut: async (out, stop) => {
          const { env } = JSON.parse(out) as { env: Record<string, string> };
          const [api, token] = [env['CLEVER_API_ORIGIN'], env['CLEVER_DISTRICT_TOKEN']];
          const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
          const { data } = (await (await fetch(`${api}/v3.1/sections?limit=1`, { headers })).json()) as {
            data: { data: { id: string } }[];
          };
          const section = data[0]?.data.id;
          const assignment = { title: 't', description: 'd', due_date: '2026-12-01' };
          const path = `${api}/v3.1/sections/${section}/assignments`;
          const { status } = await fetch(path, { method: 'POST', headers, body: JSON.stringify(assignment) });
          counts.push(status);
          stop();
        },
      });
    const first = await once('--seed', '3', '--students', '50');
    expect([first.code, statSync(file).mode & 0o777, existsSync(`${file}.tmp`)]).toEqual([0, 0o600, false]);
    const before = readFileSync(file, 'utf8');
    // The file holds seed and size.
    const second = await once();
    expect([second.code, JSON.parse(second.out).districts]).toEqual([0, JSON.parse(first.out).districts]);
    expect(readFileSync(file, 'utf8').length).toBeGreaterThan(before.length);
    expect(counts).toEqual([counts[0], counts[0]]);
    const other = await once('--seed', '4');
    expect([other.code, other.out]).toEqual([1, '']);
    expect(other.err).toContain('seed');
  });

  it('saves a change while it runs', async () => {
    const file = join(folderFor(), 'sandbox.json');
    let waits = 0;
    let token = '';
    await runCommand(['sandbox', '--port', '0', '--students', '50', '--state', file, '--json'], {
      onOut: (out) => {
        token = (JSON.parse(out) as { env: Record<string, string> }).env['CLEVER_DISTRICT_TOKEN'] ?? '';
      },
      onSleep: (_, stop) => {
        waits += 1;
        if (waits === 2) {
          stop();
        }
      },
    });
    expect(token).not.toBe('');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      version: 1,
      students: 50,
      state: expect.any(Object),
    });
  });

  it.each(['', 'not JSON', '{"name":"package"}', 'null'])(
    'does not overwrite a file that holds something else: %j',
    async (text) => {
      const file = join(folderFor(), 'package.json');
      writeFileSync(file, text, { mode: 0o600 });
      const { code, err } = await runCommand(['sandbox', '--port', '0', '--state', file]);
      expect([code, err, readFileSync(file, 'utf8')]).toEqual([2, expect.stringContaining('holds no sandbox'), text]);
    },
  );

  it('says so when the port is taken, and exits with 1', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };
    const { code, err } = await runCommand(['sandbox', '--port', String(port)]);
    expect(code).toBe(1);
    expect(err).toContain(`port ${port} is taken`);
    await new Promise((resolve) => other.close(resolve));
  });
});
