import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FetchFunction } from 'clever-sdk';
import type { ListeningSandbox } from 'clever-sdk/sandbox';
import { describe, expect } from 'vitest';
import { ClosedPipe } from '../../src/cli/terminal/io.js';
import { environmentOf, folderFor, it, type Outcome, records, runCommand, sandboxFor, type World } from './support.js';

const RESOURCES = ['users', 'sections', 'schools', 'courses', 'terms', 'resources', 'districts', 'events'] as const;

/** Lets some requests for pages of a list through; every later one fails for good. */
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
  it.for(RESOURCES)('%s: the records that the SDK returns, one per line', async (resource, { sandbox, district }) => {
    const [student] = sandbox.people({ role: 'student' });
    sandbox.districts[0].users.update(student?.id ?? '', { roles: { student: { grade: '5' } } });
    const { code, out, err } = await pull(sandbox, [resource]);
    expect([code, err]).toEqual([0, expect.stringMatching(new RegExp(`^\\d+ ${resource} \\(`, 'u'))]);
    const listing = district[resource].list() as { toArray(options: object): Promise<object[]> };
    expect(records(out)).toEqual(JSON.parse(JSON.stringify(await listing.toArray({ maxItems: 10_000 }))));
  });

  it('narrows users to a role', async ({ sandbox }) => {
    const { out } = await pull(sandbox, ['users', '--role', 'teacher', '--page-size', '3']);
    expect(records(out).length).toBeGreaterThan(3);
    expect(records(out).every(({ roles }) => 'teacher' in (roles as object))).toBe(true);
  });

  it('omits sensitive fields unless they are named', async () => {
    const sandbox = await sandboxFor({ districts: [{ students: 40, sensitiveFields: 'all' }] });
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

  it('writes a file that only its owner can read, and leaves no other files', async ({ sandbox }) => {
    const file = join(folderFor(), 'users.ndjson');
    writeFileSync(file, 'the last one\n', { mode: 0o644 });
    const { code, out, err } = await pull(sandbox, ['users', '--out', file, '--page-size', '10']);
    expect([code, out]).toEqual([0, '']);
    expect(err).toContain(file);
    expect(readFileSync(file, 'utf8')).toBe((await pull(sandbox, ['users'])).out);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect([existsSync(`${file}.partial`), existsSync(`${file}.checkpoint`)]).toEqual([false, false]);
  });

  it('writes for Excel, resumes it byte for byte, and says how many cells it changed', async ({ sandbox }) => {
    for (const { id } of sandbox.people({ role: 'student', limit: 2 })) {
      sandbox.districts[0].users.update(id, { name: { last: '=cmd' } });
    }
    const folder = folderFor();
    const [whole, cut, exact] = [join(folder, 'whole.csv'), join(folder, 'cut.csv'), join(folder, 'exact.csv')];
    const argv = ['users', '--excel', '--page-size', '20', '--out'];
    const { code, err } = await pull(sandbox, [...argv, whole]);
    expect([code, err]).toEqual([0, expect.stringContaining('2 of the cells begin like a formula')]);
    const text = readFileSync(whole, 'utf8');
    expect([text.startsWith('\ufeffid,'), text.match(/'=cmd/gu)?.length]).toEqual([true, 2]);

    await pull(sandbox, [...argv, cut], cutOffAfter(2));
    const other = await pull(sandbox, ['users', '--resume', '--page-size', '20', '--out', cut]);
    expect([other.code, other.err]).toEqual([2, expect.stringContaining('another excel')]);
    const resumed = await pull(sandbox, [...argv, cut, '--resume', '--json']);
    expect(JSON.parse(resumed.out)).toMatchObject({ guarded: 2 });
    expect(readFileSync(cut, 'utf8')).toBe(text);

    const kept = await pull(sandbox, [...argv, exact, '--formulas', 'keep']);
    expect([kept.code, kept.err]).toEqual([0, expect.not.stringContaining('formula')]);
    expect(readFileSync(exact, 'utf8')).toBe(text.replaceAll("'=cmd", '=cmd'));
  });

  it('refuses what Excel cannot open', async ({ sandbox }) => {
    const file = join(folderFor(), 'users');
    for (const argv of [
      ['--excel', '--format', 'ndjson'],
      ['--formulas', 'keep'],
      ['--excel', '--out', `${file}.xlsx`],
    ]) {
      const { code, out, err } = await pull(sandbox, ['users', ...argv]);
      expect([code, out, err]).toEqual([2, '', expect.stringMatching(/csv/iu)]);
    }
  });

  it('prints a summary in JSON', async ({ sandbox }) => {
    const file = join(folderFor(), 'schools.csv');
    const { out, err } = await pull(sandbox, ['schools', '--out', file, '--json']);
    expect([JSON.parse(out), err]).toEqual([
      { resource: 'schools', records: expect.any(Number), out: file, durationMs: expect.any(Number) },
      '',
    ]);
  });

  it('continues from a cursor', async ({ sandbox, district }) => {
    const { cursor, data } = await district.users.list({ pageSize: 7 }).firstPage();
    const rest = records((await pull(sandbox, ['users', '--from', cursor])).out);
    const all = records((await pull(sandbox, ['users'])).out);
    expect([...data.map(({ id }) => id), ...rest.map(({ id }) => id)]).toEqual(all.map(({ id }) => id));
    const foreign = await pull(sandbox, ['sections', '--from', cursor]);
    expect(foreign.code).toBe(4);
    expect(foreign.err).not.toContain(data.at(-1)?.id);
  });

  it('exits cleanly when its reader stops reading', async ({ sandbox }) => {
    const { code, err } = await pull(sandbox, ['users', '--page-size', '5'], {
      onOut: () => {
        throw new ClosedPipe();
      },
    });
    expect([code, err]).toEqual([0, '']);
  });

  it('refuses to replace a folder or a device with a file', async ({ sandbox }) => {
    for (const place of [folderFor(), '/dev/null']) {
      const { code, err } = await pull(sandbox, ['users', '--out', place]);
      expect([code, err]).toEqual([2, expect.stringContaining('is not a file')]);
    }
  });
});

describe('clever-sdk pull --resume', () => {
  describe.each(['ndjson', 'csv'])('to %s', (format) => {
    it.for([0, 1, 2, 3])(
      'writes byte for byte the same as one run, after an interruption at page %d',
      async (pages, { sandbox }) => {
        const folder = folderFor();
        const [whole, resumed] = [join(folder, 'whole'), join(folder, 'resumed')];
        const argv = ['users', '--format', format, '--page-size', '20'];
        await pull(sandbox, [...argv, '--out', whole]);

        const cut = await pull(sandbox, [...argv, '--out', resumed], cutOffAfter(pages));
        expect(cut.code).toBe(1);
        expect(cut.err).toContain('--resume continues');
        expect(existsSync(resumed)).toBe(false);
        // A crash between data and checkpoint leaves half a line.
        const partial = readFileSync(`${resumed}.partial`);
        writeFileSync(
          `${resumed}.partial`,
          Buffer.concat([partial, Buffer.from('{"id":"half a l\u00ed')]).subarray(0, -1),
        );

        const rest = await pull(sandbox, [...argv, '--out', resumed, '--resume']);
        expect([rest.code, readFileSync(resumed).equals(readFileSync(whole))]).toEqual([0, true]);
        expect(existsSync(`${resumed}.checkpoint`)).toBe(false);
      },
    );
  });

  /** The file of a pull that ended after two pages. */
  const itAfterTwoPages = it.extend('file', async ({ sandbox }) => {
    const file = join(folderFor(), 'users.ndjson');
    await pull(sandbox, ['users', '--page-size', '20', '--out', file], cutOffAfter(2));
    return file;
  });

  itAfterTwoPages('does not print the position', async ({ file }) => {
    expect(statSync(`${file}.checkpoint`).mode & 0o777).toBe(0o600);
    expect(statSync(`${file}.partial`).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(`${file}.checkpoint`, 'utf8'))).toMatchObject({ version: 1, records: 40 });
  });

  itAfterTwoPages.for([
    ['role', ['--role', 'student']],
    ['sensitive', ['--sensitive', 'all']],
    ['format', ['--format', 'csv']],
    ['apiVersion', ['--api-version', 'v3.0']],
  ] as const)('does not resume with another %s', async ([name, options], { sandbox, file }) => {
    const { code, err } = await pull(sandbox, ['users', '--out', file, '--resume', ...options]);
    expect([code, err]).toEqual([2, expect.stringContaining(`another ${name}`)]);
    expect(existsSync(`${file}.checkpoint`)).toBe(true);
  });

  itAfterTwoPages("does not resume with another district's records", async ({ file }) => {
    const other = await sandboxFor({ students: 40, seed: 9 });
    const { code, err } = await pull(other, ['users', '--out', file, '--resume']);
    expect([code, err]).toEqual([2, expect.stringMatching(/another apiOrigin, district|another district, apiOrigin/u)]);
  });

  itAfterTwoPages(
    'starts at the beginning without an interrupted pull, and starts over without --resume',
    async ({ sandbox, file }) => {
      const over = await pull(sandbox, ['users', '--out', file]);
      expect([over.code, over.err]).toEqual([0, expect.stringContaining('Starting over')]);
      const again = await pull(sandbox, ['users', '--out', file, '--resume']);
      expect(again.code).toBe(0);
      expect(readFileSync(file, 'utf8')).toBe((await pull(sandbox, ['users'])).out);
    },
  );

  itAfterTwoPages(
    'finishes a pull that was interrupted after its last page, without a request for records',
    async ({ sandbox, file }) => {
      await pull(sandbox, ['users', '--page-size', '20', '--out', file, '--resume']);
      const whole = readFileSync(file);
      const checkpoint = { version: 1, cursor: '/v3.1/users', bytes: whole.length, records: 1, isComplete: true };
      const identity = {
        ...{ resource: 'users', format: 'ndjson', sensitive: [], district: sandbox.districts[0].id },
        ...{ apiVersion: 'v3.1', apiOrigin: sandbox.url },
      };
      // Interrupted before the file is renamed, then before the checkpoint is removed.
      for (const [from, to] of [
        [file, `${file}.partial`],
        [`${file}.partial`, file],
      ] as const) {
        writeFileSync(to, whole, { mode: 0o600 });
        if (from !== file) {
          writeFileSync(file, whole, { mode: 0o600 });
        }
        writeFileSync(`${file}.checkpoint`, JSON.stringify({ ...checkpoint, pull: identity }), { mode: 0o600 });
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
    },
  );

  itAfterTwoPages.for([
    ['not JSON', 'not JSON'],
    ['another file', '{"name":"package"}'],
    ['nothing', ''],
  ] as const)('refuses a checkpoint that is %s', async ([_, text], { sandbox, file }) => {
    writeFileSync(`${file}.checkpoint`, text);
    const { code, err } = await pull(sandbox, ['users', '--out', file, '--resume']);
    expect([code, err]).toEqual([2, expect.stringContaining('not a checkpoint')]);
  });

  itAfterTwoPages('refuses a partial file that has lost data', async ({ sandbox, file }) => {
    writeFileSync(`${file}.partial`, 'short');
    const { code, err } = await pull(sandbox, ['users', '--out', file, '--resume']);
    expect([code, err]).toEqual([1, expect.stringContaining('shorter than its checkpoint')]);
  });

  it('resumes from a checkpoint to standard output', async ({ sandbox }) => {
    const checkpoint = join(folderFor(), 'position.json');
    const argv = ['users', '--format', 'csv', '--page-size', '20', '--checkpoint', checkpoint];
    const first = await pull(sandbox, argv, cutOffAfter(2));
    const second = await pull(sandbox, [...argv, '--resume']);
    expect(first.out + second.out).toBe((await pull(sandbox, ['users', '--format', 'csv'])).out);
    expect(existsSync(checkpoint)).toBe(false);
  });

  it('exits with 130 when it is interrupted, and leaves whole lines', async ({ sandbox }) => {
    const { code, out } = await pull(sandbox, ['users', '--page-size', '10'], { onOut: (_, stop) => stop() });
    expect(code).toBe(130);
    expect(records(out)).toHaveLength(10);
    expect(out.endsWith('\n')).toBe(true);
  });
});
