import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ListeningSandbox } from 'clever-sdk/sandbox';
import { describe, expect } from 'vitest';
import { environmentOf, folderFor, it, records, runCommand } from './support.js';

/** Changes some students' grades, one event each. */
function change(sandbox: ListeningSandbox, count: number, grade: string): void {
  for (const { id } of sandbox.people({ role: 'student', limit: count })) {
    sandbox.districts[0].users.update(id, { roles: { student: { grade } } });
  }
}

describe('clever-sdk events', () => {
  it('prints id, type and time, and the records on request', async ({ sandbox }) => {
    const env = environmentOf(sandbox, 'token');
    change(sandbox, 3, '11');
    const { code, out, err } = await runCommand(['events', '--page-size', '2'], { env });
    expect([code, err]).toEqual([0, '']);
    expect(records(out)).toHaveLength(3);
    for (const event of records(out)) {
      expect(event).toEqual({ id: expect.any(String), type: 'users.updated', created: expect.any(String) });
    }
    const whole = records((await runCommand(['events', '--data'], { env })).out);
    expect(whole[0]).toMatchObject({
      type: 'users.updated',
      data: { object: { roles: { student: { grade: '11' } } }, previous_attributes: expect.any(Object) },
    });
  });

  it('follows new events, and exits with 0 when it is stopped', async ({ sandbox }) => {
    const waits: number[] = [];
    const { code, out } = await runCommand(['events', '--follow', '--interval', '5'], {
      env: environmentOf(sandbox, 'token'),
      onSleep: (milliseconds, stop) => {
        waits.push(milliseconds);
        if (waits.length === 3) {
          stop();
        } else {
          change(sandbox, 2, String(waits.length));
        }
      },
    });
    expect([code, waits]).toEqual([0, [5_000, 5_000, 5_000]]);
    const ids = records(out).map(({ id }) => id);
    expect(ids).toHaveLength(4);
    expect(new Set(ids).size).toBe(4);
  });

  it('keeps following after a temporary failure, but not after a revoked token', async ({ sandbox }) => {
    const env = environmentOf(sandbox, 'token');
    let waits = 0;
    const { code, out, err } = await runCommand(['events', '--follow'], {
      env,
      // Longer than the client itself would wait.
      fetch: (url, init) =>
        waits === 1
          ? Promise.resolve(new Response('', { status: 503, headers: { 'retry-after': '61' } }))
          : fetch(url, init),
      onSleep: (_, stop) => {
        waits += 1;
        if (waits === 2) {
          change(sandbox, 1, '3');
        }
        if (waits === 3) {
          sandbox.districts[0].rotateToken();
        }
        if (waits > 3) {
          stop();
        }
      },
    });
    expect([code, waits, records(out).length]).toEqual([3, 3, 1]);
    expect(err).toMatch(/Trying again in 1 min 0 s: .*503.*\nerror: .*401/su);
  });

  it('waits longer than the interval for a spent budget, and sends nothing in between', async ({ sandbox }) => {
    const waits: number[] = [];
    const startedAt = Date.now();
    let asked = 0;
    const { code, err } = await runCommand(['events', '--follow', '--interval', '5'], {
      env: environmentOf(sandbox, 'token'),
      now: () => startedAt + waits.reduce((sum, wait) => sum + wait, 0),
      fetch: (url, init) => {
        if (waits.length !== 1) {
          return fetch(url, init);
        }
        asked += 1;
        return Promise.resolve(new Response('', { status: 429, headers: { 'retry-after': '600' } }));
      },
      onSleep: (milliseconds, stop) => {
        waits.push(milliseconds);
        if (waits.length === 3) {
          stop();
        }
      },
    });
    expect([code, asked, waits]).toEqual([0, 1, [5_000, 600_000, 5_000]]);
    expect(err).toContain('Trying again in 10 min 0 s: ');
  });

  it('keeps its position in a file', async ({ sandbox }) => {
    const file = join(folderFor(), 'place.json');
    const next = async (): Promise<number> => {
      const argv = ['events', '--checkpoint', file];
      return records((await runCommand(argv, { env: environmentOf(sandbox, 'token') })).out).length;
    };
    change(sandbox, 2, '4');
    expect(await next()).toBe(2);
    expect(await next()).toBe(0);
    change(sandbox, 3, '5');
    expect(await next()).toBe(3);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      version: 1,
      after: expect.stringMatching(/^[\da-f]{24}$/u),
    });
    writeFileSync(file, '{}');
    const { code, err } = await runCommand(['events', '--checkpoint', file], { env: environmentOf(sandbox, 'token') });
    expect([code, err]).toEqual([2, expect.stringContaining('not a checkpoint')]);
  });

  it('begins after the newest event, or after a given one', async ({ sandbox }) => {
    const env = environmentOf(sandbox, 'token');
    change(sandbox, 3, '6');
    const [first] = records((await runCommand(['events'], { env })).out);
    expect(records((await runCommand(['events', '--after', String(first?.['id'])], { env })).out)).toHaveLength(2);
    expect((await runCommand(['events', '--latest'], { env })).out).toBe('');
  });

  it('refuses a position that is too old: exit 4', async ({ sandbox }) => {
    const { code, err } = await runCommand(['events', '--after', '5f0000000000000000000000'], {
      env: environmentOf(sandbox, 'token'),
    });
    expect([code, err]).toEqual([4, expect.stringContaining('full sync')]);
    expect(err).not.toContain('5f0000');
  });

  it('narrows to collections', async ({ sandbox }) => {
    change(sandbox, 1, '7');
    const env = environmentOf(sandbox, 'token');
    expect((await runCommand(['events', '--record-type', 'schools,sections'], { env })).out).toBe('');
    expect((await runCommand(['events', '--record-type', 'users'], { env })).out).not.toBe('');
  });
});
