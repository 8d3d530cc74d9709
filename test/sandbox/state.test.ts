import { inspect } from 'node:util';
import { createSandbox, type Sandbox, SandboxError, type SandboxOptions } from 'clever-sdk/sandbox';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commands, run } from './changes/commands.js';
import { eventsOf, flatten, readReplica } from './changes/replica.js';
import { ask, basic, exchange, read, small } from './support.js';
import { signedIn, someone, TWO_DISTRICTS } from './visitors.js';

const NOW = Date.UTC(2026, 8, 15, 12);
/** Runs of the property; many more were made when it was written. */
const RUNS = 8;
/** The runs take a while on a busy machine. */
const PATIENCE_MS = 60_000;

const options = { districts: [{ seed: 5, students: 24 }], clock: () => NOW } satisfies SandboxOptions;

/** Passes a state through JSON, as a file would. */
function again(sandbox: Sandbox, from: SandboxOptions = options): Sandbox {
  return createSandbox({ ...from, state: JSON.parse(JSON.stringify(sandbox.snapshot())) });
}

/** Everything that can be read. */
async function readEverything(sandbox: Sandbox): Promise<unknown> {
  const [district] = sandbox.districts;
  const replica = await readReplica(sandbox);
  const schools = [...replica.schools.keys()];
  const attendance = await Promise.all(schools.map((id) => ask(sandbox, `/v3.1/attendance/schools/${id}?limit=1000`)));
  const relations = await Promise.all(schools.map((id) => ask(sandbox, `/v3.1/schools/${id}/users?limit=10000`)));
  const tokens = await sandbox.fetch('https://clever.com/oauth/tokens?owner_type=district', {
    headers: { authorization: basic(sandbox) },
  });
  return {
    records: flatten(replica),
    events: await eventsOf(sandbox),
    attendance: attendance.map(({ body }) => body),
    relations: relations.map(({ body }) => body),
    tokens: (await read(tokens)).body,
    district: [district.connection, district.token, district.paused, district.unsharedSchools],
    clock: [sandbox.now(), sandbox.events.isEnabled],
  };
}

describe('a snapshot', () => {
  it(
    'brings another sandbox to the same state, with the same future',
    async () => {
      await fc.assert(
        fc.asyncProperty(commands(), commands(), async (past, future) => {
          const sandbox = createSandbox(options);
          await run(sandbox, past);
          const restored = again(sandbox);
          expect(await readEverything(restored)).toEqual(await readEverything(sandbox));
          expect(restored.snapshot()).toEqual(sandbox.snapshot());
          await run(sandbox, future);
          await run(restored, future);
          expect(await readEverything(restored)).toEqual(await readEverything(sandbox));
        }),
        { numRuns: RUNS },
      );
    },
    PATIENCE_MS,
  );

  it('keeps who is logged in, who added the app, and which tokens are revoked', async () => {
    const sandbox = createSandbox(TWO_DISTRICTS);
    const teacher = someone(sandbox, 'teacher', 1);
    const browser = await signedIn(sandbox, teacher);
    await browser.press(await browser.open('/library/install'), 'Install and share');
    const [kept, revoked] = [0, 1].map(() => sandbox.userToken({ user: someone(sandbox, 'student').id })) as [
      string,
      string,
    ];
    sandbox.revokeToken(revoked);
    const restored = again(sandbox, TWO_DISTRICTS);
    expect((await ask(restored, '/me', kept)).status).toBe(200);
    expect((await ask(restored, '/me', revoked)).status).toBe(401);
    const cookie = browser.received.findLast((line) => line.startsWith('sandbox_session='))?.split(';')[0] ?? '';
    const opened = await restored.fetch('https://clever.com/library/open', { headers: { cookie } });
    expect(new URL(opened.headers.get('location') ?? '').searchParams.get('code')).toMatch(/^[0-9a-f]{40}$/u);
    const code = new URL(opened.headers.get('location') ?? '').searchParams.get('code') ?? '';
    expect((await exchange(restored, code)).status).toBe(200);
  });

  it('keeps assignments and submissions, and assigns no id twice', async () => {
    const sandbox = createSandbox(options);
    const section = [...(await readReplica(sandbox)).sections.values()].find(
      ({ students = [] }) => students.length > 0,
    );
    const path = `/v3.1/sections/${section?.id}/assignments`;
    const body = JSON.stringify({ title: 'T', description: 'D', due_date: '2027-01-01T00:00:00Z' });
    const create = async (at: Sandbox): Promise<string> => {
      const answer = await ask(at, path, undefined, { method: 'POST', body });
      return String(answer.body.data['id']);
    };
    const id = await create(sandbox);
    const submission = `${path}/${id}/submissions/${section?.students?.[0]}`;
    await ask(sandbox, submission, undefined, { method: 'PATCH', body: JSON.stringify({ grade_points: 7 }) });
    const restored = again(sandbox);
    for (const one of [`${path}/${id}`, submission]) {
      expect((await ask(restored, one)).body).toEqual((await ask(sandbox, one)).body);
    }
    expect((await ask(restored, submission)).body.data['grade_points']).toBe(7);
    expect(await create(restored)).toBe(await create(sandbox));
    expect(await create(restored)).not.toBe(id);
  });

  it('is as large as the changes', () => {
    const sandbox = small({ districts: [{ seed: 5, students: 1_000_000 }], clock: () => NOW });
    const untouched = JSON.stringify(sandbox.snapshot()).length;
    sandbox.districts[0].courses.create({ name: 'Botany' });
    expect([untouched < 2_000, JSON.stringify(sandbox.snapshot()).length < 3_000]).toEqual([true, true]);
  });

  it('prints no content, and is a copy', async () => {
    const sandbox = createSandbox(options);
    const token = sandbox.userToken({ user: sandbox.people({ role: 'teacher' })[0]?.id ?? '' });
    const state = sandbox.snapshot();
    const kept = JSON.stringify(state);
    expect(inspect(state, { depth: 9 })).toBe("{ format: 'clever-sdk sandbox state', version: 1, districts: 1 }");
    expect(kept).toContain(token);
    const restored = createSandbox({ ...options, state });
    for (const shown of [inspect(restored, { depth: 9 }), JSON.stringify(restored), inspect(sandbox, { depth: 9 })]) {
      expect(shown).not.toContain(token);
    }
    sandbox.districts[0].courses.create({});
    expect(JSON.stringify(state)).toBe(kept);
  });

  it('is discarded by reset()', async () => {
    const sandbox = createSandbox(options);
    sandbox.districts[0].changes.startSchoolYear();
    sandbox.advance(1_000);
    const restored = again(sandbox);
    restored.reset();
    expect(flatten(await readReplica(restored))).toEqual(flatten(await readReplica(createSandbox(options))));
    expect([await eventsOf(restored), restored.now()]).toEqual([[], NOW]);
  });
});

/** A state to damage. */
interface Damaged {
  aheadMs: unknown;
  extra?: unknown;
  districts: [{ events?: { kept: [{ object: unknown }] }; roster: { shared: [{ record: { roles?: unknown } }] } }];
  userTokens: [{ role: unknown; districtId: unknown }];
}

describe('an invalid state', () => {
  const taken = (): Record<string, unknown> => JSON.parse(JSON.stringify(createSandbox(options).snapshot()));
  const withState =
    (state: unknown, more: SandboxOptions = {}) =>
    () =>
      createSandbox({ ...options, ...more, state: state as never });

  it.each([null, 7, 'state', [], {}, { format: 'other' }])('is refused: %j', (state) => {
    expect(withState(state)).toThrow(/`state` is not a sandbox state/u);
  });

  it('is refused when it has another version', () => {
    expect(withState({ ...taken(), version: 2 })).toThrow(/has version 2, but this clever-sdk reads version 1/u);
    expect(withState({ ...taken(), version: 'x' })).toThrow(/has an unknown version/u);
  });

  it('is refused when it belongs to another sandbox', () => {
    expect(withState(taken(), { seed: 9 })).toThrow(/with `seed` 1, but this one has 9/u);
    for (const districts of [
      [{ seed: 6, students: 40 }],
      [{ seed: 5, students: 41 }],
      [...options.districts, { seed: 6 }],
    ]) {
      expect(withState(taken(), { districts })).toThrow(/belongs to a sandbox with other districts/u);
    }
  });

  it('is refused when it is damaged anywhere, without quoting it', async () => {
    const sandbox = createSandbox(options);
    const user = sandbox.people({ role: 'teacher' })[0]?.id ?? '';
    sandbox.districts[0].changes.rename({ user, name: { last: 'CANARY' } });
    sandbox.userToken({ user });
    const state = (): Damaged => JSON.parse(JSON.stringify(sandbox.snapshot()));
    const damages: [(state: Damaged) => void, RegExp][] = [
      [(it_) => delete it_.districts[0].events, /damaged at `districts\.0\.events`/u],
      [
        (it_) => Object.assign(it_.districts[0].events?.kept[0] ?? {}, { object: 'CANARY' }),
        /`districts\.0\.events\.kept\.0\.object`/u,
      ],
      [
        (it_) => delete it_.districts[0].roster.shared[0].record.roles,
        /`districts\.0\.roster\.shared\.0\.record\.roles`/u,
      ],
      [(it_) => (it_.userTokens[0].role = 'CANARY'), /`userTokens\.0\.role`/u],
      [(it_) => (it_.userTokens[0].districtId = 'CANARY'), /logins of a district that it does not have/u],
      [(it_) => (it_.aheadMs = -1), /`aheadMs`/u],
      [(it_) => (it_.extra = () => 1), /must be JSON/u],
    ];
    for (const [damage, problem] of damages) {
      const damaged = state();
      damage(damaged);
      expect(withState(damaged)).toThrow(SandboxError);
      expect(withState(damaged)).toThrow(problem);
      expect(withState(damaged)).not.toThrow(/CANARY/u);
    }
    expect(withState(state())).not.toThrow();
  });
});
