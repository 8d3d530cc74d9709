import { redact, type Sensitivity, type SensitivityKind } from 'clever-sdk';
import { KNOWN_ROLES, sensitivityOf } from 'clever-sdk/values';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixtures } from '../fixtures/records.js';
import { anyRecord, KIND_OF, leavesOf, named } from './records.js';

const CLASSES = ['pii', 'sensitive', 'secret'] as const;
const someClasses = fc.subarray<Sensitivity>([...CLASSES]);

/** The leaves that must remain: those whose path the registry assigns to none of the classes. */
function expectedOf(record: object, kind: string, classes: readonly (Sensitivity | undefined)[]): string[] {
  return leavesOf(record)
    .filter(({ path }) => !classes.includes(sensitivityOf([kind, ...path].join('.'))))
    .map(named);
}

/** Leaves that are only empty because their content was removed do not count. */
const isData = (leaf: string): boolean => !/ = (\{\}|\[\])$/u.test(leaf);

describe('redact()', () => {
  it('removes everything in its classes and nothing else', () => {
    fc.assert(
      fc.property(anyRecord, someClasses, ({ name, record }, classes) => {
        const left = leavesOf(redact(record, { classes })).map(named);
        const expected = expectedOf(record, KIND_OF[name], classes);
        expect(left.filter(isData)).toEqual(expected.filter(isData));
      }),
    );
  });

  it('does the same whether the kind is named or recognised by the members', () => {
    fc.assert(
      fc.property(anyRecord, someClasses, ({ name, record }, classes) => {
        expect(redact(record, { classes, kind: KIND_OF[name] as SensitivityKind })).toEqual(
          redact(record, { classes }),
        );
      }),
    );
  });

  it('is idempotent, and does not change its argument', () => {
    fc.assert(
      fc.property(anyRecord, someClasses, ({ name, record }, classes) => {
        const kind = KIND_OF[name] as SensitivityKind;
        const before = structuredClone(record);
        const once = redact(record, { classes, kind });
        expect(redact(once, { classes, kind })).toEqual(once);
        expect(record).toEqual(before);
      }),
    );
  });

  it('makes a plain copy without classes', () => {
    fc.assert(
      fc.property(anyRecord, ({ record }) => {
        const copy = redact(record, { classes: [] });
        expect(JSON.stringify(copy)).toBe(JSON.stringify(record));
        expect(copy).not.toBe(record);
      }),
    );
  });

  it('treats the record in an event, before and after, by its kind', () => {
    fc.assert(
      fc.property(
        anyRecord,
        someClasses,
        fc.constantFrom('created', 'updated', 'deleted'),
        ({ name, record }, classes, change) => {
          const kind = KIND_OF[name];
          const collection = `${kind}s`;
          fc.pre(['user', 'school', 'section', 'course', 'term', 'district', 'resource'].includes(kind));
          const { id: _, ...partial } = record;
          const event = {
            id: '66a0d15c0000000000000e01',
            type: `${collection}.${change}`,
            created: '2026-09-21T05:58:01.004Z',
            data: { object: record, previous_attributes: partial },
            previous_attributes: partial,
          };
          const asRecord = redact(record, { classes, kind });
          const asPartial = redact(partial, { classes, kind });
          expect(redact(event, { classes })).toEqual({
            ...event,
            data: { object: asRecord, previous_attributes: asPartial },
            previous_attributes: asPartial,
          });
        },
      ),
    );
  });
});

describe('redact() of what the SDK delivers', () => {
  const { student, sensitiveStudent, teacher, section, school, userDeleted, unknownEvent } = fixtures();
  const users = [student, teacher];

  it('keeps school, grade and roles of a student, and nothing that names or describes the child', () => {
    expect(redact(sensitiveStudent)).toEqual({
      created: student.created,
      last_modified: student.last_modified,
      district: student.district,
      lms_status: { synced_in_lms: true },
      roles: {
        student: {
          enrollments: [],
          grade: '8',
          school: student.roles?.student?.school,
          schools: student.roles?.student?.schools,
        },
      },
    });
  });

  it('accepts lists, pages, wrapped responses and classrooms', () => {
    const redacted = users.map((user) => redact(user));
    expect(redact(users)).toEqual(redacted);
    expect(redact({ data: users, cursor: '/v3.1/users?starting_after=x', hasNext: true })).toEqual({
      data: redacted,
      hasNext: true,
    });
    expect(redact({ data: student, uri: `/v3.1/users/${student.id}` })).toEqual({ data: redacted[0] });
    const classroom = redact({ teacher, sections: [{ ...section, students: [student] }], students: [student] });
    expect(JSON.stringify(classroom)).not.toMatch(/Odile|Brandvold|Kettle/u);
    expect(JSON.stringify(classroom)).toContain(section.subject);
  });

  it('recognises names, addresses and phones below any role, whether declared there or not', () => {
    const roles = Object.fromEntries(
      KNOWN_ROLES.map((role) => [
        role,
        { title: role, email: 'o@example.org', phone: '555', name: { last: 'Kettle' } },
      ]),
    );
    const left = Object.fromEntries(KNOWN_ROLES.map((role) => [role, { title: role }]));
    expect(redact({ id: 'x', roles })).toEqual({ roles: left });
  });

  it('does not mistake a wrapped course for a person', () => {
    const { course, term } = fixtures();
    expect(redact({ data: course, links: [] })).toEqual({ data: course });
    expect(redact({ data: term, uri: '/v3.1/terms/x' })).toEqual({ data: term });
  });

  it('accepts identities', () => {
    const identity = {
      id: 'x',
      connection: 'library',
      roles: ['teacher'],
      role: 'teacher',
      name: teacher.name,
      legacyIds: ['y'],
    };
    expect(redact(identity)).toEqual({ connection: 'library', roles: ['teacher'], role: 'teacher' });
  });

  it('accepts events without a record, and of unknown types', () => {
    expect(redact(userDeleted)).toMatchObject({ type: 'users.deleted', data: { object: {} } });
    expect(redact(unknownEvent)).toMatchObject({ id: unknownEvent.id, type: unknownEvent.type });
    const old = {
      id: 'e',
      type: 'students.updated',
      data: { object: { id: 'x', name: student.name, iep_status: 'Y' } },
    };
    expect(redact(old)).toEqual({ id: 'e', type: 'students.updated', data: { object: {} } });
  });

  it('requires the kind for a fragment whose members are not enough', () => {
    const { id } = student;
    expect(redact({ id })).toEqual({ id });
    expect(redact({ id }, { kind: 'user' })).toEqual({});
    expect(redact({ dob: '1/2/2012', frl_status: 'Free' })).toEqual({ dob: '1/2/2012' });
  });

  it('copies a member named __proto__ as an ordinary member', () => {
    const record = JSON.parse('{"id":"x","__proto__":{"polluted":true}}') as object;
    const copy = redact(record, { kind: 'school' });
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
    expect(JSON.stringify(copy)).toBe(JSON.stringify(record));
  });

  it('keeps what describes a school', () => {
    expect(redact(school)).toMatchObject({ id: school.id, name: school.name, sis_id: school.sis_id });
    expect(redact(school)).not.toHaveProperty('principal');
  });
});

describe('redact() of tokens', () => {
  const secrets = { access_token: 'canary', refresh_token: 'canary', id_token: 'canary' };
  const unknown = { device_code: 'canary', nested: { of: ['canary'] } };

  it('keeps what describes a token, and removes every other member, known or not', () => {
    expect(redact({ ...secrets, ...unknown, token_type: 'bearer', expires_in: 60, scope: 'a b' })).toEqual({
      token_type: 'bearer',
      expires_in: 60,
      scope: 'a b',
    });
    const owner = { type: 'district', id: 'd' };
    expect(redact({ id: 't', owner, access_token: 'canary', scopes: ['a'], created: '2026', ...unknown })).toEqual({
      id: 't',
      owner,
      scopes: ['a'],
      created: '2026',
    });
  });

  it.each(Object.keys(secrets))('recognises one by its %s alone, wherever it is', (name) => {
    const token = { [name]: 'canary', ...unknown };
    expect(redact(token)).toEqual({});
    expect(JSON.stringify(redact({ login: { tokens: [token] }, ext: { token } }))).not.toContain('canary');
  });

  it('agrees with sensitivityOf()', () => {
    for (const path of ['token.access_token', 'token.refresh_token', 'token.device_code.0', 'districtToken.other']) {
      expect(sensitivityOf(path)).toBe('secret');
    }
    for (const path of ['token', 'token.token_type', 'districtToken.owner.id', 'tokenInfo.other', 'user.other']) {
      expect(sensitivityOf(path)).toBeUndefined();
    }
  });

  it('keeps the rest when only other classes are removed', () => {
    expect(redact({ ...secrets, token_type: 'bearer' }, { classes: ['pii'] })).toEqual({
      ...secrets,
      token_type: 'bearer',
    });
  });

  it('finds the people in lists where an event has one', () => {
    const { student } = fixtures();
    const event = { id: 'e', type: 'users.updated', data: { object: [student], previous_attributes: [[student]] } };
    expect(JSON.stringify(redact(event))).not.toMatch(new RegExp(`${student.id}|${student.name.first}`, 'u'));
  });
});

describe('redact() of data that no JSON text has', () => {
  it('leaves out a member that leads back', () => {
    const { student } = fixtures();
    const record: Record<string, unknown> = { ...student, district: 'd', friends: [] };
    record['self'] = record;
    (record['friends'] as unknown[]).push({ of: record }, record, 1);
    expect(redact(record)).toMatchObject({ district: 'd', friends: [{}, 1] });
    expect(redact(record)).not.toHaveProperty('self');
    const list: unknown[] = [record];
    list.push(list);
    expect(redact(list)).toEqual([redact(record)]);
  });

  it('keeps what is only used twice', () => {
    const school = { number: 7 };
    expect(redact({ first: school, second: school, both: [school, school] })).toEqual({
      first: school,
      second: school,
      both: [school, school],
    });
  });

  it.each([
    ['objects', '{"a":', '}'],
    ['lists', '[', ']'],
    ['events', '{"type":"users.updated","data":', '}'],
  ])('survives 30,000 %s in each other', (_, open, close) => {
    const deep = JSON.parse(`${open.repeat(30_000)}{"frl_status":"canary"}${close.repeat(30_000)}`) as object;
    expect(JSON.stringify(redact(deep))).not.toContain('canary');
  });

  it('copies 200 levels', () => {
    const nested = (depth: number): object => JSON.parse(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`) as object;
    expect(redact(nested(200))).toEqual(nested(200));
    expect(JSON.stringify(redact(nested(201)))).not.toContain('1');
  });
});
