import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCleverClient, type FetchFunction } from 'clever-sdk';
import type { ListeningSandbox } from 'clever-sdk/sandbox';
import { describe, expect, it } from 'vitest';
import { ClosedPipe } from '../../src/cli/terminal/io.js';
import { environmentOf, folderFor, type Outcome, records, runCommand, sandboxFor, type World } from './support.js';

const RESOURCES = ['users', 'sections', 'schools', 'courses', 'terms', 'resources', 'districts', 'events'] as const;

/** Lets some requests for a list's pages through; the next one fails for good. */
function cutOffAfter(pages: number): World {
  let asked = 0;
  const fetchSome: FetchFunction = (url, init) => {
    if (new URL(url).searchParams.has('limit')) {
      asked += 1;
    }
    return asked > pages ? Promise.resolve(new Response('{}', { status: 400 })) : fetch(url, init);
  };
  return { fetch: fetchSome };
}

async function pull(sandbox: ListeningSandbox, argv: readonly string[], world: World = {}): Promise<Outcome> {
  return runCommand(['pull', ...argv], { env: environmentOf(sandbox, 'token'), ...world });
}

describe('clever-sdk pull', () => {
  it.each(RESOURCES)('%s: what the SDK hands out, one a line', async (resource) => {
    const sandbox = await sandboxFor();
    const [student] = sandbox.people({ role: 'student' });
    sandbox.districts[0].users.update(student?.id ?? '', { roles: { student: { grade: '5' } } });
    const { code, out, err } = await pull(sandbox, [resource]);
    expect([code, err]).toEqual([0, expect.stringMatching(new RegExp(`^\\d+ ${resource} \\(`, 'u'))]);
    const district = createCleverClient({ ...sandbox.clientOptions() }).district({ token: sandbox.districts[0].token });
    const listing = district[resource].list() as { toArray(options: object): Promise<object[]> };
    expect(records(out)).toEqual(JSON.parse(JSON.stringify(await listing.toArray({ maxItems: 10_000 }))));
  });

  it('narrows users to a role', async () => {
    const sandbox = await sandboxFor();
    const { out } = await pull(sandbox, ['users', '--role', 'teacher', '--page-size', '3']);
    expect(records(out).length).toBeGreaterThan(3);
    expect(records(out).every(({ roles }) => 'teacher' in (roles as object))).toBe(true);
  });

  it('leaves sensitive fields out unless they are named', async () => {
    const sandbox = await sandboxFor({
      students: undefined as never,
      districts: [{ students: 40, sensitiveFields: 'all' }],
    });
    const fieldsIn = async (...argv: string[]): Promise<string[]> => {
      const { out } = await pull(sandbox, ['users', '--role', 'student', ...argv]);
      return ['frl_status', 'iep_status', 'disability'].filter((field) => out.includes(field));
    };
    expect(await fieldsIn()).toEqual([]);
    expect(await fieldsIn('--format', 'csv')).toEqual([]);
    expect(await fieldsIn('--sensitive', 'frl_status')).toEqual(['frl_status']);
    expect(await fieldsIn('--sensitive', 'frl_status,iep_status', '--format', 'csv')).toEqual([
      'frl_status',
      'iep_status',
    ]);
    expect(await fieldsIn('--sensitive', 'all')).toEqual(['frl_status', 'iep_status', 'disability']);
  });

  it('writes a file that only its owner reads, and leaves nothing beside it', async () => {
    const sandbox = await sandboxFor();
    const file = join(folderFor(), 'users.ndjson');
    writeFileSync(file, 'the last one\n', { mode: 0o644 });
    const { code, out, err } = await pull(sandbox, ['users', '--out', file, '--page-size', '10']);
    expect([code, out]).toEqual([0, '']);
    expect(err).toContain(file);
    expect(readFileSync(file, 'utf8')).toBe((await pull(sandbox, ['users'])).out);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect([existsSync(`${file}.partial`), existsSync(`${file}.checkpoint`)]).toEqual([false, false]);
  });

  it('sums up in JSON', async () => {
    const sandbox = await sandboxFor();
    const file = join(folderFor(), 'schools.csv');
    const { out, err } = await pull(sandbox, ['schools', '--out', file, '--json']);
    expect([JSON.parse(out), err]).toEqual([
      { resource: 'schools', records: expect.any(Number), out: file, durationMs: expect.any(Number) },
      '',
    ]);
  });

  it('goes on from a cursor', async () => {
    const sandbox = await sandboxFor();
    const district = createCleverClient({ ...sandbox.clientOptions() }).district({ token: sandbox.districts[0].token });
    const { cursor, data } = await district.users.list({ pageSize: 7 }).firstPage();
    const rest = records((await pull(sandbox, ['users', '--from', cursor])).out);
    const all = records((await pull(sandbox, ['users'])).out);
    expect([...data.map(({ id }) => id), ...rest.map(({ id }) => id)]).toEqual(all.map(({ id }) => id));
    const foreign = await pull(sandbox, ['sections', '--from', cursor]);
    expect(foreign.code).toBe(4);
    expect(foreign.err).not.toContain(data.at(-1)?.id);
  });

  it('ends in peace when nobody reads on', async () => {
    const sandbox = await sandboxFor();
    const { code, err } = await pull(sandbox, ['users', '--page-size', '5'], {
      onOut: () => {
        throw new ClosedPipe();
      },
    });
    expect([code, err]).toEqual([0, '']);
  });

  it('refuses to put a file in the place of a folder or a device', async () => {
    const sandbox = await sandboxFor();
    for (const place of [folderFor(), '/dev/null']) {
      const { code, err } = await pull(sandbox, ['users', '--out', place]);
      expect([code, err]).toEqual([2, expect.stringContaining('is not a file')]);
    }
  });
});

describe('clever-sdk pull --resume', () => {
  describe.each(['ndjson', 'csv'])('to %s', (format) => {
    it.each([0, 1, 2, 3])('gives byte for byte what one run gives, cut off after %d pages', async (pages) => {
      const sandbox = await sandboxFor();
      const folder = folderFor();
      const [whole, resumed] = [join(folder, 'whole'), join(folder, 'resumed')];
      const argv = ['users', '--format', format, '--page-size', '20'];
      await pull(sandbox, [...argv, '--out', whole]);

      const cut = await pull(sandbox, [...argv, '--out', resumed], cutOffAfter(pages));
      expect(cut.code).toBe(1);
      expect(cut.err).toContain('--resume goes on');
      expect(existsSync(resumed)).toBe(false);
      // What a crash between data and checkpoint leaves behind: half a line.
      const partial = readFileSync(`${resumed}.partial`);
      writeFileSync(
        `${resumed}.partial`,
        Buffer.concat([partial, Buffer.from('{"id":"half a l\u00ed')]).subarray(0, -1),
      );

      const rest = await pull(sandbox, [...argv, '--out', resumed, '--resume']);
      expect([rest.code, readFileSync(resumed).equals(readFileSync(whole))]).toEqual([0, true]);
      expect(existsSync(`${resumed}.checkpoint`)).toBe(false);
    });
  });

  async function interrupted(): Promise<{ sandbox: ListeningSandbox; file: string }> {
    const sandbox = await sandboxFor();
    const file = join(folderFor(), 'users.ndjson');
    await pull(sandbox, ['users', '--page-size', '20', '--out', file], cutOffAfter(2));
    return { sandbox, file };
  }

  it('keeps the position to itself', async () => {
    const { file } = await interrupted();
    expect(statSync(`${file}.checkpoint`).mode & 0o777).toBe(0o600);
    expect(statSync(`${file}.partial`).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(`${file}.checkpoint`, 'utf8'))).toMatchObject({ version: 1, records: 40 });
  });

  it.each([
    ['role', ['--role', 'student']],
    ['sensitive', ['--sensitive', 'all']],
    ['format', ['--format', 'csv']],
    ['apiVersion', ['--api-version', 'v3.0']],
  ])('does not go on with another %s', async (name, options) => {
    const { sandbox, file } = await interrupted();
    const { code, err } = await pull(sandbox, ['users', '--out', file, '--resume', ...options]);
    expect([code, err]).toEqual([2, expect.stringContaining(`another ${name}`)]);
    expect(existsSync(`${file}.checkpoint`)).toBe(true);
  });

  it("does not go on with another district's records", async () => {
    const { file } = await interrupted();
    const other = await sandboxFor({ seed: 9 });
    const { code, err } = await pull(other, ['users', '--out', file, '--resume']);
    expect([code, err]).toEqual([2, expect.stringMatching(/another apiOrigin, district|another district, apiOrigin/u)]);
  });

  it('starts at the beginning where nothing was interrupted, and over where it is not asked for', async () => {
    const { sandbox, file } = await interrupted();
    const over = await pull(sandbox, ['users', '--out', file]);
    expect([over.code, over.err]).toEqual([0, expect.stringContaining('Starting over')]);
    const again = await pull(sandbox, ['users', '--out', file, '--resume']);
    expect(again.code).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe((await pull(sandbox, ['users'])).out);
  });

  it('finishes a pull that was cut off behind its last page, without a request for records', async () => {
    const { sandbox, file } = await interrupted();
    await pull(sandbox, ['users', '--page-size', '20', '--out', file, '--resume']);
    const whole = readFileSync(file);
    const checkpoint = { version: 1, cursor: '/v3.1/users', bytes: whole.length, records: 1, isComplete: true };
    const identity = {
      ...{ resource: 'users', format: 'ndjson', sensitive: [], district: sandbox.districts[0].id },
      ...{ apiVersion: 'v3.1', apiOrigin: sandbox.url },
    };
    // Between the last page and the name, then between the name and the end of the checkpoint.
    for (const [from, to] of [
      [file, `${file}.partial`],
      [`${file}.partial`, file],
    ] as const) {
      writeFileSync(to, whole);
      if (from !== file) {
        writeFileSync(file, whole);
      }
      writeFileSync(`${file}.checkpoint`, JSON.stringify({ ...checkpoint, pull: identity }));
      const asked: string[] = [];
      const { code } = await pull(sandbox, ['users', '--out', file, '--resume'], {
        fetch: (url, init) => {
          asked.push(new URL(url).pathname);
          return fetch(url, init);
        },
      });
      expect([code, asked]).toEqual([0, ['/v3.1/districts']]);
      expect(readFileSync(file).equals(whole)).toBe(true);
      expect([existsSync(`${file}.partial`), existsSync(`${file}.checkpoint`)]).toEqual([false, false]);
    }
  });

  it.each([
    ['not JSON', 'not JSON'],
    ['another file', '{"name":"package"}'],
    ['nothing', ''],
  ])('refuses a checkpoint that is %s', async (_, text) => {
    const { sandbox, file } = await interrupted();
    writeFileSync(`${file}.checkpoint`, text);
    const { code, err } = await pull(sandbox, ['users', '--out', file, '--resume']);
    expect([code, err]).toEqual([2, expect.stringContaining('not a checkpoint')]);
  });

  it('refuses a partial file that has lost something', async () => {
    const { sandbox, file } = await interrupted();
    writeFileSync(`${file}.partial`, 'short');
    const { code, err } = await pull(sandbox, ['users', '--out', file, '--resume']);
    expect([code, err]).toEqual([1, expect.stringContaining('shorter than its checkpoint')]);
  });

  it('goes on to standard output from a checkpoint', async () => {
    const sandbox = await sandboxFor();
    const checkpoint = join(folderFor(), 'position.json');
    const argv = ['users', '--format', 'csv', '--page-size', '20', '--checkpoint', checkpoint];
    const first = await pull(sandbox, argv, cutOffAfter(2));
    const second = await pull(sandbox, [...argv, '--resume']);
    expect(first.out + second.out).toBe((await pull(sandbox, ['users', '--format', 'csv'])).out);
    expect(existsSync(checkpoint)).toBe(false);
  });

  it('exits with 130 when it is interrupted, and what was written is whole', async () => {
    const sandbox = await sandboxFor();
    const { code, out } = await pull(sandbox, ['users', '--page-size', '10'], { onOut: (_, stop) => stop() });
    expect(code).toBe(130);
    expect(records(out)).toHaveLength(10);
    expect(out.endsWith('\n')).toBe(true);
  });
});
