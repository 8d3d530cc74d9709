import { createSandbox, type Sandbox } from 'clever-sdk/sandbox';
import { beforeAll, describe, expect, it } from 'vitest';
import { referenceDir, skipReason } from '../support/reference.js';
import { ALLOWANCES } from './spec-allowances.js';
import { readSpec, type Spec, type SpecOperation, SpecSchemas } from './spec-schemas.js';

interface Recorded {
  readonly method: string;
  /** The operation as the specification writes it. */
  readonly path: string;
  readonly status: number;
  readonly body: unknown;
}

type Ids = Readonly<Record<string, readonly string[]>>;
type Asked = (method: string, path: string, concrete: string, body?: unknown) => Promise<Recorded>;

const FILES = {
  'v3.0': ['v3.0.yml', 'v3.0-events.yml', 'v3.0-client.yml'],
  // The attendance file refers to definitions that only the client file has, and adds no definitions.
  'v3.1': ['v3.1.yml', 'v3.1-events.yml', 'v3.1-lms.yml', 'v3.1-client.yml'],
} as const;

const NOW = Date.UTC(2026, 8, 15, 12);
const UNKNOWN_ID = '0123456789abcdef01234567';
const title = 'every answer of the sandbox against the official specifications';

if (referenceDir === undefined) {
  process.stderr.write(`${title}: ${skipReason}\n`);
}

describe.skipIf(referenceDir === undefined)(referenceDir === undefined ? `${title} (${skipReason})` : title, () => {
  describe.each(['v3.0', 'v3.1'] as const)('%s', (version) => {
    const allowances = ALLOWANCES.filter(({ version: only = version }) => only === version);
    let specs: Spec[];
    let recorded: Recorded[];

    beforeAll(async () => {
      specs = FILES[version].map(readSpec);
      recorded = await recordAll(version, specs.at(-1)?.operations ?? []);
    });

    it('calls every operation, with every status that it can answer', () => {
      const asked = new Set(recorded.map(({ method, path }) => `${method} ${path}`));
      const client = specs.at(-1)?.operations.map(({ method, path }) => `${method} ${path}`) ?? [];
      const all = specs.flatMap(({ operations }) => operations.map(({ path }) => path));
      expect([...asked].sort()).toEqual([...client].sort());
      expect(all.every((path) => recorded.some((one) => one.path === path && one.status === 200))).toBe(true);
      expect(specs[0]?.operations).toHaveLength(42);
      expect(new Set(recorded.map(({ status }) => status))).toEqual(
        new Set(version === 'v3.0' ? [200, 404] : [200, 400, 404]),
      );
    });

    it('fits, apart from the named differences', () => {
      for (const spec of specs) {
        expect([spec.file, problemsOf(spec, new SpecSchemas(spec, allowances), recorded)]).toEqual([spec.file, []]);
      }
    });

    it.each(allowances.map((allowance) => [allowance.name, allowance] as const))(
      'needs the allowance that %s',
      (_, left) => {
        const others = allowances.filter((allowance) => allowance !== left);
        const problems = specs.flatMap((spec) => problemsOf(spec, new SpecSchemas(spec, others), recorded));
        expect(problems).not.toEqual([]);
      },
    );
  });
});

function problemsOf(spec: Spec, schemas: SpecSchemas, recorded: readonly Recorded[]): string[] {
  const problems = recorded.flatMap(({ method, path, status, body }) => {
    const operation = spec.operations.find((one) => one.method === method && one.path === path);
    // The data files omit the 404 of some lists, although every list of a record can have one.
    const isUndeclared = operation?.responses[String(status)] === undefined;
    return operation === undefined || (isUndeclared && status !== 200)
      ? []
      : schemas.problems(operation, status, body).map((problem) => `${method} ${path} ${status}: ${problem}`);
  });
  return [...new Set(problems)];
}

/** Calls everything: each operation for several records, for an unknown one, and over several pages. */
async function recordAll(version: 'v3.0' | 'v3.1', operations: readonly SpecOperation[]): Promise<Recorded[]> {
  const clock = () => NOW;
  const districts = [{ seed: 5, students: 120, sensitiveFields: 'all' }] as const;
  const sandbox = createSandbox({ districts, clock, rateLimit: { limit: 100_000 } });
  changeEverything(sandbox);
  const ask: Asked = async (method, path, concrete, body) => {
    const response = await sandbox.fetch(`https://api.clever.com/${version}${concrete}`, {
      method,
      headers: { authorization: `Bearer ${sandbox.districts[0].token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { method: method.toLowerCase(), path, status: response.status, body: text === '' ? {} : JSON.parse(text) };
  };
  const ids = await findIds(ask);
  const reads = operations.filter(({ method, path }) => method === 'get' && !path.includes('/assignments'));
  const recorded: Recorded[] = [];
  for (const { path } of reads) {
    const kind = path.split('/')[path.startsWith('/attendance') ? 2 : 1] ?? '';
    const concrete = path.includes('{') ? [...(ids[kind] ?? []), UNKNOWN_ID].map((id) => fill(path, id)) : [path];
    for (const one of concrete) {
      const first = await ask('GET', path, `${one}${path.includes('{') ? '' : '?limit=3'}`);
      recorded.push(first, await ask('GET', path, one));
      recorded.push(...(await followingPages(ask, version, first)));
    }
    if (/^\/(courses|districts|schools|sections|terms|users)$/u.test(path)) {
      recorded.push(await ask('GET', path, `${path}?count=true`));
    }
  }
  return version === 'v3.0' ? recorded : [...recorded, ...(await recordAssignments(ask, ids))];
}

async function followingPages(ask: Asked, version: string, page: Recorded): Promise<Recorded[]> {
  const { links = [] } = page.body as { links?: { rel: string; uri: string }[] };
  const next = links.find(({ rel }) => rel === 'next')?.uri.slice(version.length + 1);
  return next === undefined ? [] : [await ask('GET', page.path, next)];
}

/** Ids of all records except users, of whom there are too many: only some users of each role. */
async function findIds(ask: Asked): Promise<Ids> {
  const read = async (path: string): Promise<string[]> => {
    const { body } = await ask('GET', path, path);
    return (body as { data: { data: { id: string } }[] }).data.map(({ data }) => data.id);
  };
  const roles = ['contact', 'district_admin', 'staff', 'student', 'teacher'];
  const users = await Promise.all(roles.map((role) => read(`/users?limit=5&role=${role}`)));
  const kinds = ['districts', 'schools', 'terms', 'courses', 'sections', 'resources', 'events'];
  const others = await Promise.all(kinds.map(async (kind) => [kind, (await read(`/${kind}?limit=25`)).slice(0, 25)]));
  return { ...Object.fromEntries(others), users: users.flat() } as Ids;
}

async function recordAssignments(ask: Asked, ids: Ids): Promise<Recorded[]> {
  const path = '/sections/{section_id}/assignments';
  const one = `${path}/{assignment_id}`;
  const [submissions, submission] = [`${one}/submissions`, `${one}/submissions/{user_id}`];
  const base = fill(path, ids['sections']?.[0] ?? '');
  const due_date = new Date(NOW + 86_400_000).toISOString();
  const attachments = [{ type: 'file', url: 'https://files.example.org/1', title: 'Sheet' }];
  const given = { title: 'Chapter 4', description: '<p>Read it.</p>', due_date, points_possible: 10, attachments };
  const created = await ask('POST', path, base, given);
  const { id } = (created.body as { data: { id: string } }).data;
  const listed = await ask('GET', submissions, `${base}/${id}/submissions?limit=2`);
  const [{ user_id: user = '' } = {}] = (listed.body as { data: { user_id?: string }[] }).data;
  const grade = { grade: '9', grade_points: 9, grade_comment: 'Good', state: 'returned', flags: ['late'], attachments };
  return [
    created,
    listed,
    await ask('POST', path, base, { title: 'No due date' }),
    await ask('GET', one, `${base}/${id}`),
    await ask('GET', one, `${base}/none`),
    await ask('PATCH', one, `${base}/${id}`, { title: 'Chapter 5' }),
    await ask('PATCH', one, `${base}/${id}`, { title: 5 }),
    await ask('PATCH', one, `${base}/none`, { title: 'Chapter 5' }),
    await ask('GET', submissions, `${base}/${id}/submissions`),
    await ask('GET', submissions, `${base}/none/submissions`),
    await ask('GET', submission, `${base}/${id}/submissions/${user}`),
    await ask('GET', submission, `${base}/${id}/submissions/${UNKNOWN_ID}`),
    await ask('PATCH', submission, `${base}/${id}/submissions/${user}`, grade),
    await ask('PATCH', submission, `${base}/${id}/submissions/${user}`, { flags: ['early'] }),
    await ask('GET', submission, `${base}/${id}/submissions/${user}`),
    await ask('DELETE', one, `${base}/${id}`),
    await ask('DELETE', one, `${base}/${id}`),
  ];
}

/** One event of each type that the sandbox writes. */
function changeEverything(sandbox: Sandbox): void {
  const district = sandbox.districts[0];
  district.update({ lms_state: 'error' });
  district.update({ lms_state: 'success', error: 'for a while' });
  const course = district.courses.create({ name: 'Botany' });
  district.courses.update(course.id, { number: '900' });
  const term = district.terms.create({ name: 'S3', start_date: '2027-06-07', end_date: '2027-07-30' });
  district.terms.update(term.id, { name: 'S4' });
  const school = district.schools.create({ name: 'Annex', low_grade: '1' });
  district.schools.update(school.id, { high_grade: '5', location: { city: 'Exampleton' } });
  const user = district.users.create({ name: { first: 'Ada', last: 'Example' }, roles: { student: { grade: '1' } } });
  district.users.update(user.id, {
    email: 'ada@students.example.com',
    roles: { student: { credentials: { district_username: 'ada' }, dob: '1/2/2018' } },
  });
  const section = district.sections.create({ name: 'Botany', students: [user.id], school: school.id });
  district.sections.update(section.id, { students: [], lms_status: { synced_in_lms: true } });
  const resource = district.resources.create({ title: 'Leaves', roles: ['student'] });
  district.resources.update(resource.id, { title: 'Leaves and roots' });
  district.sections.delete(section.id);
  district.resources.delete(resource.id);
  district.users.delete(user.id);
  district.terms.delete(term.id);
  district.courses.delete(course.id);
  district.schools.delete(school.id);
}

function fill(path: string, id: string): string {
  return path.replace(/\{[^}]*\}/u, id);
}
