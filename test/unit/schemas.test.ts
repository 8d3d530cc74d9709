import * as schemas from 'clever-sdk/schemas';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { explainRecord, type RecordKind } from '../../src/schemas/record.js';
import { type Fixtures, fixtures } from '../fixtures/records.js';

/**
 * The kind of every synthetic record, and the members that Clever guarantees; all others may be missing or
 * `null`.
 */
const kinds: Readonly<Record<keyof Fixtures, { kind: RecordKind; guaranteed: readonly string[] }>> = (() => {
  const user = ['id', 'district', 'name', 'name.last', 'created', 'last_modified'];
  const role = (name: string, ...members: string[]): string[] => members.map((member) => `roles.${name}.${member}`);
  const student = {
    kind: 'user',
    guaranteed: [...user, ...role('student', 'school', 'schools', 'enrollments', 'sis_id')],
  } as const;
  const teacherMembers = role('teacher', 'school', 'schools', 'sis_id');
  const section = {
    kind: 'section',
    guaranteed: [
      ...['id', 'district', 'school', 'name', 'sis_id', 'subject', 'students', 'teacher', 'teachers'],
      ...['created', 'last_modified'],
    ],
  } as const;
  const built = ['id', 'district'];
  const district = { kind: 'district', guaranteed: ['id', 'name'] } as const;
  const me = { kind: 'me', guaranteed: ['data', 'data.id'] } as const;
  const event = ['id', 'type', 'data', 'data.object', 'data.object.id'];
  const inObject = (members: readonly string[]): string[] => members.map((member) => `data.object.${member}`);
  return {
    student,
    youngStudent: student,
    sensitiveStudent: student,
    teacher: { kind: 'user', guaranteed: [...user, ...teacherMembers] },
    multiRoleStaff: { kind: 'user', guaranteed: [...user, ...teacherMembers] },
    districtAdmin: { kind: 'user', guaranteed: user },
    contact: { kind: 'user', guaranteed: user },
    ownUser: { kind: 'ownUser', guaranteed: ['id'] },
    school: {
      kind: 'school',
      guaranteed: ['id', 'district', 'name', 'sis_id', 'school_number', 'created', 'last_modified'],
    },
    section,
    bareSection: section,
    course: { kind: 'course', guaranteed: built },
    term: { kind: 'term', guaranteed: built },
    termWithTimestamps: { kind: 'term', guaranteed: built },
    district,
    bareDistrict: district,
    resource: { kind: 'resource', guaranteed: ['id'] },
    me: {
      kind: 'me',
      guaranteed: [...me.guaranteed, ...[0, 1, 2].flatMap((at) => [`links.${at}.rel`, `links.${at}.uri`])],
    },
    libraryMe: me,
    bareMe: me,
    userinfo: { kind: 'userinfo', guaranteed: ['sub'] },
    token: { kind: 'token', guaranteed: ['access_token', 'token_type'] },
    tokenInfo: { kind: 'tokenInfo', guaranteed: ['client_id', 'scopes'] },
    districtToken: { kind: 'districtToken', guaranteed: ['id', 'owner', 'owner.id', 'access_token', 'scopes'] },
    libraryTeacher: { kind: 'libraryTeacher', guaranteed: ['id', 'name', 'name.last'] },
    libraryStudent: { kind: 'libraryStudent', guaranteed: ['id', 'name'] },
    librarySection: { kind: 'librarySection', guaranteed: ['id', 'name'] },
    userUpdated: { kind: 'event', guaranteed: [...event, ...inObject(student.guaranteed)] },
    sectionUpdated: { kind: 'event', guaranteed: [...event, ...inObject(section.guaranteed)] },
    userDeleted: { kind: 'event', guaranteed: event },
    unknownEvent: { kind: 'event', guaranteed: ['id', 'type'] },
    assignment: { kind: 'assignment', guaranteed: ['id', 'title'] },
    submission: { kind: 'submission', guaranteed: ['assignment_id', 'user_id'] },
    attendanceRecord: {
      kind: 'attendanceRecord',
      guaranteed: [
        ...['attendance_date', 'attendance_status', 'attendance_type', 'student_id', 'school_id', 'district_id'],
      ],
    },
  };
})();

type Node = Record<string, unknown>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** Every member of a record at any depth, except list positions, of which only the contents count. */
function* members(node: Node, prefix = ''): Generator<{ path: string; value: unknown }> {
  for (const [key, value] of Object.entries(node)) {
    const path = `${prefix}${key}`;
    if (!Array.isArray(node)) {
      yield { path, value };
    }
    if (isNode(value)) {
      yield* members(value, `${path}.`);
    }
  }
}

function changed(record: unknown, path: string, change: (parent: Node, key: string) => void): unknown {
  const copy = structuredClone(record);
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  change(
    keys.reduce((node, key) => node[key] as Node, copy as Node),
    last,
  );
  return copy;
}

const names = Object.keys(kinds) as (keyof Fixtures)[];

describe('explainRecord', () => {
  it.each(names)('finds nothing wrong with %s', (name) => {
    expect(explainRecord(kinds[name].kind, fixtures()[name])).toEqual([]);
  });

  it.each(names)('requires of %s what Clever guarantees and nothing else', (name) => {
    const { kind, guaranteed } = kinds[name];
    const record = fixtures()[name];
    const isRequired = (path: string): boolean => guaranteed.includes(path);
    const present = [...members(record as unknown as Node)].filter(
      ({ path }) => !/\.ext\.|^data\.object\.ext\./u.test(path),
    );
    expect(present.map(({ path }) => path)).toEqual(expect.arrayContaining([...guaranteed]));
    for (const { path, value } of present) {
      const missing = explainRecord(
        kind,
        changed(record, path, (parent, key) => delete parent[key]),
      );
      const none = explainRecord(
        kind,
        changed(record, path, (parent, key) => Object.assign(parent, { [key]: null })),
      );
      if (isRequired(path)) {
        expect([path, missing[0]?.path]).toEqual([path, path]);
        expect([path, none[0]?.path]).toEqual([path, path]);
      } else {
        expect([path, missing, none]).toEqual([path, [], []]);
      }
      // The type distinguishes events.
      if (typeof value === 'string' && path !== 'type') {
        const empty = explainRecord(
          kind,
          changed(record, path, (parent, key) => Object.assign(parent, { [key]: '' })),
        );
        expect([path, empty]).toEqual([path, []]);
      }
    }
  });

  it('names path and problem, never the value', () => {
    const record = fixtures().student as unknown as Node;
    const canary = 'canary-7f3a';
    const broken = {
      ...record,
      roles: { student: { ...fixtures().student.roles?.student, grade: { [canary]: canary } } },
    };
    expect(explainRecord('user', broken)).toEqual([{ path: 'roles.student.grade', code: 'invalid_type' }]);
    const extension = {
      ...record,
      roles: { student: { ...fixtures().student.roles?.student, ext: { [canary]: [canary] } } },
    };
    expect(explainRecord('user', extension)).toEqual([{ path: 'roles.student.ext.*', code: 'invalid_type' }]);
    expect(JSON.stringify(explainRecord('user', canary))).not.toContain(canary);
  });

  it.each([undefined, null, 'text', 4, true, []])('accepts %j in place of a record without throwing', (value) => {
    for (const kind of Object.values(kinds).map(({ kind }) => kind)) {
      expect(explainRecord(kind, value).length).toBeGreaterThan(0);
    }
  });

  it('finds what is wrong inside an event of a known type', () => {
    const event = changed(fixtures().userUpdated, 'data.object.name', (parent, key) =>
      Object.assign(parent, { [key]: 7 }),
    );
    expect(explainRecord('event', event)).toEqual([{ path: 'data.object.name', code: 'invalid_type' }]);
    const previous = changed(fixtures().userUpdated, 'data.previous_attributes.roles.student.grade', (parent, key) =>
      Object.assign(parent, { [key]: 8 }),
    );
    expect(explainRecord('event', previous)).toEqual([
      { path: 'data.previous_attributes.roles.student.grade', code: 'invalid_type' },
    ]);
  });
});

describe('eventSchema', () => {
  it('accepts an unknown type, but no malformed event of a known type', () => {
    expect(schemas.eventSchema.safeParse(fixtures().unknownEvent).success).toBe(true);
    expect(schemas.eventSchema.safeParse({ ...fixtures().userDeleted, data: { object: {} } }).success).toBe(false);
    expect(schemas.eventSchema.safeParse({ id: '1', type: 7 }).success).toBe(false);
  });

  it.each(schemas.KNOWN_EVENT_TYPES)('requires an object with an id of %s', (type) => {
    expect(explainRecord('event', { id: '1', type, data: { object: {} } })).toContainEqual({
      path: 'data.object.id',
      code: 'invalid_type',
    });
  });
});

describe('schemas', () => {
  const all = Object.entries<unknown>({ ...schemas }).filter(
    (entry): entry is [string, z.ZodType] => entry[1] instanceof z.ZodType,
  );

  it.each(all)('%s has a description and a JSON Schema that allows further members', (name, schema) => {
    expect(schema.meta()?.description).toMatch(/\.$/u);
    const json = z.toJSONSchema(schema);
    expect(json.description).toBe(schema.meta()?.description);
    expect([name, JSON.stringify(json)]).not.toEqual([name, expect.stringContaining('"additionalProperties":false')]);
    expect([name, JSON.stringify(json)]).not.toEqual([name, expect.stringContaining('"default"')]);
  });

  it('show the known values of an open enumeration in their JSON Schema', () => {
    expect(z.toJSONSchema(schemas.gradeSchema)).toMatchObject({ type: 'string', examples: schemas.KNOWN_GRADES });
  });

  it.each([
    ['user', schemas.userSchema, 'student'],
    ['school', schemas.schoolSchema, 'school'],
    ['section', schemas.sectionSchema, 'section'],
    ['district', schemas.districtSchema, 'district'],
    ['event', schemas.eventSchema, 'userUpdated'],
    ['assignment', schemas.assignmentSchema, 'assignment'],
    ['submission', schemas.submissionSchema, 'submission'],
    ['attendance record', schemas.attendanceRecordSchema, 'attendanceRecord'],
  ] as const)('keep members that Clever adds to a %s, at every depth', (_, schema, name) => {
    const record = fixtures()[name] as unknown as Node;
    for (const { path, value } of [...members(record)].filter(({ value }) => isNode(value) && !Array.isArray(value))) {
      expect(value).toBeTypeOf('object');
      if (path.endsWith('ext')) {
        continue;
      }
      const grown = changed(record, `${path}.added_by_clever`, (parent, key) =>
        Object.assign(parent, { [key]: { deep: 1 } }),
      );
      expect(schema.parse(grown)).toStrictEqual(grown);
    }
    expect(schema.parse({ ...record, added_by_clever: [1] })).toStrictEqual({ ...record, added_by_clever: [1] });
  });

  it('accept any text for an open enumeration', () => {
    const record = changed(fixtures().section, 'subject', (parent, key) =>
      Object.assign(parent, { [key]: 'underwater basketry' }),
    );
    expect(schemas.sectionSchema.safeParse(record).success).toBe(true);
    expect(schemas.gradeSchema.safeParse('Sixth form').success).toBe(true);
    expect(schemas.gradeSchema.safeParse(9).success).toBe(false);
  });

  it('can be extended and stay loose', () => {
    const extended = schemas.schoolSchema.extend({ bell_schedule: z.string() });
    const record = { ...fixtures().school, bell_schedule: 'A', another: true };
    expect(extended.parse(record)).toStrictEqual(record);
    expect(extended.safeParse(fixtures().school).success).toBe(false);
  });
});

describe('envelopes', () => {
  const { school, districtToken } = fixtures();
  const links = [{ rel: 'self', uri: '/v3.1/schools' }];

  it.each([
    { data: [{ data: school, uri: '/v3.1/schools/1' }], links },
    { data: [{ data: school }] },
    { data: [school], links },
    { data: [], links: null },
    { links: [], data: [] },
    { resources: [] },
    { resources: [{ data: school, uri: '/v3.1/schools/1' }], links },
    { resources: [school] },
  ])('listSchema takes list %#', (list) => {
    expect(schemas.listSchema(schemas.schoolSchema).parse(list)).toStrictEqual(list);
  });

  it.each([
    {},
    [],
    null,
    { data: school },
    { data: [{}] },
    { data: [{ data: {} }] },
    { data: [{ data: districtToken }] },
  ])('listSchema refuses %#', (list) => {
    expect(schemas.listSchema(schemas.schoolSchema).safeParse(list).success).toBe(false);
  });

  it('listSchema distinguishes an event from a wrapper, although both have data', () => {
    const { userUpdated } = fixtures();
    const list = schemas.listSchema(schemas.eventSchema);
    expect(list.safeParse({ data: [userUpdated, { data: userUpdated, uri: '/v3.1/events/1' }] }).success).toBe(true);
    expect(list.safeParse({ data: [userUpdated.data] }).success).toBe(false);
  });

  it('singleSchema accepts one record with or without links', () => {
    const single = schemas.singleSchema(schemas.schoolSchema);
    expect(single.parse({ data: school })).toStrictEqual({ data: school });
    expect(single.parse({ data: school, links })).toStrictEqual({ data: school, links });
    expect(single.safeParse({ data: [school] }).success).toBe(false);
    expect(single.safeParse(school).success).toBe(false);
  });
});
