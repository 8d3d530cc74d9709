import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { createCleverClient } from 'clever-sdk';
import type { ListeningSandbox, SandboxOptions } from 'clever-sdk/sandbox';
import { openPglite, SYNC_KINDS } from 'clever-sdk/sync';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, vi } from 'vitest';
import { KINDS } from '../../src/cli/commands/sync/options.js';
import { describeOnPostgres, type OwnDatabase, ownDatabase } from '../support/postgres/index.js';
import {
  environmentOf,
  folderFor,
  it as itAtCommandLine,
  type Outcome,
  records,
  runCommand,
  sandboxFor,
  type World,
} from './support.js';

// A test runs several commands, and each opens its database.
vi.setConfig({ testTimeout: 30_000 });

const CANARY = 'Canary';

/** A district with a school of more than 20 people, and with one person whose name is looked for in every output. */
const it = itAtCommandLine
  .extend('sandboxOptions', { districts: [{ students: 60, seed: 5 }] } as SandboxOptions)
  .extend('sandbox', async ({ sandboxOptions: _, sandbox }) => {
    const [student] = sandbox.people({ role: 'student' });
    const name = { first: `${CANARY}-first`, last: `${CANARY}-last` };
    sandbox.districts[0].users.update(student?.id ?? '', { name, email: `${CANARY}@example.com` });
    return sandbox;
  });

/** Runs `clever-sdk sync …`, and looks for what nothing may print. */
async function sync(database: string, argv: readonly string[], world: World = {}): Promise<Outcome> {
  const outcome = await runCommand(['sync', ...argv], {
    ...world,
    env: { DATABASE_URL: database, USER: 'ops', ...world.env },
  });
  expect(`${outcome.out}${outcome.err}`).not.toMatch(/canary|unexpected|at file:/iu);
  return outcome;
}

/** Takes the first school away: more people of one school than the guard lets go at once. */
async function unshareASchool(sandbox: ListeningSandbox): Promise<string> {
  const [{ token, changes }] = sandbox.districts;
  const { schools } = createCleverClient(sandbox.clientOptions()).district({ token });
  const [school] = (await schools.list().firstPage()).data;
  changes.unshareSchool({ school: school?.id ?? '' });
  return school?.id ?? '';
}

/** Changes some students' grades, one event each. */
function change(sandbox: ListeningSandbox, count: number, grade: string): void {
  for (const { id } of sandbox.people({ role: 'student', limit: count })) {
    sandbox.districts[0].users.update(id, { roles: { student: { grade } } });
  }
}

/** A terminal for progress, and what was drawn on it. */
function terminalOf(columns: number) {
  const drawn: string[] = [];
  const stream = new Writable({
    write(chunk, _, done) {
      drawn.push(String(chunk));
      done();
    },
  });
  return { stream: Object.assign(stream, { isTTY: true, columns }) as unknown as NodeJS.WriteStream, drawn };
}

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line !== '');

await describeOnPostgres('clever-sdk sync on PostgreSQL', (postgres) => {
  let own: OwnDatabase;
  let database = '';

  beforeAll(async () => {
    own = await ownDatabase(postgres);
    database = own.url;
  });
  afterAll(async () => {
    await own[Symbol.asyncDispose]();
  });
  beforeEach(() => query('drop schema if exists clever cascade'));

  async function query(text: string): Promise<Record<string, unknown>[]> {
    const client = new pg.Client(database);
    await client.connect();
    try {
      return (await client.query(text)).rows as Record<string, unknown>[];
    } finally {
      await client.end();
    }
  }

  describe('run', () => {
    it('fills the tables, and then reads events', async ({ sandbox }) => {
      const env = environmentOf(sandbox, 'app');
      const [{ id }] = sandbox.districts;
      const first = await sync(database, ['run'], { env });
      expect(first.code).toBe(0);
      expect(first.out).toMatch(
        new RegExp(`^${id}  done: [\\d,]+ created \\(full: first run; \\d+ requests, \\d+\\.\\d s\\)\\n$`, 'u'),
      );
      expect(linesOf(first.err)).toEqual([
        expect.stringMatching(new RegExp(`^${id}  run \\d+, full: first run$`, 'u')),
        ...['districts', 'schools', 'terms', 'courses', 'users', 'sections'].map((kind) =>
          expect.stringMatching(new RegExp(`^${id}  ${kind}: [\\d,]+ read$`, 'u')),
        ),
      ]);
      const [row] = await query(
        "select count(*)::int as number from clever.users where 'student' in (select role from clever.user_roles where user_id = id)",
      );
      expect(row).toEqual({ number: sandbox.people({ role: 'student' }).length });

      change(sandbox, 2, '11');
      expect((await sync(database, ['run'], { env })).out).toMatch(/done: 2 updated \(events: /u);
      const idle = await sync(database, ['run'], { env });
      expect([idle.code, idle.out]).toEqual([
        0,
        expect.stringMatching(/done: nothing changed \(events: .*; [12] requests?, /u),
      ]);
    });

    it('reads everything with --full, and keeps what --kinds names', async ({ sandbox }) => {
      const env = environmentOf(sandbox, 'app');
      await sync(database, ['run', '--kinds', 'schools,users'], { env });
      expect(await query('select count(*)::int as number from clever.sections')).toEqual([{ number: 0 }]);
      const { out } = await sync(database, ['run', '--full', '--kinds', 'schools,users'], { env });
      expect(out).toMatch(/done: nothing changed \(full: /u);
    });

    it('keeps sensitive fields that are named', async () => {
      const sandbox = await sandboxFor({ districts: [{ students: 20, sensitiveFields: 'all' }] });
      const env = environmentOf(sandbox, 'app');
      const kept = async (field: string): Promise<unknown> =>
        (await query(`select count(*)::int > 0 as kept from clever.users where data::text like '%${field}%'`))[0]?.[
          'kept'
        ];
      await sync(database, ['run', '--sensitive', 'frl_status'], { env });
      expect([await kept('frl_status'), await kept('iep_status')]).toEqual([true, false]);
      await sync(database, ['run'], { env });
      expect(await kept('frl_status')).toBe(false);
    });

    it('is held above the guard: exit 5, and what approve releases is applied', async ({ sandbox }) => {
      const env = environmentOf(sandbox, 'app');
      await sync(database, ['run'], { env });
      await unshareASchool(sandbox);
      const held = await sync(database, ['run'], { env });
      expect(held.code).toBe(5);
      const [line, headings] = linesOf(held.out);
      expect(line).toMatch(/ held: nothing changed \(full: /u);
      expect(headings).toMatch(/^kind +before +created +changed +back +gone +share +verdict$/u);
      expect(held.out).toMatch(/^users +\d+ .* \d+\.\d % +held$/mu);
      expect(held.out).toMatch(/^terms +\d+ +0 +0 +0 +0 +passes$/mu);
      expect(held.out).toMatch(/^ {2}- one school would lose \d+ of \d+ people\.$/mu);
      const run = /clever-sdk sync approve (\d+)\n$/u.exec(held.out)?.[1] ?? '';
      expect(await query('select count(*)::int as number from clever.users where deleted_at is not null')).toEqual([
        { number: 0 },
      ]);

      const again = await sync(database, ['run', '--json'], { env });
      expect(again.code).toBe(5);
      expect(records(again.out)).toEqual([
        expect.objectContaining({
          outcome: 'held',
          run: Number(run),
          plan: {
            kinds: expect.any(Object),
            verdict: { isHeld: true, findings: expect.any(Array) },
            summary: expect.any(String),
          },
        }),
      ]);

      const status = await sync(database, ['status']);
      expect(status.out).toContain(`held, run ${run}`);
      const approved = await sync(database, ['approve', run]);
      expect([approved.code, approved.out]).toEqual([0, expect.stringContaining(`Run ${run} is approved by ops.`)]);
      expect((await sync(database, ['run'], { env })).out).toMatch(/done: .*archived/u);
    });

    it('goes on with the other districts when one fails', async () => {
      const sandbox = await sandboxFor({ districts: [{ students: 10 }, { students: 10 }] });
      const env = environmentOf(sandbox, 'app');
      const [first, second] = sandbox.districts;
      const token = `Bearer ${first.token}`;
      const failing: World = {
        env,
        fetch: (url, init) =>
          new URL(url).pathname.endsWith('/users') && new Headers(init?.headers).get('authorization') === token
            ? Promise.resolve(new Response('{}', { status: 400 }))
            : fetch(url, init),
      };
      const plain = await sync(database, ['run'], failing);
      expect(plain.code).toBe(1);
      expect(plain.err).toMatch(new RegExp(`^error: district ${first.id}: GET /v3\\.1/users → 400`, 'mu'));
      expect(plain.out).toMatch(new RegExp(`^${second?.id}  done: \\d+ created`, 'u'));
      const json = await sync(database, ['run', '--json'], failing);
      expect([json.code, records(json.err), records(json.out)]).toEqual([
        1,
        [{ district: first.id, error: { code: 'bad_request', message: expect.any(String) } }],
        [expect.objectContaining({ districtId: second?.id, outcome: 'done' })],
      ]);
      const status = records(
        `${(await sync(database, ['status', '--json'])).out
          .trim()
          .replace(/^\[|\]$/gu, '')
          .replaceAll('},{"districtId', '}\n{"districtId')}`,
      );
      expect(status.map(({ failures }) => failures).sort()).toEqual([0, 2]);
      const chosen = await sync(database, ['run', '--district', first.id], failing);
      expect([chosen.code, chosen.err]).toEqual([1, expect.stringMatching(/^error: GET \/v3\.1\/users → 400/mu)]);
    });

    it('reads the one district of a district-app token', async ({ sandbox }) => {
      const { code, out } = await sync(database, ['run', '--json'], { env: environmentOf(sandbox, 'token') });
      expect([code, records(out)]).toEqual([
        0,
        [expect.objectContaining({ districtId: sandbox.districts[0].id, outcome: 'done', mode: 'full' })],
      ]);
    });

    it('asks for the token at a terminal', async ({ sandbox }) => {
      const { CLEVER_API_ORIGIN } = environmentOf(sandbox);
      const world = { env: { CLEVER_API_ORIGIN }, answer: sandbox.districts[0].token };
      expect((await sync(database, ['run'], world)).code).toBe(0);
    });

    it('says when a district is no longer connected: exit 3', async ({ sandbox }) => {
      const env = environmentOf(sandbox, 'app');
      await sync(database, ['run'], { env });
      const [{ id }] = sandbox.districts;
      sandbox.districts[0].disconnect();
      const one = await sync(database, ['run', '--district', id], { env });
      expect([one.code, one.out]).toEqual([3, expect.stringContaining(`${id}  disconnected: nothing changed`)]);
      const all = await sync(database, ['run'], { env });
      expect([all.code, all.err]).toEqual([3, expect.stringContaining('no district has connected the app')]);
    });

    it.for([
      ['run', /unfinished/u, 'the next run goes on from there'],
      ['plan', /^$/u, 'Nothing was changed'],
    ] as const)(
      '%s ends at a safe place when it is interrupted, and gives the district back: exit 130',
      async ([command, printed, said], { sandbox }) => {
        const stopping = new AbortController();
        const interrupted = await sync(database, [command], {
          env: environmentOf(sandbox, 'app'),
          signal: stopping.signal,
          fetch: (url, init) => {
            if (new URL(url).pathname.endsWith('/users')) {
              stopping.abort();
            }
            return fetch(url, init);
          },
        });
        expect(interrupted).toEqual({
          code: 130,
          out: expect.stringMatching(printed),
          err: expect.stringContaining(`Interrupted. `),
        });
        expect(interrupted.err).toContain(said);
        expect(await query('select lease_until > clock_timestamp() as held from clever.sync_districts')).not.toEqual([
          { held: true },
        ]);
        const next = await sync(database, ['run'], { env: environmentOf(sandbox, 'app') });
        expect([next.code, next.out]).toEqual([0, expect.stringContaining('done: ')]);
      },
    );

    it('runs no other district after it was interrupted: exit 130', async () => {
      const two = await sandboxFor({ districts: [{ students: 20 }, { students: 20 }] });
      const stopping = new AbortController();
      const { code, out } = await sync(database, ['run'], {
        env: environmentOf(two, 'app'),
        signal: stopping.signal,
        onErr: (text) => text.includes('users: ') && stopping.abort(),
      });
      expect([code, linesOf(out)]).toEqual([130, [expect.stringContaining('unfinished')]]);
    });

    it.for([40, 80, 200])(
      'draws its progress on one row of a terminal with %d columns',
      async (columns, { sandbox }) => {
        const { stream, drawn } = terminalOf(columns);
        const { code, err } = await sync(database, ['run'], {
          env: environmentOf(sandbox, 'app'),
          terminal: { progress: stream },
        });
        expect([code, err]).toEqual([0, '']);
        const texts = drawn.filter((text) => /\w/u.test(text) && !text.startsWith('\u001b'));
        expect(texts).toContainEqual(expect.stringMatching(/^users: \d+ read · dis/u));
        expect(Math.max(...texts.map((text) => text.length))).toBeLessThan(columns);
        expect(drawn.at(-1)).toBe('\u001b[2K');
      },
    );

    it("says that it waits for Clever's rate limit", async ({ sandbox }) => {
      const limited = (): World => {
        let asked = 0;
        return {
          env: environmentOf(sandbox, 'app'),
          fetch: (url, init) => {
            asked += 1;
            return asked === 3
              ? Promise.resolve(new Response('', { status: 429, headers: { 'retry-after': '1' } }))
              : fetch(url, init);
          },
        };
      };
      const plain = await sync(database, ['run'], limited());
      expect(plain.err).toMatch(/^waiting \d s for Clever's rate limit$/mu);
      const { stream, drawn } = terminalOf(120);
      await sync(database, ['run', '--full'], { ...limited(), terminal: { progress: stream } });
      expect(drawn.join('\n')).toMatch(/^waiting \d s for Clever's rate limit/mu);
    });
  });

  describe('plan', () => {
    it('shows what a run would do, and changes nothing', async ({ sandbox }) => {
      const env = environmentOf(sandbox, 'app');
      const before = await sync(database, ['plan'], { env });
      expect(before.code).toBe(0);
      expect(before.out).toMatch(/^users +0 +\d+ +0 +0 +0 +passes$/mu);
      expect(before.out).toMatch(/\nThe guard lets it pass\.\n$/u);
      expect(await query('select count(*)::int as number from clever.users')).toEqual([{ number: 0 }]);

      await sync(database, ['run'], { env });
      const [student] = sandbox.people({ role: 'student' });
      sandbox.districts[0].users.delete(student?.id ?? '');
      const { code, out } = await sync(database, ['plan', '--ids'], { env });
      expect([code, linesOf(out)]).toEqual([0, expect.arrayContaining([`users  archived  ${student?.id}`])]);

      const json = await sync(database, ['plan', '--ids', '--json'], { env });
      expect(json.err).toBe('');
      expect(JSON.parse(json.out)).toEqual({
        run: expect.any(Number),
        districtId: sandbox.districts[0].id,
        kinds: expect.objectContaining({ users: expect.objectContaining({ archived: 1 }) }),
        verdict: { isHeld: false, findings: [] },
        summary: expect.any(String),
        ids: expect.objectContaining({ users: { archived: [student?.id] } }),
      });
    });

    it('exits with 5 when the guard would hold the run', async ({ sandbox }) => {
      const env = environmentOf(sandbox, 'app');
      await sync(database, ['run'], { env });
      await unshareASchool(sandbox);
      const { code, out } = await sync(database, ['plan'], { env });
      expect([code, out]).toEqual([5, expect.stringContaining('The guard holds it:')]);
      const run = /approve (\d+)/u.exec(out)?.[1] ?? '';
      expect((await sync(database, ['approve', run, '--by', 'ops@example.com'])).code).toBe(0);
      expect((await sync(database, ['run'], { env })).out).toMatch(/done: .*archived/u);
      expect(await query(`select approved_by from clever.runs where id = ${run}`)).toEqual([
        { approved_by: 'ops@example.com' },
      ]);
    });

    it.for([
      [40, '  gone     '],
      [80, 'kind       before  '],
      [200, 'kind       before  '],
    ] as const)('fits a terminal of %d columns', async ([columns, begin], { sandbox }) => {
      const env = environmentOf(sandbox, 'app');
      await sync(database, ['run'], { env });
      await unshareASchool(sandbox);
      const terminal = { showsOutput: true, columns };
      const plan = await sync(database, ['plan'], { env, terminal });
      expect(linesOf(plan.out)).toContainEqual(expect.stringContaining(begin));
      const status = await sync(database, ['status'], { terminal });
      const tables = linesOf(`${plan.out.slice(0, plan.out.indexOf('The guard'))}${status.out}`);
      // A name may be longer than a terminal is wide.
      for (const line of tables.filter((text) => !text.startsWith('  name '))) {
        expect(line.length).toBeLessThanOrEqual(columns);
      }
    });

    it('asks which one of several districts', async () => {
      const sandbox = await sandboxFor({ districts: [{ students: 5 }, { students: 5 }] });
      const env = environmentOf(sandbox, 'app');
      const [, second] = sandbox.districts;
      const unclear = await sync(database, ['plan'], { env });
      expect([unclear.code, unclear.err]).toEqual([2, expect.stringContaining(second?.id ?? '-')]);
      expect((await sync(database, ['plan', '--district', second?.id ?? ''], { env })).code).toBe(0);
    });
  });

  describe('approve', () => {
    it('refuses a run that does not wait for it', async ({ sandbox }) => {
      await sync(database, ['run'], { env: environmentOf(sandbox, 'app') });
      const plain = await sync(database, ['approve', '999']);
      expect([plain.code, plain.err]).toEqual([1, expect.stringContaining('cannot be approved')]);
      const json = await sync(database, ['approve', '999', '--json']);
      expect(JSON.parse(json.err)).toEqual({ error: { code: 'sync_unknown_run', message: expect.any(String) } });
      expect((await sync(database, ['approve', 'x'])).err).toMatch(/'run': the value is invalid\. .*whole number/u);
      const unnamed = await sync(database, ['approve', '1'], { env: { USER: '' } });
      expect([unnamed.code, unnamed.err]).toEqual([2, expect.stringContaining('--by')]);
    });
  });

  describe('status', () => {
    it('names each district, and says so before the first run', async ({ sandbox }) => {
      const before = await sync(database, ['status']);
      expect([before.code, before.err]).toEqual([1, expect.stringContaining('clever-sdk sync run')]);
      await query('drop schema if exists clever cascade');
      await sync(database, ['run'], { env: environmentOf(sandbox, 'app') });
      const { code, out } = await sync(database, ['status']);
      expect(code).toBe(0);
      const [headings, row] = linesOf(out);
      expect(headings).toMatch(/^district +name +state +records +last run \(UTC\) +due \(UTC\) +failures$/u);
      expect(row).toMatch(
        new RegExp(
          `^${sandbox.districts[0].id}  .*  connected +[\\d,]+ +\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d +\\d{4}`,
          'u',
        ),
      );
      expect(JSON.parse((await sync(database, ['status', '--json'])).out)).toEqual([
        expect.objectContaining({ districtId: sandbox.districts[0].id, connection: 'connected', failures: 0 }),
      ]);
      await sync(database, ['purge', sandbox.districts[0].id, '--yes']);
      expect((await sync(database, ['status'])).out).toBe('No district has been synced yet.\n');
    });

    it('keeps a name on its own line, whatever it contains', async ({ sandbox }) => {
      await sync(database, ['run'], { env: environmentOf(sandbox, 'app') });
      await query("update clever.sync_districts set name = E'A\\nB\\u202eC'");
      const { out } = await sync(database, ['status']);
      expect(linesOf(out)[1]).toContain('A\\u000aB\\u202eC');
    });
  });

  describe('explain', () => {
    it('says when a record came, changed and went', async ({ sandbox }) => {
      const env = environmentOf(sandbox, 'app');
      await sync(database, ['run'], { env });
      const [, student] = sandbox.people({ role: 'student' });
      const id = student?.id ?? '';
      sandbox.districts[0].users.update(id, { roles: { student: { grade: '11' } } });
      await sync(database, ['run'], { env });
      sandbox.districts[0].users.delete(id);
      await sync(database, ['run'], { env });
      const { code, out } = await sync(database, ['explain', id]);
      expect(code).toBe(0);
      const [kind, summary, ...history] = linesOf(out);
      expect(kind).toBe(`One of users in district ${sandbox.districts[0].id}.`);
      expect(summary).toMatch(/^Archived at .*because Clever sent an event/u);
      expect(history).toEqual([
        expect.stringMatching(/^ {2}[\d-]+ [\d:]+ UTC {2}archived by run \d+, event [\da-f]{24}/u),
        expect.stringMatching(/ {2}updated by run \d+, event [\da-f]{24}: .*roles/u),
        expect.stringMatching(/ {2}created by run \d+$/u),
      ]);
      expect(JSON.parse((await sync(database, ['explain', id, '--json'])).out)).toMatchObject({
        id,
        state: 'archived',
      });
      expect((await sync(database, ['explain', 'ffffffffffffffffffffffff'])).out).toMatch(/^The mirror has never had/u);
    });
  });

  describe('watch', () => {
    const dueNow = 'update clever.sync_districts set next_sync_at = now()';
    const askedNow = 'update clever.sync_districts set asked_at = now()';

    it.for([
      ['that is due', dueNow],
      ['that someone asked for before it is due', askedNow],
    ] as const)('runs a district %s, and exits with 0 when it is stopped', async ([, statement], { sandbox }) => {
      let runs = 0;
      const { code, out } = await sync(database, ['watch', '--interval', '1'], {
        env: environmentOf(sandbox, 'app'),
        onOut: async (text, stop) => {
          runs = linesOf(text).length;
          if (runs === 1) {
            change(sandbox, 1, '11');
            await query(statement);
          } else {
            stop();
          }
        },
      });
      expect([code, linesOf(out)]).toEqual([
        0,
        [
          expect.stringMatching(/ {2}done: [\d,]+ created \(full: first run; \d+ requests, /u),
          expect.stringMatching(/ {2}done: \d updated \(events: /u),
        ],
      ]);
    });

    it('ends in the middle of a run when it is stopped, and the next run goes on there', async ({ sandbox }) => {
      const stopping = new AbortController();
      const { code, out } = await sync(database, ['watch'], {
        env: environmentOf(sandbox, 'app'),
        signal: stopping.signal,
        fetch: (url, init) => {
          if (new URL(url).pathname.endsWith('/users')) {
            stopping.abort();
          }
          return fetch(url, init);
        },
      });
      expect([code, out]).toEqual([0, '']);
      expect(await query('select lease_owner, failures from clever.sync_districts')).toEqual([
        { lease_owner: null, failures: 0 },
      ]);
      expect((await sync(database, ['run'], { env: environmentOf(sandbox, 'app') })).code).toBe(0);
      expect(await query("select count(*)::int as number from clever.runs where state = 'done'")).toEqual([
        { number: 1 },
      ]);
    });

    it('prints the plan of a run that is held, and says later that it still waits', async ({ sandbox }) => {
      await sync(database, ['run'], { env: environmentOf(sandbox, 'app') });
      await unshareASchool(sandbox);
      const watched = async (): Promise<Outcome> => {
        await query(askedNow);
        return sync(database, ['watch'], { env: environmentOf(sandbox, 'app'), onOut: (_, stop) => stop() });
      };
      const held = await watched();
      expect([held.code, held.out]).toEqual([0, expect.stringMatching(/ {2}held: nothing changed \(full: /u)]);
      expect(held.out).toMatch(/^users +\d+ .* held$/mu);
      const run = /clever-sdk sync approve (\d+)\n$/u.exec(held.out)?.[1];
      expect((await watched()).out).toMatch(
        new RegExp(` held: nothing changed \\(full.*\\n.*: clever-sdk sync approve ${run}\\n$`, 'u'),
      );
    });

    it('goes on with the other districts when one fails', async () => {
      const sandbox = await sandboxFor({ districts: [{ students: 10 }, { students: 10 }] });
      const [first, second] = sandbox.districts;
      const seen = { out: '', err: '' };
      const stopping = new AbortController();
      const look = (): void => {
        if (seen.out.includes('done') && seen.err.includes('error')) {
          stopping.abort();
        }
      };
      const { code, out, err } = await sync(database, ['watch', '--concurrency', '2'], {
        env: environmentOf(sandbox, 'app'),
        signal: stopping.signal,
        onOut: (text) => {
          seen.out = text;
          look();
        },
        onErr: (text) => {
          seen.err += text;
          look();
        },
        fetch: (url, init) =>
          new URL(url).pathname.endsWith('/users') &&
          new Headers(init?.headers).get('authorization') === `Bearer ${first.token}`
            ? Promise.resolve(new Response('{}', { status: 400 }))
            : fetch(url, init),
      });
      expect([code, linesOf(out)]).toEqual([0, [expect.stringMatching(new RegExp(`^${second?.id}  done: `, 'u'))]]);
      expect(err).toMatch(new RegExp(`^error: district ${first.id}: the run failed: bad_request\\.$`, 'mu'));
    });

    it('runs the one district that --district names', async () => {
      const sandbox = await sandboxFor({ districts: [{ students: 10 }, { students: 10 }] });
      const id = sandbox.districts[1]?.id ?? '';
      const { out } = await sync(database, ['watch', '--district', id, '--interval', '1'], {
        env: environmentOf(sandbox, 'app'),
        onOut: async (text, stop) => {
          if (linesOf(text).length === 2) {
            stop();
          }
          await query(askedNow);
        },
      });
      expect(linesOf(out).map((line) => line.split('  ')[0])).toEqual([id, id]);
    });

    it('ends when the credentials are wrong, and goes on after a failure that time may cure', async ({ sandbox }) => {
      const answering = (status: number) => {
        let isFirst = true;
        return (url: string, init?: RequestInit): Promise<Response> => {
          if (!isFirst) {
            return fetch(url, init);
          }
          isFirst = false;
          return Promise.resolve(new Response('{}', { status, headers: { 'retry-after': '61' } }));
        };
      };
      const env = environmentOf(sandbox, 'app');
      const refused = await sync(database, ['watch'], { env, fetch: answering(401) });
      expect([refused.code, refused.out]).toEqual([3, '']);
      const cured = await sync(database, ['watch'], { env, fetch: answering(503), onOut: (_, stop) => stop() });
      expect([cured.code, cured.err]).toEqual([0, expect.stringMatching(/^error: .*503/mu)]);
      expect(cured.out).toMatch(/ {2}done: /u);
    });

    it('answers health checks with numbers and codes only', async ({ sandbox }) => {
      const asked = Promise.withResolvers<void>();
      const answers: unknown[] = [];
      let origin = '';
      const { code, err } = await sync(database, ['watch', '--health-port', '0'], {
        env: environmentOf(sandbox, 'app'),
        onErr: (text) => {
          origin ||= /^health check: (http:\/\/127\.0\.0\.1:\d+)\/healthz$/mu.exec(text)?.[1] ?? '';
        },
        onOut: async (_, stop) => {
          for (const path of ['/healthz', '/livez', '/healthz?verbose', '/', '/metrics']) {
            const response = await fetch(origin + path);
            answers.push([response.status, await response.text()]);
          }
          answers.push((await fetch(`${origin}/healthz`, { method: 'POST' })).status);
          stop();
          asked.resolve();
        },
      });
      await asked.promise;
      expect([code, origin]).toEqual([0, expect.stringMatching(/^http/u)]);
      const fine = [
        200,
        expect.stringMatching(/^\{"isHealthy":true,"running":\d,"state":"working","lastLookAt":"[^"]+"/u),
      ];
      expect(answers).toEqual([fine, fine, fine, [404, ''], [404, ''], 405]);
      expect(JSON.stringify(answers)).not.toContain(sandbox.districts[0].id);
      expect(err).not.toContain('error');
      await expect(fetch(`${origin}/livez`)).rejects.toThrow();
    });

    it('says that the database is away: 503 at /healthz, and 200 at /livez', async ({ sandbox }) => {
      const statuses: number[] = [];
      let origin = '';
      await sync(database, ['watch', '--health-port', '0', '--json'], {
        env: environmentOf(sandbox, 'app'),
        onErr: (text) => {
          origin ||= /"health":"(http:.*)\/healthz"/u.exec(text)?.[1] ?? '';
        },
        onOut: async (_, stop) => {
          await query('alter schema clever rename to clever_away');
          for (const path of ['/healthz', '/livez']) {
            statuses.push((await fetch(origin + path)).status);
          }
          await query('alter schema clever_away rename to clever');
          stop();
        },
      });
      expect(statuses).toEqual([503, 200]);
    });

    it('says that the port of health checks is taken', async ({ sandbox }) => {
      const { port } = new URL(sandbox.clientOptions().apiOrigin);
      const { code, err } = await sync(database, ['watch', '--health-port', port], {
        env: environmentOf(sandbox, 'app'),
      });
      expect([code, err]).toEqual([
        1,
        expect.stringContaining(`port ${port} is taken: choose another with --health-port.`),
      ]);
      // Whether a run had begun or not: none is left.
      expect(await query('select from clever.sync_districts where lease_owner is not null')).toEqual([]);
    });

    it.for([
      ['--every', '6'],
      ['--every', 'soon'],
      ['--interval', '0'],
      ['--concurrency', '0'],
      ['--concurrency', '101'],
      ['--health-port', '65536'],
    ])('refuses %j', async (argv) => {
      const { code, err } = await sync(database, ['watch', ...argv]);
      expect([code, err]).toEqual([2, expect.stringMatching(/It must be a (?:number with a unit|whole number)/u)]);
    });
  });

  describe('sql', () => {
    it.for([
      [[], 'clever'],
      [['--schema', 'Od d'], 'Od d'],
    ] as const)('prints statements that make the tables: %j', async ([argv, schema], { sandbox }) => {
      await query('drop schema if exists "Od d" cascade');
      const { code, out, err } = await sync('', ['sql', ...argv]);
      expect([code, err]).toEqual([0, '']);
      await query(out);
      const run = await sync(database, ['run', '--schema', schema], { env: environmentOf(sandbox, 'app') });
      expect(run.code).toBe(0);
      const [row] = await query(`select count(*)::int > 60 as filled from "${schema}".users`);
      expect(row).toEqual({ filled: true });
      for (const argv of [['status'], ['explain', 'x'], ['purge', sandbox.districts[0].id, '--yes']]) {
        expect((await sync(database, [...argv, '--schema', schema])).code).toBe(0);
      }
    });

    it('prints a schema file for Drizzle', async () => {
      const { code, out } = await sync('', ['sql', '--drizzle', '--schema', 'Od d']);
      expect([code, out]).toEqual([0, expect.stringMatching(/pgSchema\(["']Od d["']\)/u)]);
    });
  });

  describe('purge', () => {
    it('asks, and deletes everything of a district', async ({ sandbox }) => {
      await sync(database, ['run'], { env: environmentOf(sandbox, 'app') });
      const [{ id }] = sandbox.districts;
      for (const world of [{}, { answer: 'no' }]) {
        const refused = await sync(database, ['purge', id], world);
        expect([refused.code, refused.out, refused.err]).toEqual([2, '', expect.stringContaining('--yes')]);
      }
      const [before] = await query('select count(*)::int as number from clever.users');
      expect(before?.['number']).toBeGreaterThan(60);
      const { code, out } = await sync(database, ['purge', id], { answer: 'yes' });
      expect([code, out]).toEqual([0, expect.stringMatching(/^Deleted [\d,]+ records/u)]);
      expect(await query('select count(*)::int as number from clever.users')).toEqual([{ number: 0 }]);
      expect(JSON.parse((await sync(database, ['purge', id, '--yes', '--json'])).out)).toEqual({
        districtId: id,
        records: 0,
      });
    });
  });

  describe('a database that cannot be used', () => {
    it.for([
      ['no such server', 'postgres://me:hunter2@127.0.0.1:1/app', /does not answer \(ECONNREFUSED\)/u],
      [
        'no such database',
        () => postgres.url('hunter2').replace('postgres@', 'postgres:hunter2@'),
        /no database of that name/u,
      ],
      ['no such user', () => database.replace('postgres@', 'hunter2:hunter2@'), /refuses the user/u],
      ['no URL', 'postgres://me:hunter2@[', /URL of the database is not valid/u],
    ] as const)('%s: a sentence without the URL', async ([, url, message], { sandbox }) => {
      const env = environmentOf(sandbox, 'app');
      for (const argv of [['run'], ['status', '--verbose'], ['status', '--json', '--verbose']]) {
        const { code, out, err } = await sync(typeof url === 'string' ? url : url(), argv, { env });
        expect([code === 1 || code === 2, out]).toEqual([true, '']);
        expect(err).toMatch(message);
        expect(err).not.toContain('hunter2');
      }
    });

    it('is one that goes away in mid-run', async ({ sandbox }) => {
      const { code, err } = await sync(database, ['run'], {
        env: environmentOf(sandbox, 'app'),
        fetch: async (url, init) => {
          if (new URL(url).pathname.endsWith('/users')) {
            await query(
              'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
            );
          }
          return fetch(url, init);
        },
      });
      // A pool connects again, so the run may also end well.
      expect([0, 1]).toContain(code);
      expect(err).not.toMatch(/postgres@/u);
    });
  });
});

describe('clever-sdk sync on a folder', () => {
  it('runs, is held, approved, explained and purged', async ({ sandbox }) => {
    const env = environmentOf(sandbox, 'app');
    const folder = join(folderFor(), 'roster');
    const [{ id }] = sandbox.districts;
    const at = (...argv: string[]): Promise<Outcome> => sync('', [...argv, '--database', folder], { env });
    expect((await at('run')).out).toMatch(/done: [\d,]+ created \(full: first run/u);
    expect((await at('run')).out).toMatch(/done: nothing changed \(events: /u);
    const school = await unshareASchool(sandbox);
    const held = await at('run');
    expect(held.code).toBe(5);
    const run = /approve (\d+)/u.exec(held.out)?.[1] ?? '';
    expect((await at('status')).out).toContain(`held, run ${run}`);
    expect((await at('approve', run)).code).toBe(0);
    expect((await at('run')).out).toMatch(/done: .*archived/u);
    expect((await at('explain', school)).out).toMatch(/Archived at/u);
    expect((await at('purge', id, '--yes')).out).toMatch(/^Deleted/u);
  });

  it('watches several districts at once, and gives the folder free when it is stopped', async () => {
    const sandbox = await sandboxFor({ districts: [{ students: 10 }, { students: 10 }] });
    const folder = join(folderFor(), 'roster');
    const { code, out } = await sync(folder, ['watch', '--concurrency', '2'], {
      env: environmentOf(sandbox, 'app'),
      onOut: (text, stop) => {
        if (linesOf(text).length === 2) {
          stop();
        }
      },
    });
    expect([code, linesOf(out)]).toEqual([
      0,
      [expect.stringMatching(/ {2}done: \d+ created/u), expect.stringMatching(/ {2}done: \d+ created/u)],
    ]);
    expect((await sync(folder, ['status'])).code).toBe(0);
  }, 60_000);

  it('makes no database for a command that only reads it', async ({ sandbox }) => {
    const folder = join(folderFor(), 'roster');
    for (const argv of [['status'], ['explain', 'x'], ['approve', '1'], ['purge', sandbox.districts[0].id, '--yes']]) {
      const { code, err } = await sync(folder, argv);
      expect([code, err]).toEqual([
        2,
        expect.stringMatching(/there is no database in .*roster\. `clever-sdk sync run`/u),
      ]);
    }
    expect(existsSync(folder)).toBe(false);
  });

  it('refuses a folder that another process has open, or that holds something else', async ({ sandbox }) => {
    const env = environmentOf(sandbox, 'app');
    const folder = join(folderFor(), 'roster');
    await using _open = await openPglite(folder);
    const locked = await sync(folder, ['run'], { env });
    expect([locked.code, locked.err]).toEqual([6, expect.stringContaining(`process ${process.pid}, since `)]);
    const other = folderFor();
    writeFileSync(join(other, 'photo.jpg'), '');
    const foreign = await sync(other, ['run'], { env });
    expect([foreign.code, foreign.err]).toEqual([2, expect.stringContaining('empty or does not exist')]);
  });

  it('gives the folder free when the options are wrong', async ({ sandbox }) => {
    const env = environmentOf(sandbox, 'app');
    const folder = join(folderFor(), 'roster');
    const wrong = await sync(folder, ['run', '--sensitive', 'shoe_size'], { env });
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('frl_status')]);
    await using reopened = await openPglite(folder);
    expect((await reopened.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });
});

describe('clever-sdk sync without what it needs', () => {
  it.for([['run'], ['plan'], ['watch'], ['status'], ['explain', 'x'], ['approve', '1'], ['purge', 'x', '--yes']])(
    '%j without a database: exit 2 and a hint',
    async (argv, { sandbox }) => {
      const { code, out, err } = await sync('', argv, { env: environmentOf(sandbox, 'app') });
      expect([code, out]).toEqual([2, '']);
      expect(err).toMatch(/--database.*DATABASE_URL/u);
    },
  );

  it.for([['run'], ['plan'], ['watch']])('%j without credentials: exit 3', async (argv) => {
    const folder = join(folderFor(), 'roster');
    const { code, err } = await sync(folder, argv);
    expect([code, err]).toEqual([3, expect.stringMatching(/CLEVER_CLIENT_ID.*sandbox/u)]);
    expect(existsSync(folder)).toBe(false);
  });

  it('refuses --district without an app, a URL of another kind, and a password among the arguments', async () => {
    const env = { CLEVER_DISTRICT_TOKEN: 'a-token' };
    const chosen = await sync('./roster', ['run', '--district', 'x'], { env });
    expect([chosen.code, chosen.err]).toEqual([3, expect.stringContaining("--district needs the app's credentials")]);
    const other = await sync('mysql://127.0.0.1/x', ['status']);
    expect([other.code, other.err]).toEqual([2, expect.stringContaining('postgres://')]);
    const secret = await sync('', ['status', '--database', 'postgres://me:hunter2@127.0.0.1/x']);
    expect([secret.code, secret.err]).toEqual([2, expect.stringContaining('DATABASE_URL')]);
    expect(secret.err).not.toContain('hunter2');
  });

  it('prints its commands when none is named', async () => {
    const { code, out, err } = await sync('', []);
    expect([code, out]).toEqual([2, '']);
    for (const name of ['run', 'plan', 'approve', 'status', 'explain', 'watch', 'sql', 'purge']) {
      expect(err).toMatch(new RegExp(`^ {2}${name}\\b`, 'mu'));
    }
    expect((await sync('', ['pln'])).err).toBe(
      'error: unknown command\n(Did you mean plan?)\n(--help shows every option)\n',
    );
  });

  it('knows the kinds of the sync', async () => {
    expect(KINDS).toEqual(SYNC_KINDS);
    expect((await sync('', ['run', '--kinds', 'children'])).err).toContain(SYNC_KINDS.join(', '));
  });
});
