import { createSandbox, type Sandbox } from 'clever-sdk/sandbox';
import { describe, expect, it } from 'vitest';
import { describesRow, proves } from '../support/evidence.js';
import { referenceDir, skipReason } from '../support/reference.js';
import { ALLOWANCES } from './spec-allowances.js';
import { readSpec, SpecSchemas } from './spec-schemas.js';
import { formsOf, problemsOf } from './strict-reader.js';

/*
 * Every record and event of generated districts, before and after everything that can happen in a district, by readers
 * that share nothing with the sandbox.
 */

type Version = 'v3.0' | 'v3.1';

interface Envelope {
  readonly data: readonly { readonly data: Readonly<Record<string, unknown>> & { readonly id: string } }[];
}

/** A list, with the operation that answered it. */
interface Listed {
  readonly path: string;
  readonly body: Envelope;
}

const KINDS = ['districts', 'schools', 'terms', 'courses', 'users', 'sections', 'resources'] as const;
const NOW = Date.UTC(2026, 8, 15, 12);
const DISTRICTS = [
  { seed: 1, students: 1_000 },
  { seed: 2, students: 3 },
  { seed: 7, students: 240 },
  { seed: 90_210, students: 61 },
];

function makeSandbox(district: { readonly seed: number; readonly students: number }): Sandbox {
  const districts = [{ ...district, sensitiveFields: 'all' as const }];
  return createSandbox({ districts, clock: () => NOW, rateLimit: { limit: 1_000_000 } });
}

async function read(sandbox: Sandbox, version: Version, path: string): Promise<Envelope> {
  const response = await sandbox.fetch(`https://api.clever.com/${version}${path}`, {
    headers: { authorization: `Bearer ${sandbox.districts[0].token}` },
  });
  const { data = [] } = (await response.json()) as Partial<Envelope>;
  return { data };
}

async function readEverything(sandbox: Sandbox, version: Version): Promise<Listed[]> {
  const lists = KINDS.map(async (kind) => ({
    path: `/${kind}`,
    body: await read(sandbox, version, `/${kind}${kind === 'districts' ? '' : '?limit=10000'}`),
  }));
  const found = await Promise.all(lists);
  const schools = found.find(({ path }) => path === '/schools')?.body.data ?? [];
  const terms = schools.map(async ({ data: { id } }) => ({
    path: '/schools/{id}/terms',
    body: await read(sandbox, version, `/schools/${id}/terms?limit=10000`),
  }));
  const events = { path: '/events', body: await read(sandbox, version, '/events?limit=10000') };
  return [...found, ...(await Promise.all(terms)), events];
}

/** Everything from school life that the dashboard and the command line offer, and single edits. */
function letEverythingHappen(sandbox: Sandbox): void {
  const [district] = sandbox.districts;
  const { changes, users, sections, schools, courses, terms, resources } = district;
  const school = schools.create({ name: 'Annex' });
  const students = sandbox.people({ role: 'student', limit: 3 });
  const { id: newcomer } = users.create({
    name: { first: 'Noor', last: 'Newcomer' },
    roles: { student: { school: school.id, grade: '5' } },
  });
  for (const { id } of students) {
    changes.transfer({ student: id, school: school.id });
    changes.rename({ user: id, name: { last: 'Abara' } });
  }
  const section = sections.create({ name: 'Botany', school: school.id, students: [newcomer] });
  changes.enroll({ student: students[0]?.id ?? '', section: section.id });
  // The first teacher of the district has the section of a school without teachers.
  const teacher = sandbox.people({ role: 'teacher' }).at(-1);
  changes.addTeacher({ teacher: teacher?.id ?? '', section: section.id });
  changes.unenroll({ student: newcomer, section: section.id });
  const contact = users.create({ name: { last: 'A Parent' }, roles: { contact: {} } });
  changes.recreateContact({ contact: contact.id });
  users.create({ name: { first: 'Ada', last: 'Head' }, roles: { staff: {}, district_admin: {} } });
  courses.update(courses.create({ name: 'Botany' }).id, { number: '900' });
  terms.update(terms.create({ name: 'S3', start_date: '2027-06-07', end_date: '2027-07-30' }).id, { name: 'S4' });
  resources.update(resources.create({ title: 'Leaves' }).id, { title: 'Leaves and roots' });
  district.update({ lms_state: 'error' });
  district.pause({ endsAt: new Date(NOW + 86_400_000) });
  users.update(newcomer, { roles: { student: { gender: 'X' } } });
  district.resume();
  district.pause();
  district.resume();
  changes.startSchoolYear();
  changes.unshareSchool({ school: school.id });
  changes.shareSchool({ school: school.id });
  users.delete(newcomer);
}

const DOCUMENTED = proves('records as documented');
const SPECIFIED = proves('records as specified');

describe.each(['v3.0', 'v3.1'] as const)('every record and event of %s', (version) => {
  describesRow(() => ({ part: 'api', name: version }));

  it.each(DISTRICTS)('of a generated district fits the documentation: %o', DOCUMENTED, async (district) => {
    const sandbox = makeSandbox(district);
    const before = await readEverything(sandbox, version);
    letEverythingHappen(sandbox);
    const lists = [...before, ...(await readEverything(sandbox, version))];
    const forms = formsOf(version);
    const problems = new Set<string>();
    const types = new Set<unknown>();
    for (const { path, body } of lists) {
      for (const { data } of body.data) {
        const [kind, event] = path === '/events' ? eventIn(data) : [kindOf(path), undefined];
        types.add(data['type']);
        const form = forms[kind] ?? expect.fail(`no form of ${kind}`);
        for (const problem of problemsOf(form, event === undefined ? data : event.object)) {
          problems.add(`${path}: ${kind}${problem}`);
        }
        for (const problem of event?.previous === undefined ? [] : problemsOf(form, event.previous, true)) {
          problems.add(`${path}: previous ${kind}${problem}`);
        }
      }
    }
    expect([...problems]).toEqual([]);
    const kinds = ['courses', 'schools', 'sections', 'terms', 'users'];
    const expected = kinds.flatMap((kind) => ['created', 'deleted', 'updated'].map((action) => `${kind}.${action}`));
    expect([...types]).toEqual(
      expect.arrayContaining([
        ...expected.filter((type) => type !== 'schools.updated'),
        ...['districts.updated', 'resources.created', 'resources.updated'],
      ]),
    );
  });

  it.skipIf(referenceDir === undefined).each(DISTRICTS)(
    `of a generated district fits the official specification${referenceDir === undefined ? ` (${skipReason})` : ''}: %o`,
    SPECIFIED,
    async (district) => {
      const spec = readSpec(`${version}-client.yml`);
      const schemas = new SpecSchemas(
        spec,
        ALLOWANCES.filter(({ version: only = version }) => only === version),
      );
      const sandbox = makeSandbox(district);
      const before = await readEverything(sandbox, version);
      letEverythingHappen(sandbox);
      const lists = [...before, ...(await readEverything(sandbox, version))];
      const problems = lists.flatMap(({ path, body }) => {
        const operation = spec.operations.find((one) => one.method === 'get' && one.path === path);
        return schemas.problems(operation ?? expect.fail(`no operation ${path}`), 200, body);
      });
      expect([...new Set(problems)]).toEqual([]);
    },
  );
});

describe('the strict reader', () => {
  it('finds what is wrong', () => {
    const { users, terms } = formsOf('v3.1');
    const wrong = {
      id: 'x',
      district: '0123456789abcdef01234567',
      name: { first: 'A' },
      roles: {
        student: {
          enrollments: [{ school: '0123456789abcdef01234567', start_date: '2026-08-17' }],
          home_language: '',
          shoe_size: '38',
        },
      },
      created: '2026-08-01',
    };
    expect(problemsOf(users ?? expect.fail(), wrong)).toEqual([
      '.last_modified is missing',
      '.id is no id',
      '.name.last is missing',
      '.roles.student.school is missing',
      '.roles.student.schools is missing',
      '.roles.student.sis_id is missing',
      '.roles.student.enrollments[].start_date is no timestamp',
      '.roles.student.home_language is no language',
      '.roles.student.shoe_size is not documented',
      '.created is no timestamp',
    ]);
    expect(problemsOf(terms ?? expect.fail(), { start_date: null, other: 1 }, true)).toEqual([
      '.other is not documented',
    ]);
  });
});

function kindOf(path: string): string {
  return path === '/schools/{id}/terms' ? 'terms of a school' : path.slice(1);
}

function eventIn(data: Readonly<Record<string, unknown>>): [string, { object: unknown; previous: unknown }] {
  const { object, previous_attributes: previous } = data['data'] as { object: unknown; previous_attributes?: unknown };
  return [String(data['type']).split('.')[0] ?? '', { object, previous }];
}
