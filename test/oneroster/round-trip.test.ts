import { join } from 'node:path';
import { createCleverClient, type DistrictClient, type SensitiveField } from 'clever-sdk';
import { exportOneRoster, type OneRosterLoss, validateOneRoster } from 'clever-sdk/oneroster';
import { createSandbox, districtFromOneRoster, type Sandbox } from 'clever-sdk/sandbox';
import { parseDob, parseTermDate, toCedsSubject } from 'clever-sdk/values';
import fc from 'fast-check';
import { describe, expect, vi } from 'vitest';
import { it } from './support.js';

/*
 * From Clever to OneRoster and back: what comes back is the source, up to what the loss report says.
 */

vi.setConfig({ testTimeout: 120_000 });

type Json = Readonly<Record<string, unknown>>;
type Roster = Readonly<Record<(typeof KINDS)[number], readonly Json[]>>;

const KINDS = ['districts', 'schools', 'terms', 'courses', 'users', 'sections'] as const;

async function rosterOf(sandbox: Sandbox): Promise<Roster> {
  const client = clientOf(sandbox);
  const entries = KINDS.map(async (kind) => {
    const records = await client[kind].list({ validation: 'off' }).toArray({ maxItems: 10_000 });
    return [kind, records as unknown as Json[]] as const;
  });
  return Object.fromEntries(await Promise.all(entries)) as unknown as Roster;
}

function clientOf(sandbox: Sandbox): DistrictClient<SensitiveField> {
  const clever = createCleverClient({ ...sandbox.clientOptions() });
  return clever.district({ token: sandbox.districts[0].token, sensitiveFields: 'all' });
}

const at = (record: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>((value, name) => (value as Json | undefined)?.[name], record);
const text = (record: unknown, ...path: string[]): string => String(at(record, ...path) ?? '').trim();
const list = (record: unknown, ...path: string[]): string[] => [...((at(record, ...path) as string[]) ?? [])];

/** What OneRoster can carry of a record, computed by the rules that the guide has. */
const CARRIED: Readonly<Record<keyof Roster, (record: Json) => unknown>> = {
  districts: (record) => ({
    id: record['id'],
    name: record['name'],
    number: text(record, 'nces_id') || text(record, 'mdr_number'),
  }),
  schools: (record) => ({ id: record['id'], name: record['name'], number: text(record, 'school_number') }),
  terms: (record) => ({
    id: record['id'],
    name: text(record, 'name'),
    start: parseTermDate(record['start_date']),
    end: parseTermDate(record['end_date']),
  }),
  courses: (record) => ({
    id: record['id'],
    name: text(record, 'name') || text(record, 'number'),
    number: text(record, 'number'),
  }),
  sections: (record) => ({
    ...Object.fromEntries(
      ['id', 'name', 'school', 'course', 'term_id', 'teacher', 'grade', 'section_number', 'period'].map((name) => [
        name,
        text(record, name),
      ]),
    ),
    subject:
      record['subject'] === 'homeroom/advisory' || toCedsSubject(record['subject']) !== undefined
        ? record['subject']
        : '',
    teachers: list(record, 'teachers').sort(),
    students: list(record, 'students').sort(),
    lms: at(record, 'lms_status', 'synced_in_lms'),
  }),
  users: (record) => ({
    id: record['id'],
    email: text(record, 'email'),
    name: ['first', 'middle', 'last'].map((part) => text(record, 'name', part)),
    lms: at(record, 'lms_status', 'synced_in_lms'),
    roles: Object.fromEntries(
      Object.entries((record['roles'] as Json | undefined) ?? {}).map(([role, members]) => [
        role,
        ROLES[role]?.(members as Json),
      ]),
    ),
  }),
};

const SENSITIVE = [
  ...['ell_status', 'frl_status', 'iep_status', 'home_language', 'home_language_code', 'gifted_status'],
  ...['section_504_status'],
];

/** The user name is compared where there is one: others were invented. */
const ROLES: Readonly<Record<string, (members: Json) => unknown>> = {
  student: (student) => ({
    school: student['school'],
    schools: list(student, 'schools').sort(),
    sis_id: student['sis_id'],
    state_id: text(student, 'state_id'),
    number: text(student, 'student_number') || text(student, 'sis_id'),
    grade: text(student, 'grade'),
    dob: parseDob(student['dob']),
    gender: text(student, 'gender'),
    race: text(student, 'race').replace('Unknown', ''),
    ethnicity: text(student, 'hispanic_ethnicity'),
    preferred: ['first', 'middle', 'last'].map((part) => text(student, 'preferred_name', part)),
    sensitive: SENSITIVE.map((field) => text(student, field)),
    disability: ['disability_status', 'disability_type', 'disability_code'].map((part) =>
      text(student, 'disability', part),
    ),
  }),
  teacher: (teacher) => ({
    school: teacher['school'],
    schools: list(teacher, 'schools').sort(),
    sis_id: teacher['sis_id'],
    state_id: text(teacher, 'state_id'),
    number: text(teacher, 'teacher_number') || text(teacher, 'sis_id'),
  }),
  staff: (staff) => ({ schools: list(staff, 'schools').sort(), staff_id: text(staff, 'staff_id') }),
  district_admin: () => ({}),
  contact: (contact) => ({
    sis_id: text(contact, 'sis_id'),
    phone: text(contact, 'phone'),
    isCell: text(contact, 'phone_type') === 'Cell' && text(contact, 'phone') !== '',
    students: ((contact['student_relationships'] as Json[] | undefined) ?? []).map(({ student }) => student).sort(),
  }),
};

function carried(roster: Roster): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  return Object.fromEntries(
    KINDS.map((kind) => [
      kind,
      Object.fromEntries(roster[kind].map((record) => [record['id'], CARRIED[kind](record)])),
    ]),
  );
}

const countOf = (losses: readonly OneRosterLoss[], what: RegExp): number =>
  losses.filter((loss) => what.test(loss.what)).reduce((sum, { count }) => sum + count, 0);

describe('Clever to OneRoster 1.2 and back', () => {
  it('is the same district up to the losses, for districts of any seed', async ({ folder }) => {
    let count = 0;
    await fc.assert(
      fc.asyncProperty(fc.nat(10_000), fc.integer({ min: 1, max: 150 }), async (seed, students) => {
        count += 1;
        const out = join(folder, String(count), 'OneRoster.zip');
        const sandbox = createSandbox({ districts: [{ seed, students, sensitiveFields: 'all' }] });
        const { losses } = await exportOneRoster(clientOf(sandbox), {
          version: '1.2',
          out,
          demographics: true,
          sensitiveFields: 'all',
          metadata: ['lms_status'],
        });
        const { problems } = await validateOneRoster(out, { now: new Date('2027-02-01') });
        expect(problems.filter(({ rule }) => rule !== 'past-term')).toEqual([]);

        const district = await districtFromOneRoster(out, { sensitiveFields: 'all' });
        expect(district.problems).toEqual([]);
        const again = createSandbox({ districts: [district] });
        const [before, after] = [await rosterOf(sandbox), await rosterOf(again)];
        expect(carried(after)).toEqual(carried(before));

        const named = before.users.filter(({ roles }) =>
          ['student', 'teacher', 'staff'].some((role) => text(roles, role, 'credentials', 'district_username') !== ''),
        );
        expect(countOf(losses, /as user name$/u)).toBe(before.users.length - named.length);
        expect(countOf(losses, /^races that/u)).toBe(
          before.users.filter(({ roles }) => text(roles, 'student', 'race') === 'Unknown').length,
        );
        await Promise.all([sandbox.close(), again.close()]);
      }),
      { numRuns: 8 },
    );
  });

  it('keeps user names', async ({ folder, sandbox }) => {
    const out = join(folder, 'OneRoster.zip');
    const { losses } = await exportOneRoster(clientOf(sandbox), { version: '1.2', out });
    const again = createSandbox({ districts: [await districtFromOneRoster(out)] });
    const usernames = ({ roles }: Json): string[] =>
      ['student', 'teacher', 'staff']
        .map((role) => text(roles, role, 'credentials', 'district_username'))
        .filter((name) => name !== '');
    const after = new Map((await rosterOf(again)).users.map((user) => [user['id'], usernames(user)]));
    const named = (await rosterOf(sandbox)).users.filter((user) => usernames(user).length > 0);
    expect(named.length).toBeGreaterThan(10);
    for (const user of named) {
      expect(after.get(user['id'])?.[0]).toBe(usernames(user)[0]);
    }
    const several = named.filter((user) => new Set(usernames(user)).size > 1).length;
    expect(countOf(losses, /user name of people with several$/u)).toBe(several);
    await again.close();
  });
});
