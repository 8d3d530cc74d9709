import { inspect } from 'node:util';
import { createSandbox, type Sandbox, SandboxError } from 'clever-sdk/sandbox';
import { eventSchema } from 'clever-sdk/schemas';
import { describe, expect } from 'vitest';
import { it, SMALL } from '../support/fixtures.js';
import { ask, firstId, idsOf, link, readAll, small } from './support.js';

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 8, 15, 12, 0, 7, 250);

type Json = Record<string, unknown>;

interface Seen {
  readonly id: string;
  readonly type: string;
  readonly created: string;
  readonly data: { readonly object: Json; readonly previous_attributes?: Json };
}

interface Graded extends Json {
  readonly name: Json;
  readonly roles: { readonly student: Json & { readonly grade: string } };
}

/** The edits of any kind of record. */
interface AnyEdits {
  create(given: object): { readonly id: string };
  update(id: string, changes: object): void;
  delete(id: string): void;
}

it.override('sandboxOptions', { ...SMALL, clock: () => NOW });

async function eventsOf(sandbox: Sandbox, query = '', version = 'v3.1'): Promise<Seen[]> {
  return (await ask(sandbox, `/${version}/events${query}`)).body.data.map(({ data }) => data as unknown as Seen);
}

async function studentOf(sandbox: Sandbox): Promise<string> {
  return firstId(sandbox, 'users', '&role=student');
}

describe('a change of the roster', () => {
  it('appears in the record, and as an event with the values before', async ({ sandbox }) => {
    const id = await studentOf(sandbox);
    const before = (await ask(sandbox, `/v3.1/users/${id}`)).body.data as unknown as Graded;
    const { users } = sandbox.districts[0];
    const change = users.update(id, { roles: { student: { grade: '10' } }, name: { first: 'Zora' } });
    const after = (await ask(sandbox, `/v3.1/users/${id}`)).body.data as unknown as Graded;
    expect(after.roles.student).toEqual({ ...before.roles.student, grade: '10' });
    const [event, ...others] = await eventsOf(sandbox);
    expect(others).toEqual([]);
    expect(event).toEqual({
      id: change.eventId,
      type: 'users.updated',
      created: '2026-09-15T12:00:07.000Z',
      data: {
        object: after,
        previous_attributes: {
          name: { first: before.name['first'] },
          roles: { student: { grade: before.roles.student.grade } },
        },
      },
    });
    expect(after['last_modified']).toBe('2026-09-15T12:00:07.250Z');
    expect(eventSchema.parse(event)).toEqual(event);
  });

  it.for(['users', 'sections', 'schools', 'courses', 'terms', 'resources'] as const)(
    'of %s writes created, updated and deleted events, and counts',
    async (kind, { sandbox }) => {
      const edits = sandbox.districts[0][kind] as unknown as AnyEdits;
      const size = (await readAll(sandbox, `/v3.1/${kind}`)).length;
      const given = kind === 'users' ? { name: { first: 'A' }, roles: { teacher: {} } } : { name: 'A', title: 'A' };
      const { id } = edits.create(given);
      expect((await readAll(sandbox, `/v3.1/${kind}`)).map((record) => record.id)).toContain(id);
      const changes = kind === 'users' ? { name: { first: 'B' } } : { name: 'B', title: 'B' };
      edits.update(id, changes);
      edits.delete(id);
      expect((await readAll(sandbox, `/v3.1/${kind}`)).length).toBe(size);
      expect((await ask(sandbox, `/v3.1/${kind}/${id}`)).status).toBe(404);
      const events = await eventsOf(sandbox);
      expect(events.map(({ type }) => type)).toEqual([`${kind}.created`, `${kind}.updated`, `${kind}.deleted`]);
      expect(events.map(({ data }) => 'previous_attributes' in data)).toEqual([false, true, false]);
      expect(events.every((event) => eventSchema.parse(event) !== undefined)).toBe(true);
      expect(events.every(({ data }) => data.object['id'] === id)).toBe(true);
    },
  );

  it('fills in what Clever guarantees', async ({ sandbox }) => {
    const [school] = await readAll(sandbox, '/v3.1/schools');
    const { id } = sandbox.districts[0].users.create({
      name: { first: 'Ada', last: 'Example' },
      roles: { student: {} },
    });
    expect(id).toMatch(/^[0-9a-f]{24}$/u);
    expect((await ask(sandbox, `/v3.1/users/${id}`)).body.data).toEqual({
      id,
      district: sandbox.districts[0].id,
      name: { first: 'Ada', last: 'Example' },
      roles: { student: { school: school?.id, schools: [school?.id], enrollments: [], sis_id: id } },
      created: '2026-09-15T12:00:07.250Z',
      last_modified: '2026-09-15T12:00:07.250Z',
    });
  });

  it('moves a person between the lists of roles, schools and sections', async ({ sandbox }) => {
    const id = await studentOf(sandbox);
    const [section] = await readAll(sandbox, `/v3.1/users/${id}/sections`);
    const schools = await readAll(sandbox, '/v3.1/schools');
    const other = schools.at(-1)?.id ?? '';
    const { users, sections } = sandbox.districts[0];
    sections.update(section?.id ?? '', { students: [] });
    users.update(id, { email: 'moved@students.example.com', roles: { student: { school: other, schools: [other] } } });
    expect(idsOf(await ask(sandbox, `/v3.1/users/${id}/sections?limit=100`))).not.toContain(section?.id);
    expect(idsOf(await ask(sandbox, `/v3.1/schools/${other}/users?limit=1000`))).toContain(id);
    expect(idsOf(await ask(sandbox, `/v3.1/users/${id}/schools`))).toEqual([other]);
    expect(sandbox.userToken({ user: 'moved@students.example.com' })).toMatch(/^il/u);
    users.update(id, { roles: { student: null, teacher: { school: other, schools: [other], sis_id: '1' } } });
    expect(idsOf(await ask(sandbox, '/v3.1/users?role=student&limit=1000'))).not.toContain(id);
    expect(idsOf(await ask(sandbox, '/v3.1/users?role=teacher&limit=1000'))).toContain(id);
    const last = (await eventsOf(sandbox)).at(-1)?.data.previous_attributes as { roles: Json };
    expect(last.roles).toMatchObject({ student: { schools: [other] }, teacher: null });
  });

  it('that is reverted with its previous attributes restores the record', async ({ sandbox }) => {
    const id = await studentOf(sandbox);
    const { users } = sandbox.districts[0];
    const record = async (): Promise<Json> => {
      const { last_modified: _, ...rest } = (await ask(sandbox, `/v3.1/users/${id}`)).body.data as Json;
      return rest;
    };
    const before = await record();
    users.update(id, { email: null, roles: { student: { weighted_gpa: '3.9', location: { city: 'Exampleton' } } } });
    expect(await record()).not.toEqual(before);
    const [event] = await eventsOf(sandbox);
    users.update(id, event?.data.previous_attributes ?? {});
    expect(await record()).toEqual(before);
  });

  it('that changes nothing writes no event', async ({ sandbox }) => {
    const id = await studentOf(sandbox);
    const { roles } = (await ask(sandbox, `/v3.1/users/${id}`)).body.data as unknown as {
      roles: { student: { sis_id: string } };
    };
    const change = sandbox.districts[0].users.update(id, { roles: { student: { sis_id: roles.student.sis_id } } });
    expect([change, await eventsOf(sandbox)]).toEqual([{ id, eventId: undefined }, []]);
  });

  it('of the district itself is also an event', async ({ sandbox }) => {
    sandbox.districts[0].update({ state: 'paused' });
    const [event] = await eventsOf(sandbox);
    expect([event?.type, event?.data.previous_attributes]).toEqual(['districts.updated', { state: 'running' }]);
  });

  it('leaves complete pages', async () => {
    const course = (id: string) => ({ id, name: id });
    const resource = (id: string) => ({ id, title: id, roles: ['student'] });
    const resourceAssignments = ['r1', 'r2'].map((id) => ({ resource: id, courses: ['c1', 'c2'], sections: [] }));
    const given = { district: { id: 'd' }, courses: ['c1', 'c2'].map(course), resources: ['r1', 'r2'].map(resource) };
    const sandbox = createSandbox({ districts: [{ ...given, resourceAssignments }] });
    expect(idsOf(await ask(sandbox, '/v3.1/courses?limit=1'))).toEqual(['c1']);
    sandbox.districts[0].courses.delete('c1');
    sandbox.districts[0].resources.delete('r1');
    expect(idsOf(await ask(sandbox, '/v3.1/courses?limit=1'))).toEqual(['c2']);
    expect(idsOf(await ask(sandbox, '/v3.1/resources/r2/courses?limit=1'))).toEqual(['c2']);
    expect(idsOf(await ask(sandbox, '/v3.1/courses/c2/resources?limit=1'))).toEqual(['r2']);
  });

  it('removes members that are null, at any depth', async ({ sandbox }) => {
    const { schools, users } = sandbox.districts[0];
    const { id } = schools.create({ name: 'Annex', phone: null, location: { city: 'Exampleton', state: null } });
    const school = (await ask(sandbox, `/v3.1/schools/${id}`)).body.data;
    expect([school['location'], 'phone' in school]).toEqual([{ city: 'Exampleton' }, false]);
    const student = await studentOf(sandbox);
    users.update(student, { roles: null });
    expect((await ask(sandbox, `/v3.1/users/${student}`)).body.data['roles']).toEqual({});
    expect((await ask(sandbox, `/v3.1/users/${student}/schools`)).body.data).toEqual([]);
  });

  it('prints no person', async ({ sandbox }) => {
    const { id } = sandbox.districts[0].users.create({ name: { first: 'Canary', last: 'Canary' } });
    const change = sandbox.districts[0].users.update(id, { email: 'canary@example.com' });
    for (const shown of [inspect([change, sandbox, sandbox.districts], { depth: 9 }), JSON.stringify(change)]) {
      expect(shown).not.toMatch(new RegExp(`canary|${id}`, 'iu'));
    }
  });

  it('keeps no reference to the given object', async ({ sandbox }) => {
    const students: string[] = [];
    const { id } = sandbox.districts[0].sections.create({ name: 'Botany', students });
    students.push('later');
    expect((await ask(sandbox, `/v3.1/sections/${id}`)).body.data['students']).toEqual([]);
  });

  it('is refused for unknown records, existing ids and changed ids', async ({ sandbox }) => {
    const { users } = sandbox.districts[0];
    const { id } = users.create({ name: { last: 'Example' } });
    expect(() => users.update('unknown', {})).toThrow(SandboxError);
    expect(() => users.delete('unknown')).toThrow(SandboxError);
    expect(() => users.create({ id })).toThrow(SandboxError);
    expect(() => users.update(id, { id: 'other' })).toThrow(SandboxError);
    expect(() => users.update(id, [] as never)).toThrow(SandboxError);
    // @ts-expect-error a misspelt member does not compile
    users.update(id, { roles: { student: { grdae: '10' } } });
  });

  it('is gone after reset()', async ({ sandbox }) => {
    const id = await studentOf(sandbox);
    sandbox.districts[0].users.delete(id);
    sandbox.reset();
    expect([await studentOf(sandbox), await eventsOf(sandbox)]).toEqual([id, []]);
  });

  it('is dated by the clock, which reset() restores', async ({ sandbox }) => {
    sandbox.advance(DAY_MS);
    sandbox.districts[0].courses.create({});
    expect((await eventsOf(sandbox))[0]?.created).toBe('2026-09-16T12:00:07.000Z');
    sandbox.reset();
    sandbox.districts[0].courses.create({});
    expect((await eventsOf(sandbox))[0]?.created).toBe('2026-09-15T12:00:07.000Z');
    expect(() => sandbox.advance(-1)).toThrow(SandboxError);
  });
});

describe('/events', () => {
  function addEvents({ districts: [{ courses }] }: Sandbox, count: number): void {
    for (let index = 0; index < count; index += 1) {
      courses.create({ name: `Course ${index}` });
    }
  }

  it('has ids that begin with the second and ascend', async ({ sandbox }) => {
    addEvents(sandbox, 3);
    sandbox.advance(5_000);
    sandbox.districts[0].courses.create({});
    const ids = (await eventsOf(sandbox)).map(({ id }) => id);
    expect(ids.every((id) => /^[0-9a-f]{24}$/u.test(id))).toBe(true);
    expect(ids).toEqual([...ids].sort());
    expect(ids.map((id) => Number.parseInt(id.slice(0, 8), 16) - Math.floor(NOW / 1_000))).toEqual([0, 0, 0, 5]);
  });

  it('has ascending ids even when the clock is set back', async () => {
    let now = NOW;
    const sandbox = small({ clock: () => now });
    sandbox.districts[0].courses.create({ name: 'first' });
    now -= 60_000;
    sandbox.districts[0].courses.create({ name: 'second' });
    const events = await eventsOf(sandbox);
    expect(events.map(({ data }) => data.object['name'])).toEqual(['first', 'second']);
    expect(events.map(({ id }) => id)).toEqual(events.map(({ id }) => id).sort());
  });

  it('is paged, and its links are written as Clever does', async ({ sandbox }) => {
    addEvents(sandbox, 5);
    const all = (await eventsOf(sandbox)).map(({ id }) => id);
    expect(link(await ask(sandbox, '/v3.0/events'), 'self')).toBe('/v3.0/events?');
    const middle = await ask(sandbox, `/v3.0/events?limit=2&starting_after=${all[0]}`);
    expect(middle.body.links).toEqual([
      { rel: 'self', uri: `/v3.0/events?limit=2&starting_after=${all[0]}` },
      { rel: 'prev', uri: `/v3.0/events?limit=2&ending_before=${all[1]}` },
      { rel: 'next', uri: `/v3.0/events?limit=2&starting_after=${all[2]}` },
    ]);
    expect(middle.body.data.map(({ uri }) => uri)).toEqual([all[1], all[2]].map((id) => `/v3.0/events/${id}`));
    expect(idsOf(await ask(sandbox, `/v3.1/events?limit=2&ending_before=${all[4]}`))).toEqual([all[2], all[3]]);
    const single = await ask(sandbox, `/v3.0/events/${all[0]}`);
    expect(single.body.links).toEqual([{ rel: 'self', uri: `/v3.0/events/${all[0]}` }]);
    expect((await ask(sandbox, '/v3.1/events?limit=10001')).status).toBe(413);
  });

  it('filters by record type, repeatedly, and by school', async ({ sandbox }) => {
    addEvents(sandbox, 1);
    const [first, second] = await readAll(sandbox, '/v3.1/schools');
    const { users, schools, terms } = sandbox.districts[0];
    const { id } = users.create({ roles: { student: { school: first?.id ?? '' } } });
    users.update(id, { roles: { student: { school: second?.id ?? '', schools: [second?.id ?? ''] } } });
    schools.update(first?.id ?? '', { phone: '(555) 010-9999' });
    terms.create({ name: 'S3' });
    const types = async (query: string): Promise<string[]> => (await eventsOf(sandbox, query)).map(({ type }) => type);
    expect(await types('?record_type=courses')).toEqual(['courses.created']);
    expect(await types('?record_type=courses&record_type=terms')).toEqual(['courses.created', 'terms.created']);
    expect(await types('?record_type=nothing')).toEqual([]);
    expect(await types(`?school=${first?.id}`)).toEqual(['users.created', 'users.updated', 'schools.updated']);
    expect(await types(`?school=${second?.id}&record_type=users`)).toEqual(['users.updated']);
  });

  it('loses events after 30 days, silently', async ({ sandbox }) => {
    addEvents(sandbox, 2);
    const [oldest] = await eventsOf(sandbox);
    sandbox.advance(20 * DAY_MS);
    sandbox.districts[0].courses.create({});
    sandbox.districts[0].courses.create({});
    sandbox.advance(10 * DAY_MS - 1_000);
    expect(await eventsOf(sandbox)).toHaveLength(4);
    sandbox.advance(2_000);
    const kept = (await eventsOf(sandbox)).map(({ id }) => id);
    const expired = await ask(sandbox, `/v3.1/events?starting_after=${oldest?.id}`);
    expect([kept.length, expired.status, idsOf(expired)]).toEqual([2, 200, kept]);
    expect(link(expired, 'prev')).toBe(`/v3.1/events?ending_before=${kept[0]}`);
    expect((await ask(sandbox, `/v3.1/events/${oldest?.id}`)).status).toBe(404);
  });

  it('does not exist for user tokens', async () => {
    const sandbox = createSandbox({ districts: [{ seed: 5, students: 60, connection: 'both' }] });
    const { eventId } = sandbox.districts[0].courses.create({});
    const [teacher] = sandbox.people({ role: 'teacher' });
    for (const connection of ['district', 'library'] as const) {
      const token = sandbox.userToken({ user: teacher?.id ?? '', connection });
      for (const path of ['/v3.1/events', `/v3.0/events/${eventId}`]) {
        const answer = await ask(sandbox, path, token);
        expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
        expect(answer.text).toContain(`Cannot GET ${path}`);
      }
    }
  });

  it('shows v3.0 nothing that only v3.1 has', async () => {
    const sandbox = small({ districts: [{ seed: 5, students: 60, sensitiveFields: 'all' }], clock: () => NOW });
    const id = await studentOf(sandbox);
    const { users } = sandbox.districts[0];
    users.update(id, { roles: { student: { gifted_status: 'Y', preferred_name: { first: 'Zo' }, grade: '1' } } });
    users.update(id, { roles: { student: { gifted_status: 'N' } } });
    const members = async (version: string): Promise<string[][]> =>
      (await eventsOf(sandbox, '', version)).map(({ data }) => {
        const { roles } = data.previous_attributes as { roles: { student: Json } };
        return Object.keys(roles.student).sort();
      });
    expect(await members('v3.1')).toEqual([['gifted_status', 'grade', 'preferred_name'], ['gifted_status']]);
    expect(await members('v3.0')).toEqual([['grade']]);
    const newer = /gifted_status|preferred_name|lms_status|disability|home_language_code/u;
    expect(JSON.stringify(await eventsOf(sandbox))).toMatch(newer);
    expect(JSON.stringify(await eventsOf(sandbox, '', 'v3.0'))).not.toMatch(newer);
  });

  it('shows no sensitive fields that are not shared', async ({ sandbox }) => {
    const id = await studentOf(sandbox);
    sandbox.districts[0].users.update(id, { roles: { student: { frl_status: 'Other' } } });
    expect(await eventsOf(sandbox)).toEqual([]);
    sandbox.districts[0].users.update(id, { roles: { student: { frl_status: 'Paid', grade: '3' } } });
    const events = await eventsOf(sandbox);
    expect(events).toHaveLength(1);
    expect(JSON.stringify(events)).not.toContain('frl_status');
  });

  it('can be read by the client', async ({ sandbox, district }) => {
    addEvents(sandbox, 3);
    const types: string[] = [];
    for await (const event of district.events.list({ pageSize: 2 })) {
      types.push(event.type);
    }
    expect(types).toEqual(['courses.created', 'courses.created', 'courses.created']);
  });
});
