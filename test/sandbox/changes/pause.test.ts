import { inspect } from 'node:util';
import { SandboxError } from 'clever-sdk/sandbox';
import { describe, expect } from 'vitest';
import { it, SMALL } from '../../support/fixtures.js';
import { ask } from '../support.js';
import { eventsOf, flatten, follow, type Rec, readReplica } from './replica.js';

const NOW = Date.UTC(2026, 8, 15, 12);
const HOUR_MS = 3_600_000;

it.override('sandboxOptions', { ...SMALL, clock: () => NOW });

function firstNameOf({ name }: Rec): string {
  return (name as { readonly first: string }).first;
}

describe('a SIS sync pause', () => {
  it('appears in the district and freezes everything else', async ({ sandbox }) => {
    const [district] = sandbox.districts;
    const before = await readReplica(sandbox);
    const change = district.pause({ endsAt: new Date(NOW + HOUR_MS) });
    expect(change.updated.districts).toEqual([district.id]);
    const [event] = await eventsOf(sandbox);
    expect(event?.data.previous_attributes).toEqual({ state: 'running', pause_start: null, pause_end: null });
    expect(event?.data.object).toMatchObject({
      state: 'paused',
      pause_start: '2026-09-15T12:00:00.000Z',
      pause_end: '2026-09-15T13:00:00.000Z',
    });
    const teacher = sandbox.people({ role: 'teacher' })[0]?.id ?? '';
    const { id: school } = district.schools.create({ name: 'Annex' });
    const renamed = district.changes.rename({ user: teacher, name: { first: 'Zora' } });
    expect([renamed.updated.users, renamed.eventIds]).toEqual([[teacher], []]);
    expect(district.users.update(teacher, { email: 'zora@example.com' }).eventId).toBeUndefined();
    const frozen = await readReplica(sandbox);
    expect({ ...flatten(frozen), districts: [] }).toEqual({ ...flatten(before), districts: [] });
    expect((await ask(sandbox, `/v3.1/schools/${school}`)).status).toBe(404);
    expect(await eventsOf(sandbox)).toHaveLength(1);
    expect(sandbox.userToken({ user: teacher })).toMatch(/^il/u);
    expect([district.paused, inspect(district)]).toEqual([['sis'], expect.stringContaining("paused: [ 'sis' ]")]);
  });

  it('ends with what has changed since, each record once', async ({ sandbox }) => {
    const [district] = sandbox.districts;
    const copy = await readReplica(sandbox);
    district.pause();
    const [first, second] = [...copy.users.values()].filter(({ roles }) => roles?.['student'] !== undefined) as [
      Rec,
      Rec,
    ];
    const { id: passing } = district.users.create({ name: { last: 'Passing' }, roles: { student: {} } });
    district.users.delete(passing);
    district.users.update(first.id, { name: { first: 'Ada' } });
    district.users.update(first.id, { email: 'ada@example.com' });
    district.users.update(second.id, { name: { first: 'Ben' } });
    district.users.update(second.id, { name: { first: firstNameOf(second) } });
    const change = district.resume();
    expect(change.updated).toMatchObject({ districts: [district.id], users: [first.id] });
    expect([...change.created.users, ...change.deleted.users]).toEqual([]);
    const events = await eventsOf(sandbox);
    expect(events.slice(1).map(({ id }) => id)).toEqual(change.eventIds);
    expect(events.at(-1)?.data.previous_attributes).toEqual({
      name: { first: firstNameOf(first) },
      email: first['email'] ?? null,
    });
    expect(follow(copy, events)).toEqual([]);
    expect(flatten(copy)).toEqual(flatten(await readReplica(sandbox)));
    expect(copy.districts.get(district.id)).toMatchObject({ state: 'running' });
    expect(Object.keys(copy.districts.get(district.id) as Rec)).not.toContain('pause_start');
    expect(district.paused).toEqual([]);
    expect(district.users.update(first.id, { name: { first: 'Eve' } }).eventId).toBeDefined();
  });

  it('ends on its own when its time is over', async ({ sandbox }) => {
    const [district] = sandbox.districts;
    district.pause({ endsAt: new Date(NOW + HOUR_MS) });
    district.changes.rename({ user: sandbox.people({ role: 'staff' })[0]?.id ?? '', name: { first: 'Zora' } });
    sandbox.advance(HOUR_MS - 1);
    expect(await eventsOf(sandbox)).toHaveLength(1);
    sandbox.advance(1);
    expect((await eventsOf(sandbox)).map(({ type }) => type)).toEqual([
      ...['districts.updated', 'districts.updated', 'users.updated'],
    ]);
    expect(district.paused).toEqual([]);
  });
});

describe('an App Sync Pause', () => {
  it('freezes everything that the app sees, and appears nowhere', async ({ sandbox }) => {
    const [district] = sandbox.districts;
    const before = flatten(await readReplica(sandbox));
    district.pause({ sync: 'app' });
    district.update({ name: 'Renamed' });
    district.changes.startSchoolYear();
    expect(flatten(await readReplica(sandbox))).toEqual(before);
    expect(await eventsOf(sandbox)).toEqual([]);
    const { created, updated } = district.resume('app');
    expect([updated.districts, created.sections.length > 0]).toEqual([[district.id], true]);
  });

  it('and a SIS sync pause end independently', async ({ sandbox }) => {
    const [district] = sandbox.districts;
    district.pause();
    district.pause({ sync: 'app' });
    district.schools.create({ name: 'Annex' });
    expect(district.paused).toEqual(['app', 'sis']);
    expect(district.resume('app').eventIds).toEqual([]);
    expect(district.resume('app').eventIds).toEqual([]);
    expect(district.resume().created.schools).toHaveLength(1);
    expect(district.pause({ sync: 'app' }).eventIds).toEqual([]);
  });
});

describe('pause() and resume()', () => {
  it('do nothing the second time, and refuse other kinds', ({ sandbox }) => {
    const [district] = sandbox.districts;
    expect(district.pause().eventIds).toHaveLength(1);
    expect(district.pause().eventIds).toEqual([]);
    expect(district.resume().eventIds).toHaveLength(1);
    expect(district.resume().eventIds).toEqual([]);
    expect(() => district.pause({ sync: 'lms' } as never)).toThrow(SandboxError);
    expect(() => district.resume('lms' as never)).toThrow(SandboxError);
    expect(() => district.pause({ endsAt: new Date(NOW) })).toThrow(/`endsAt`/u);
    expect(() => district.pause({ until: new Date(NOW) } as never)).toThrow(/no option `until`/u);
  });

  it('are undone by reset()', async ({ sandbox }) => {
    const [district] = sandbox.districts;
    const before = flatten(await readReplica(sandbox));
    district.pause();
    district.changes.startSchoolYear();
    sandbox.reset();
    expect([sandbox.districts[0].paused, district.paused, flatten(await readReplica(sandbox))]).toEqual([
      [],
      [],
      before,
    ]);
  });
});
