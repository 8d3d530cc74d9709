import { createServer } from 'node:http';
import { createCleverClient } from 'clever-sdk';
import { createSandbox, type ListeningSandbox } from 'clever-sdk/sandbox';
import { describe, expect, onTestFinished } from 'vitest';
import { TRIGGERS } from '../../src/cli/commands/sandbox/trigger/table.js';
import { LOCALHOST, trustLocalhost } from '../support/certificate.js';
import { it as itWithSandbox, runCommand, sandboxFor } from './support.js';

const it = itWithSandbox.override('sandboxOptions', { students: 300 });

/** Runs a trigger against a sandbox, and returns what it printed as JSON. */
async function trigger(sandbox: ListeningSandbox, ...argv: readonly string[]): Promise<Printed> {
  const { code, out, err } = await runCommand(['sandbox', 'trigger', ...argv, '--url', sandbox.url, '--json']);
  expect([code, err], argv.join(' ')).toEqual([0, '']);
  return JSON.parse(out) as Printed;
}

interface Printed {
  readonly used: Readonly<Record<string, string>>;
  readonly created: Readonly<Record<string, readonly string[]>>;
  readonly updated: Readonly<Record<string, readonly string[]>>;
  readonly deleted: Readonly<Record<string, readonly string[]>>;
  readonly eventIds: readonly string[];
  readonly token: string;
  readonly now: string;
  readonly isChanged: boolean;
  readonly district: { readonly id: string; readonly name: string };
}

/** The types of the events that an app reads. */
async function eventsOf(sandbox: ListeningSandbox, token = sandbox.districts[0].token): Promise<string[]> {
  const clever = createCleverClient({ ...sandbox.clientOptions() });
  const events = await clever.district({ token }).events.list().toArray({ maxItems: 100_000 });
  return events.map(({ type }) => type);
}

describe('clever-sdk sandbox trigger', () => {
  it.for([
    ['enroll', ['sections.updated']],
    ['unenroll', ['sections.updated']],
    ['rename', ['users.updated']],
    ['add-teacher', ['sections.updated']],
    ['replace-primary-teacher', ['sections.updated']],
    ['add-student', ['users.created']],
    ['remove-student', ['users.deleted']],
    ['recreate-contact', ['users.deleted', 'users.created']],
  ] as const)('%s: the app reads its events', async ([name, types], { sandbox }) => {
    const { eventIds } = await trigger(sandbox, name);
    const read = await eventsOf(sandbox);
    expect(read).toHaveLength(eventIds.length);
    expect(read).toEqual(expect.arrayContaining([...types]));
  });

  it.for(['transfer', 'dissolve-section', 'unshare-school', 'school-year'])(
    '%s: changes every related record, and the app reads all of its events',
    async (name, { sandbox }) => {
      const { created = {}, updated = {}, deleted = {}, eventIds } = await trigger(sandbox, name);
      const changes = [created, updated, deleted].flatMap((ids) => Object.values(ids).flat());
      expect(changes.length).toBeGreaterThan(0);
      expect(await eventsOf(sandbox)).toHaveLength(eventIds.length);
      expect(eventIds).toHaveLength(changes.length);
    },
  );

  it('has every trigger that the sandbox has, with the same options', async ({ sandbox }) => {
    for (const [name, { options }] of Object.entries(TRIGGERS)) {
      const given = Object.fromEntries(options.map(({ flags }) => [flags.replace(/^--| .*/gu, ''), {}]));
      const names = Object.keys(given).map((flag) =>
        flag.replace(/-(\w)/gu, (_, letter: string) => letter.toUpperCase()),
      );
      // A value of the wrong type is refused by the name of an option that exists, before anything happens.
      for (const option of names) {
        const answer = await fetch(`${sandbox.url}/sandbox/trigger`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ trigger: name, options: { [option]: {} } }),
        });
        expect(((await answer.json()) as { error: { message: string } }).error.message).toContain(
          `\`${option}\` must be`,
        );
      }
    }
    const unknown = await fetch(`${sandbox.url}/sandbox/trigger`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ trigger: 'toString' }),
    });
    const { error } = (await unknown.json()) as { error: { message: string } };
    expect(/Triggers: (.*)\.$/u.exec(error.message)?.[1]?.split(', ').sort()).toEqual(Object.keys(TRIGGERS).sort());
  });

  it('takes records by id, people by e-mail address and schools by name', async ({ sandbox }) => {
    const [district] = sandbox.districts;
    const student = sandbox.people({ role: 'student', districtId: district.id }).find(({ email }) => email);
    const { id: school } = district.schools.create({ name: 'The Annex' });
    const transferred = await trigger(sandbox, 'transfer', '--student', student?.email ?? '', '--school', 'the annex');
    expect(transferred.used).toEqual({ student: student?.id, school });
    await trigger(sandbox, 'rename', '--user', student?.id ?? '', '--first', 'Ada', '--last', 'Silva');
    const clever = createCleverClient({ ...sandbox.clientOptions() });
    const { name, roles } = await clever.district({ token: district.token }).users.get(student?.id ?? '');
    expect([name.first, name.last, roles?.student?.school]).toEqual(['Ada', 'Silva', school]);
  });

  it('removes and replaces teachers', async ({ sandbox }) => {
    const added = await trigger(sandbox, 'add-teacher');
    const removed = await trigger(sandbox, 'remove-teacher', '--section', added.used['section'] ?? '');
    expect(removed.used['section']).toBe(added.used['section']);
    const kept = await trigger(sandbox, 'replace-primary-teacher', '--keep-previous');
    const clever = createCleverClient({ ...sandbox.clientOptions() });
    const { token } = sandbox.districts[0];
    const { teacher, teachers } = await clever.district({ token }).sections.get(kept.used['section'] ?? '');
    expect([teacher, (teachers ?? []).length > 1]).toEqual([kept.used['teacher'], true]);
  });

  it('shares a school again', async ({ sandbox }) => {
    const { used } = await trigger(sandbox, 'unshare');
    expect(sandbox.districts[0].unsharedSchools).toEqual([used['school']]);
    const back = await trigger(sandbox, 'share-school');
    expect([back.used, sandbox.districts[0].unsharedSchools]).toEqual([used, []]);
    expect(back.created['schools']).toEqual([used['school']]);
  });

  it('pauses, and ends the pause', async ({ sandbox }) => {
    const [district] = sandbox.districts;
    expect((await trigger(sandbox, 'pause', '--sync', 'app', '--for', '2h')).isChanged).toBe(true);
    expect(district.paused).toEqual(['app']);
    const { out } = await runCommand(['sandbox', 'trigger', 'rename', '--url', sandbox.url]);
    expect(out).toMatch(/events +none while the district is paused/u);
    expect(await eventsOf(sandbox)).toEqual([]);
    expect((await trigger(sandbox, 'pause', '--sync', 'app')).isChanged).toBe(false);
    expect((await trigger(sandbox, 'resume')).eventIds).toHaveLength((await eventsOf(sandbox)).length);
    expect(district.paused).toEqual([]);
    await trigger(sandbox, 'pause', '--for', '2h');
    await trigger(sandbox, 'advance', '121m');
    expect(district.paused).toEqual([]);
  });

  it('disconnects, connects and replaces the token', async ({ sandbox }) => {
    const [district] = sandbox.districts;
    const statusOf = async (token: string): Promise<number> =>
      (await fetch(`${sandbox.url}/v3.1/terms`, { headers: { authorization: `Bearer ${token}` } })).status;
    const first = district.token;
    const { token } = await trigger(sandbox, 'rotate-token');
    expect([await statusOf(first), await statusOf(token)]).toEqual([401, 200]);
    await trigger(sandbox, 'disconnect');
    expect([await statusOf(token), district.connection]).toEqual([401, 'library']);
    expect((await trigger(sandbox, 'disconnect', '--district', district.id)).isChanged).toBe(false);
    const { out } = await runCommand([
      'sandbox',
      'trigger',
      'connect',
      '--district',
      district.name,
      '--url',
      sandbox.url,
    ]);
    const connected = /^CLEVER_DISTRICT_TOKEN=(\w+)$/mu.exec(out)?.[1] ?? '';
    expect([await statusOf(connected), connected]).toEqual([200, district.token]);
  });

  it('sets the clock forward, and resets', async ({ sandbox }) => {
    const before = sandbox.now();
    await trigger(sandbox, 'rename');
    const { now } = await trigger(sandbox, 'advance', '31d');
    expect(Date.parse(now)).toBeGreaterThanOrEqual(before + 31 * 86_400_000);
    // Events are gone after 30 days.
    expect(await eventsOf(sandbox)).toEqual([]);
    await trigger(sandbox, 'reset');
    expect(sandbox.now()).toBeLessThan(before + 86_400_000);
  });

  it('prints what changed, and no name of a person', async ({ sandbox }) => {
    const [district] = sandbox.districts;
    const [student] = sandbox.people({ role: 'student', districtId: district.id });
    const argv = ['sandbox', 'trigger', 'rename', '--user', student?.id ?? '', '--last', 'CANARY'];
    const { code, out, err } = await runCommand([...argv, '--url', sandbox.url]);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^A person got another name\.\n/u);
    expect(out).toContain(`  district  ${district.name}\n`);
    expect(out).toContain(`  user      ${student?.id}\n`);
    expect(out).toMatch(/ {2}updated {3}1 user\n {2}events {4}1\n$/u);
    for (const hidden of ['CANARY', student?.name.first ?? '-', student?.name.last ?? '-']) {
      expect(out).not.toContain(hidden);
    }
  });

  it('says that no event was written when events are off', async () => {
    const sandbox = await sandboxFor({ students: 40, events: false });
    const { out } = await runCommand(['sandbox', 'trigger', 'rename', '--url', sandbox.url]);
    expect(out).toMatch(/events +none: they are switched off for the app/u);
  });

  it('works against the command, on the port that it was given', async () => {
    let changed: string | undefined;
    const { code } = await runCommand(['sandbox', '--port', '0', '--students', '40', '--json'], {
      onOut: async (text, stop) => {
        const { url } = JSON.parse(text) as { url: string };
        changed = (await runCommand(['sandbox', 'trigger', 'rename', '--port', new URL(url).port])).out;
        stop();
      },
    });
    expect([code, changed]).toEqual([0, expect.stringContaining('A person got another name.')]);
  });
});

describe('clever-sdk sandbox trigger, with several districts', () => {
  const several = () =>
    sandboxFor({
      districts: [
        { seed: 5, students: 40 },
        { seed: 6, students: 40 },
        { seed: 7, students: 40, connection: 'library' },
      ],
    });

  it('needs a choice, and takes an id or a name', async () => {
    const sandbox = await several();
    const [one, two, library] = sandbox.districts;
    const { code, out, err } = await runCommand(['sandbox', 'trigger', 'rename', '--url', sandbox.url]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('Choose one with --district');
    expect([err.includes(one.id), err.includes(two?.name ?? '-'), err.includes(library?.id ?? '-')]).toEqual([
      true,
      true,
      false,
    ]);
    expect((await trigger(sandbox, 'rename', '--district', one.id)).district.id).toBe(one.id);
    const name = two?.name.toUpperCase() ?? '';
    expect((await trigger(sandbox, 'rename', '--district', name)).district.id).toBe(two?.id);
    // Only one district can be meant.
    expect((await trigger(sandbox, 'connect')).district.id).toBe(library?.id);
    const unknown = await runCommand(['sandbox', 'trigger', 'rename', '--district', 'CANARY', '--url', sandbox.url]);
    expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining('no district has this id or name')]);
    expect(unknown.err).not.toContain('CANARY');
    expect(await eventsOf(sandbox, one.token)).toHaveLength(1);
  });

  it('needs none for the clock', async () => {
    await trigger(await several(), 'advance', '1h');
  });
});

describe('clever-sdk sandbox trigger, when it is not possible', () => {
  it('does not choose among people who share an e-mail address', async ({ sandbox }) => {
    const [district] = sandbox.districts;
    const email = 'shared@family.example';
    for (const { id } of sandbox.people({ role: 'student', districtId: district.id, limit: 2 })) {
      district.users.update(id, { email });
    }
    const { code, err } = await runCommand(['sandbox', 'trigger', 'rename', '--user', email, '--url', sandbox.url]);
    expect([code, err]).toEqual([
      1,
      expect.stringContaining('Several people of the district have this e-mail address'),
    ]);
  });

  it('says why, and changes nothing', async ({ sandbox }) => {
    for (const [argv, message] of [
      [['rename', '--user', 'CANARY'], 'no person with this id or e-mail address'],
      [['enroll', '--section', 'CANARY'], 'no section with this id'],
      [['transfer', '--school', 'CANARY'], 'no school with this id or name'],
      [['share-school'], 'shares all of its schools'],
    ] as const) {
      const { code, out, err } = await runCommand(['sandbox', 'trigger', ...argv, '--url', sandbox.url]);
      expect([code, out], argv.join(' ')).toEqual([1, '']);
      expect(err).toMatch(/^error: the sandbox refused: /u);
      expect(err).toContain(message);
      expect(err).not.toContain('CANARY');
    }
    expect(await eventsOf(sandbox)).toEqual([]);
  });

  it('says so when no sandbox answers', async () => {
    const server = createServer((_, response) => response.end('<h1>Hello</h1>'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as { port: number };
    const other = await runCommand(['sandbox', 'trigger', 'rename', '--port', String(port)]);
    expect([other.code, other.err]).toEqual([1, expect.stringContaining('is no sandbox')]);
    await new Promise((resolve) => server.close(resolve));
    const none = await runCommand(['sandbox', 'trigger', 'rename', '--port', String(port), '--json']);
    expect([none.code, JSON.parse(none.err)]).toEqual([
      1,
      { error: { code: 'failure', message: expect.stringContaining('no sandbox answers') } },
    ]);
  });

  it('says so when the certificate of the sandbox is not trusted, and works when it is', async () => {
    const sandbox = await createSandbox({ students: 40 }).listen({ https: LOCALHOST });
    onTestFinished(() => sandbox.close());
    const argv = ['sandbox', 'trigger', 'rename', '--url', sandbox.url];
    const { code, err } = await runCommand(argv);
    expect([code, err]).toEqual([1, expect.stringContaining('NODE_EXTRA_CA_CERTS')]);
    trustLocalhost();
    expect((await runCommand(argv)).out).toContain('A person got another name.');
  });

  it.for([
    [['trigger'], /Usage: clever-sdk sandbox trigger/u],
    [['trigger', 'enrol'], /^error: unknown command\n\(Did you mean enroll\?\)/u],
    [['trigger', 'rename', '--lst', 'x'], /Did you mean --last\?/u],
    [['trigger', 'advance', '2 weeks'], /number with a unit/u],
    [['trigger', 'advance', '0s'], /number with a unit/u],
    [['trigger', 'advance'], /missing required argument 'time'/u],
    [['trigger', 'pause', '--sync', 'all'], /Allowed choices are sis, app/u],
    [['trigger', 'rename', '--url', 'nowhere'], /must be an address/u],
    [['trigger', 'rename', '--url', 'http://localhost:1', '--port', '1'], /cannot be used with/u],
    [['--port', '4000', 'trigger', 'rename'], /options of a trigger come after its name/u],
    [['trigger', 'advance', '1h', '--district', 'x'], /unknown option '--district'/u],
  ] as const)('%j: exit 2 and a hint', async ([argv, message]) => {
    const { code, out, err } = await runCommand(['sandbox', ...argv]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
  });

  it('explains each trigger', async () => {
    const { out } = await runCommand(['sandbox', 'trigger', '--help']);
    for (const [name, { about }] of Object.entries(TRIGGERS)) {
      expect(out).toContain(name);
      const help = await runCommand(['sandbox', 'trigger', name, '--help']);
      expect([help.code, help.out.includes(`Usage: clever-sdk sandbox trigger ${name}`)]).toEqual([0, true]);
      expect(help.out.replace(/\s+/gu, ' ')).toContain(about);
    }
  });
});

describe('the address of triggers', () => {
  it.for([
    ['a page of another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['a page of this machine', { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-site' }],
    ['a page of the sandbox itself', { 'sec-fetch-site': 'same-origin' }],
    ['a page without an origin', { origin: 'null' }],
    ['a browser that only says where it comes from', { referer: 'https://evil.example/' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['a form as text', { 'content-type': 'text/plain' }],
    ['a proxy under another name', { 'x-forwarded-host': 'rebound.example' }],
  ] as const)('refuses %s', async ([, headers], { sandbox }) => {
    const response = await sandbox.fetch(`${sandbox.url}/sandbox/trigger`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ trigger: 'rename' }),
    });
    expect([403, 415]).toContain(response.status);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect(await eventsOf(sandbox)).toEqual([]);
  });

  it('answers no preflight, and no other host name', async ({ sandbox }) => {
    const preflight = await sandbox.fetch(`${sandbox.url}/sandbox/trigger`, {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    });
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
    const rebound = await sandbox.fetch('http://rebound.example/sandbox/trigger', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ trigger: 'rename' }),
    });
    expect(rebound.status).toBe(403);
    expect(await eventsOf(sandbox)).toEqual([]);
  });

  it.for([
    '',
    'x',
    '[]',
    '{}',
    '{"trigger":1}',
    '{"trigger":"rename","x":1}',
    '{"trigger":"advance","options":{"by":-1}}',
  ])('refuses a body that it does not understand: %s', async (body, { sandbox }) => {
    const headers = { 'content-type': 'application/json' };
    const response = await sandbox.fetch(`${sandbox.url}/sandbox/trigger`, { method: 'POST', headers, body });
    expect([response.status, await response.json()]).toEqual([
      400,
      { error: expect.objectContaining({ message: expect.any(String) }) },
    ]);
  });

  it('leaves the log of requests as it is, and meets no fault', async ({ sandbox }) => {
    sandbox.faults.add({ status: 500, path: '*', times: Number.POSITIVE_INFINITY });
    await trigger(sandbox, 'advance', '1h');
    expect(sandbox.requests()).toEqual([]);
  });
});
