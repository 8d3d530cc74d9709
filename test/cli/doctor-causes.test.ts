import type { ListeningSandbox, SandboxOptions } from 'clever-sdk/sandbox';
import { describe, expect, it } from 'vitest';
import { environmentOf, runCommand, sandboxFor, type World } from './support.js';

/** The problems that people bring to doctor, and what it has to say. */
interface Case {
  readonly problem: string;
  readonly options?: SandboxOptions;
  readonly world: (sandbox: ListeningSandbox) => World;
  /** The one check that reports a problem, and whether it fails the command. */
  readonly check: string;
  readonly verdict: 'failed' | 'warning';
  /** Text in what doctor saw, or in the cause. */
  readonly named: RegExp;
  readonly whatToDo: RegExp;
  readonly whomToAsk: RegExp;
}

const HOUR_MS = 3_600_000;

/** The token of a person who logged in. */
function tokenOfTeacher(sandbox: ListeningSandbox): string {
  const [teacher] = sandbox.people({ role: 'teacher', connection: 'district' });
  return sandbox.userToken({ user: teacher?.id ?? '' });
}

const CASES: readonly Case[] = [
  {
    problem: 'a wrong secret',
    world: (sandbox) => ({ env: { ...environmentOf(sandbox, 'app'), CLEVER_CLIENT_SECRET: 'wrong' } }),
    ...{ check: 'app', verdict: 'failed' },
    named: /The secret is not the one of this client id/u,
    ...{ whatToDo: /Copy CLEVER_CLIENT_ID and CLEVER_CLIENT_SECRET/u, whomToAsk: /apps\.clever\.com/u },
  },
  {
    problem: "a person's token in place of a district's",
    world: (sandbox) => ({ env: { ...environmentOf(sandbox), CLEVER_DISTRICT_TOKEN: tokenOfTeacher(sandbox) } }),
    ...{ check: 'district-token', verdict: 'failed' },
    named: /token of a person who logged in/u,
    ...{ whatToDo: /Leave CLEVER_DISTRICT_TOKEN unset/u, whomToAsk: /apps\.clever\.com/u },
  },
  {
    problem: "a district's token in place of a person's",
    world: (sandbox) => ({
      env: { ...environmentOf(sandbox), CLEVER_LIBRARY_TOKEN: sandbox.districts[0].token },
    }),
    ...{ check: 'library-token', verdict: 'failed' },
    named: /It is a district-app token/u,
    ...{ whatToDo: /Log a teacher in through the Clever Library/u, whomToAsk: /yourself/u },
  },
  {
    problem: 'no district connected',
    world: (sandbox) => {
      sandbox.districts[0].disconnect();
      return { env: environmentOf(sandbox, 'app') };
    },
    ...{ check: 'districts', verdict: 'failed' },
    named: /no district has connected the app/u,
    ...{ whatToDo: /Ask a district to connect/u, whomToAsk: /district's Clever administrator/u },
  },
  {
    problem: 'missing scopes',
    options: { districts: [{ students: 20, tier: 'sso' }] },
    world: (sandbox) => ({ env: environmentOf(sandbox) }),
    ...{ check: 'scopes', verdict: 'failed' },
    named: /scopes of single sign-on only/u,
    ...{ whatToDo: /Have Secure Sync added/u, whomToAsk: /^Clever: .*; then the district/u },
  },
  {
    problem: 'API v3.1 not enabled',
    options: { students: 40, apiVersions: ['v3.0'] },
    world: (sandbox) => ({ env: environmentOf(sandbox) }),
    ...{ check: 'api-version', verdict: 'failed' },
    named: /v3\.1 is not enabled/u,
    ...{ whatToDo: /Ask for v3\.1.*apiVersion: 'v3\.0'/u, whomToAsk: /Application Success Manager/u },
  },
  {
    problem: 'a paused district',
    world: (sandbox) => {
      sandbox.districts[0].pause();
      return { env: environmentOf(sandbox) };
    },
    ...{ check: 'district-state', verdict: 'warning' },
    named: /paused its sync/u,
    ...{ whatToDo: /Wait for the end of the pause/u, whomToAsk: /district's Clever administrator/u },
  },
  {
    problem: 'events switched off',
    options: { students: 40, events: false },
    world: (sandbox) => ({ env: environmentOf(sandbox) }),
    ...{ check: 'events', verdict: 'warning' },
    named: /off until they are switched on/u,
    ...{ whatToDo: /Enable events/u, whomToAsk: /apps\.clever\.com/u },
  },
  {
    problem: 'a clock an hour off',
    world: (sandbox) => ({ env: environmentOf(sandbox), now: () => Date.now() + HOUR_MS }),
    ...{ check: 'clock', verdict: 'failed' },
    named: /clock is (?:1 h 0 min|59 min \d+ s) ahead/u,
    ...{ whatToDo: /Set the clock/u, whomToAsk: /administrator of this machine/u },
  },
];

describe('clever-sdk doctor, asked about a problem', () => {
  it.each(CASES)('names $problem, and nothing else', async (one) => {
    const sandbox = await sandboxFor(one.options ?? { students: 40 });
    // A district that syncs has events.
    if (one.options?.events !== false) {
      sandbox.districts[0].update({ last_sync: new Date().toISOString() });
    }
    const world = one.world(sandbox);
    const isFailed = one.verdict === 'failed';

    const { code, out } = await runCommand(['doctor', '--json'], world);
    const report = JSON.parse(out) as { verdict: string; checks: Record<string, string>[] };
    const wrong = report.checks.filter(({ verdict }) => verdict === 'failed' || verdict === 'warning');
    expect([code, report.verdict, wrong.map(({ id }) => id)]).toEqual([isFailed ? 3 : 0, one.verdict, [one.check]]);
    const [found = {}] = wrong;
    expect(`${found['seen']}. ${found['cause']}`).toMatch(one.named);
    expect(found['whatToDo']).toMatch(one.whatToDo);
    expect(found['whomToAsk']).toMatch(one.whomToAsk);

    // The text for people says the same: what is wrong, what to do, and whom to ask, in this order.
    const printed = await runCommand(['doctor'], world);
    expect(printed.code).toBe(code);
    const text = printed.out.replace(/\s+/gu, ' ');
    const places = [found['cause'], `→ ${found['whatToDo']}`, `Ask: ${found['whomToAsk']}`].map((part) =>
      text.indexOf(part ?? ''),
    );
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(text).toContain(`${isFailed ? 'Wrong' : 'Worth a look'}: ${found['title']}.`);
    for (const secret of Object.values(world.env ?? {}).filter((value) => /^(?:[\da-f]{40}|il\w+)$/u.test(value))) {
      expect(out + printed.out).not.toContain(secret);
    }
  });
});
