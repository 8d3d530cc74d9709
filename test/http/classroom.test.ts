import { type Classroom, createCleverClient } from 'clever-sdk';
import { describe, expect, it } from 'vitest';

const TEACHER = 'teacher-1';

interface Answers {
  readonly teacher?: object;
  readonly sections: readonly ({ id: string } & Record<string, unknown>)[];
  /** The people of every section. */
  readonly people: readonly object[];
}

/** Reads the classroom that these answers make. */
async function read({ teacher = {}, sections, people }: Answers): Promise<Classroom> {
  const list = (records: readonly object[]) => ({ data: records.map((data) => ({ data })) });
  const answers: Readonly<Record<string, object>> = {
    '/v3.1/me': { type: 'user', data: { id: TEACHER, type: 'user', authorized_by: 'teacher' } },
    [`/v3.1/users/${TEACHER}`]: { data: { id: TEACHER, name: { first: 'A', last: 'B' }, ...teacher } },
    [`/v3.1/users/${TEACHER}/sections`]: list(sections.map((section) => ({ name: 'S', ...section }))),
    ...Object.fromEntries(sections.map(({ id }) => [`/v3.1/sections/${id}/users`, list(people)])),
  };
  const fetch = async (url: string) => Response.json(answers[new URL(url).pathname], { status: 200 });
  return createCleverClient({ fetch }).library({ token: 'library-token' }).classroom();
}

const person = (id: string, roles?: unknown) => ({
  id,
  name: { first: 'X', last: 'Y' },
  ...(roles === undefined ? {} : { roles }),
});
const idsOf = (people: Classroom['students']) => people.map(({ id }) => id);

describe('the students of a classroom', () => {
  it.each<[string, object, unknown]>([
    ['the primary teacher', { teacher: 'co' }, undefined],
    ['one of the teachers', { teacher: TEACHER, teachers: [TEACHER, 'co'] }, undefined],
    ['a teacher with empty roles', { teachers: ['co'] }, {}],
    ['a teacher whose roles are null', { teachers: ['co'] }, null],
    ['a teacher who is also a student', { teachers: ['co'] }, { student: { grade: '3' }, teacher: {} }],
    ['a teacher whose record says student', { teachers: ['co'] }, { student: { grade: '3' } }],
    ['a person with another role', {}, { teacher: {} }],
    ['staff', {}, { staff: {} }],
  ])('are not %s', async (_, section, roles) => {
    const people = [person('co', roles), person('kid', { student: {} })];
    const { sections, students } = await read({ sections: [{ id: 's1', ...section }], people });
    expect(idsOf(students)).toEqual(['kid']);
    expect(sections.map((one) => idsOf(one.students))).toEqual([['kid']]);
  });

  it.each<[string, unknown]>([
    ['no roles', undefined],
    ['roles that are null', null],
    ['empty roles', {}],
    ['a role without members', { student: null }],
    ['roles that are a text', 'student'],
    ['roles that are a list', ['student']],
    ['roles that are a number', 7],
  ])('may have %s', async (_, roles) => {
    const { students } = await read({ sections: [{ id: 's1', teacher: TEACHER }], people: [person('kid', roles)] });
    expect(idsOf(students)).toEqual(['kid']);
  });

  it('are not the teacher who logged in, and not a teacher of another section', async () => {
    const people = [person(TEACHER), person('co'), person('kid')];
    const sections = [
      { id: 's1', teacher: null, teachers: null },
      { id: 's2', teacher: TEACHER, teachers: [TEACHER, 'co'] },
    ];
    const classroom = await read({ sections, people });
    expect(idsOf(classroom.students)).toEqual(['kid']);
    expect(classroom.sections.map(({ students }) => idsOf(students))).toEqual([['kid'], ['kid']]);
  });

  it.each(['co', 7, { co: true }, true])('survive teachers that are %j', async (teachers) => {
    const { students } = await read({ sections: [{ id: 's1', teachers }], people: [person('kid')] });
    expect(idsOf(students)).toEqual(['kid']);
  });
});

describe('the teacher of a classroom', () => {
  it.each([undefined, null, {}, 'student', 7, ['student']])('may have the roles %j', async (roles) => {
    const { teacher } = await read({ teacher: { roles }, sections: [], people: [] });
    expect(teacher.id).toBe(TEACHER);
  });
});
