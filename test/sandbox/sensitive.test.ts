import type { Sandbox } from 'clever-sdk/sandbox';
import {
  KNOWN_DISABILITY_CODES,
  KNOWN_DISABILITY_TYPES,
  KNOWN_FRL_STATUSES,
  KNOWN_HOME_LANGUAGE_CODES,
  KNOWN_YES_NO,
  userSchema,
} from 'clever-sdk/schemas';
import { isKnownHomeLanguage } from 'clever-sdk/values';
import { describe, expect, it } from 'vitest';
import { ask, readAll, small } from './support.js';

type Role = Readonly<Record<string, unknown>>;

const ofV30 = ['ell_status', 'frl_status', 'iep_status', 'home_language'];
const ofV31 = ['gifted_status', 'section_504_status', 'home_language_code', 'disability'];

function make(sensitiveFields?: 'all' | readonly ['gifted_status']): Sandbox {
  const district = { seed: 5, students: 400, ...(sensitiveFields === undefined ? {} : { sensitiveFields }) };
  return small({ districts: [district] });
}

async function studentsOf(sandbox: Sandbox, version = 'v3.1', path = '/users'): Promise<Role[]> {
  const { body } = await ask(sandbox, `/${version}${path}?role=student&limit=1000`);
  return body.data.map(({ data }) => (data['roles'] as { student: Role }).student);
}

function valuesOf(students: readonly Role[], field: string): unknown[] {
  return [...new Set(students.map((student) => student[field]))].filter((value) => value !== undefined);
}

function membersOf(students: readonly Role[]): string[] {
  return [...ofV30, ...ofV31].filter((field) => students.some((student) => Object.hasOwn(student, field)));
}

describe('sensitive fields', () => {
  it('contain Clever’s own values, several of each', async () => {
    const students = await studentsOf(make('all'));
    const known: Readonly<Record<string, readonly unknown[]>> = {
      ell_status: [...KNOWN_YES_NO, ''],
      frl_status: [...KNOWN_FRL_STATUSES, ''],
      iep_status: ['Y', 'N', ''],
      gifted_status: [...KNOWN_YES_NO, ''],
      section_504_status: [...KNOWN_YES_NO, ''],
      home_language_code: KNOWN_HOME_LANGUAGE_CODES,
    };
    for (const [field, words] of Object.entries(known)) {
      const values = valuesOf(students, field);
      expect([field, values.length > 1, values.filter((value) => !words.includes(value))]).toEqual([field, true, []]);
    }
    expect(valuesOf(students, 'home_language').every((value) => value === '' || isKnownHomeLanguage(value))).toBe(true);
    const disabilities = students.map(({ disability }) => disability as Readonly<Record<string, never>>);
    const types = new Set(disabilities.flatMap(({ disability_type: type }) => type ?? []));
    const codes = new Set(disabilities.flatMap(({ disability_code: code }) => code ?? []));
    expect([...types].filter((type) => !KNOWN_DISABILITY_TYPES.includes(type))).toEqual([]);
    expect([...codes].filter((code) => !KNOWN_DISABILITY_CODES.includes(code))).toEqual([]);
    expect(types.size * codes.size).toBeGreaterThan(1);
  });

  it('are those of the version, with its own values', async () => {
    const sandbox = make('all');
    const [old, current] = [await studentsOf(sandbox, 'v3.0'), await studentsOf(sandbox)];
    expect([membersOf(old), membersOf(current)]).toEqual([ofV30, [...ofV30, ...ofV31]]);
    expect(valuesOf(current, 'frl_status')).toContain('Other');
    expect(valuesOf(old, 'frl_status').sort()).toEqual(['', 'Free', 'Paid', 'Reduced']);
    expect(valuesOf(current, 'home_language')).toContain('Igbo');
    expect(valuesOf(old, 'home_language')).not.toContain('Igbo');
  });

  it('appear on every route for a token with the scopes, and on none without them', async () => {
    const routes = async (sandbox: Sandbox): Promise<string[][]> => {
      const [section] = await readAll(sandbox, '/v3.1/sections');
      const [contact] = (await ask(sandbox, '/v3.1/users?role=contact&limit=1')).body.data;
      const students = section?.['students'] as string[];
      const [id = ''] = students;
      sandbox.districts[0].users.update(id, { roles: { student: { grade: '13', gifted_status: 'X' } } });
      const single = (await ask(sandbox, `/v3.1/users/${id}`)).body.data as unknown as { roles: { student: Role } };
      const [event] = (await ask(sandbox, '/v3.1/events')).body.data;
      const data = event?.data['data'] as Record<'object' | 'previous_attributes', { roles: { student: Role } }>;
      return [
        membersOf([single.roles.student]),
        membersOf(await studentsOf(sandbox, 'v3.1', `/sections/${section?.id}/users`)),
        membersOf(await studentsOf(sandbox, 'v3.1', `/schools/${section?.['school']}/users`)),
        membersOf(await studentsOf(sandbox, 'v3.1', `/users/${contact?.data.id}/mystudents`)),
        membersOf([data.object.roles.student]),
        membersOf([data.previous_attributes.roles.student]),
      ];
    };
    expect(await routes(make())).toEqual([[], [], [], [], [], []]);
    expect(await routes(make(['gifted_status']))).toEqual(Array.from({ length: 6 }, () => ['gifted_status']));
  });

  it('parse strictly', async () => {
    const users = await readAll(make('all'), '/v3.1/users');
    expect(users.filter((user) => !userSchema.safeParse(user).success)).toEqual([]);
  });
});
