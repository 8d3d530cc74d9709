import { createCleverClient } from 'clever-sdk';
import { recorder } from 'clever-sdk/recording';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import '../support/property-seed.js';
import { newFolder, textsIn } from './support.js';

const ID = '5f0c1a2b3c4d5e6f7a8b9c0d';
const DISTRICT = '5f0c1a2b3c4d5e6f7a8b9c0e';
const API = 'https://api.clever.com';

/** Every member that Clever documents for a person, with its roles, and one that it does not. */
const PERSON_PATHS = [
  ...['id', 'district', 'email', 'created', 'last_modified', 'lms_status', 'name', 'unheard_of'],
  ...['name.first', 'name.middle', 'name.last', 'lms_status.synced_in_lms'],
  ...['school', 'schools', 'enrollments', 'sis_id', 'state_id', 'student_number', 'grade', 'gender', 'race'].map(
    inStudent,
  ),
  ...['hispanic_ethnicity', 'dob', 'graduation_year', 'location', 'credentials', 'ext', 'ell_status'].map(inStudent),
  ...['frl_status', 'iep_status', 'home_language', 'home_language_code', 'gifted_status', 'disability'].map(inStudent),
  ...['section_504_status', 'preferred_name', 'weighted_gpa', 'legacy_id', 'email', 'created', 'unheard_of'].map(
    inStudent,
  ),
  ...['location.address', 'location.zip', 'credentials.district_username', 'ext.frl_status', 'ext.a.b.c'].map(
    inStudent,
  ),
  ...['enrollments.0.start_date', 'enrollments.0.unheard_of', 'disability.disability_code'].map(inStudent),
  ...['sis_id', 'title', 'ext.x', 'teacher_number'].map((member) => `roles.teacher.${member}`),
  ...['roles', 'title', 'department', 'staff_id'].map((member) => `roles.staff.${member}`),
  ...['phone', 'phone_type', 'sis_id', 'student_relationships', 'student_relationships.0.type'].map(
    (member) => `roles.contact.${member}`,
  ),
  ...['roles', 'roles.student', 'roles.principal.name'],
];

const RECORD_PATHS: Readonly<Record<string, readonly string[]>> = {
  schools: ['name', 'sis_id', 'principal.name', 'principal.x', 'location.city', 'ext.a.b', 'phone', 'low_grade', 'x'],
  sections: ['name', 'students', 'teacher', 'teachers', 'grade', 'subject', 'period', 'ext', 'lms_status', 'x.y'],
  courses: ['name', 'number', 'x'],
  terms: ['name', 'start_date', 'end_date', 'x'],
  resources: ['title', 'resource_id', 'roles', 'created', 'x'],
  districts: ['name', 'sis_type', 'portal_url', 'login_methods', 'state', 'error', 'district_contact.name.x', 'x'],
};

function inStudent(member: string): string {
  return `roles.student.${member}`;
}

/** Marks that can be found again in whatever is made of them, and are long enough not to occur in it by chance. */
const mark = fc.oneof(
  fc.stringMatching(/^Zq[a-z]{6}X$/u),
  fc.stringMatching(/^[1-9]\d{11}$/u),
  fc.stringMatching(/^[a-f]{4}[0-9]{4}[a-f0-9]{16}$/u),
  fc.stringMatching(/^zq[a-z]{5}@zq[a-z]{5}\.org$/u),
  fc.stringMatching(/^Zq[a-z]{5} Zq[a-z]{5}$/u),
);
const odd = fc.oneof(
  mark,
  mark.filter((text) => /^\d+$/u.test(text)).map(Number),
  mark.map((text) => [text]),
  mark.map((text) => ({ [text]: { [text]: [text, { deep: text }] } })),
);

/** Puts a value at a path, through whatever is on the way. */
function put(target: Record<string, unknown>, path: string, value: unknown): void {
  const [first = '', ...rest] = path.split('.');
  if (rest.length === 0) {
    target[first] = value;
    return;
  }
  const next = /^\d+$/u.test(rest[0] ?? '') ? [] : {};
  const inner = typeof target[first] === 'object' && target[first] !== null ? target[first] : next;
  target[first] = inner;
  put(inner as Record<string, unknown>, rest.join('.'), value);
}

/** Every text and number in a value, names of members included, that is long enough to be a mark. */
function marksIn(value: unknown): string[] {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([name, member]) => [...marksIn(name), ...marksIn(member)]);
  }
  const words = typeof value === 'string' || typeof value === 'number' ? String(value).match(/[\p{L}\p{N}]+/gu) : null;
  return [...(words ?? [])].filter((word) => /^zq[a-z]+|^\d{12}$|^[a-f]{4}\d{4}/iu.test(word));
}

/** Records answers, each to one request, and returns all that was written. */
async function writtenOf(answers: Readonly<Record<string, { readonly status?: number; readonly body: unknown }>>) {
  const out = await newFolder();
  const fetch = recorder(
    async (input) => {
      const { status = 200, body } = answers[String(input).slice(API.length)] ?? { status: 404, body: {} };
      return new Response(typeof body === 'string' ? body : JSON.stringify(body), {
        status,
        headers: { 'x-request-id': 'ZqHeader', 'set-cookie': 'a=ZqCookie' },
      });
    },
    { out, sensitiveFields: 'all' },
  );
  for (const path of Object.keys(answers)) {
    await fetch(`${API}${path}`, { headers: { authorization: 'Bearer ZqToken' } });
  }
  await fetch.finish();
  return Object.entries(await textsIn(out)).join('\n');
}

function expectNone(written: string, source: unknown): void {
  const lower = written.toLowerCase();
  expect(marksIn(source).filter((found) => lower.includes(found.toLowerCase()))).toEqual([]);
}

describe('a recording', () => {
  it('has no marked value of a person, in whatever member and of whatever type, in a list or an event', async () => {
    const people = fc.array(fc.array(fc.tuple(fc.constantFrom(...PERSON_PATHS), odd), { maxLength: 12 }), {
      minLength: 1,
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(people, people, async (inList, inEvents) => {
        const person = (marks: readonly (readonly [string, unknown])[], index: number) => {
          const record = { id: `${ID.slice(0, 21)}${String(index).padStart(3, '0')}`, district: DISTRICT };
          for (const [path, value] of marks) {
            put(record, path, value);
          }
          return record;
        };
        const body = { data: inList.map(person).map((data) => ({ data, uri: '/v3.1/users/ZqUri' })), links: [] };
        const events = inEvents.map((marks, index) => ({
          id: `${ID.slice(0, 20)}${String(index).padStart(4, '0')}`,
          type: 'users.updated',
          created: '2026-01-01T00:00:00.000Z',
          data: { object: person(marks, index), previous_attributes: person(marks, index) },
        }));
        const answers = {
          '/v3.1/users?limit=ZqQuery': { body },
          '/v3.1/events': { body: { data: events.map((data) => ({ data })), links: [] } },
        };
        const written = await writtenOf(answers);
        expectNone(written, [body, events]);
        expect(written).not.toMatch(/zqheader|zqcookie|zqtoken|zqquery|zquri/iu);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it.for(Object.entries(RECORD_PATHS))('has no marked value of %s', { timeout: 60_000 }, async ([kind, paths]) => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.constantFrom(...paths), odd), { maxLength: 8 }), async (marks) => {
        const record = { id: ID, ...(kind === 'districts' ? {} : { district: DISTRICT }) };
        for (const [path, value] of marks) {
          put(record, path, value);
        }
        const body = { data: record, links: [{ rel: 'ZqRel', uri: '/ZqLink' }] };
        const written = await writtenOf({ [`/v3.1/${kind}/${ID}`]: { body } });
        expectNone(written, body);
        expect(written).not.toMatch(/zqrel|zqlink/iu);
      }),
      { numRuns: 40 },
    );
  });

  it('has no marked value of the answers about people, tokens and errors', async () => {
    const answers = {
      '/v3.1/me': {
        body: {
          type: 'ZqalphaX',
          data: { id: 'ZqbetaX', district: 'ZqgammaX', type: 'user', ZqdeltaX: 'ZqepsilonX' },
          links: [
            { rel: 'canonical', uri: '/v3.1/users/ZqzetaX' },
            { rel: 'ZqetaX', uri: '/me' },
          ],
          ZqthetaX: ['ZqiotaX'],
        },
      },
      '/userinfo': { body: { sub: 'ZqkappaX', name: 'ZqlambdaX', email: 'zqmu@zqnu.org', ZqxiX: { a: 'ZqomicronX' } } },
      '/oauth/tokeninfo': { body: { client_id: 'ZqpiX', scopes: ['read:ZqrhoX'], ZqsigmaX: 'ZqtauX' } },
      '/oauth/tokens': {
        body: {
          data: [
            { id: 'ZqupsilonX', owner: { id: 'ZqphiX', type: 'ZqchiX' }, access_token: 'ZqpsiX', refresh: 'ZqomegaX' },
          ],
          links: [{ rel: 'self', uri: '/ZqarcaX' }],
        },
      },
      '/v3.1/users/ZqboreX': { status: 404, body: { error: 'No user ZqcedoX', code: 91, ZqducoX: 'ZqfacioX' } },
      '/v3.1/sections/ZqhortusX': { status: 500, body: '<html>Cannot GET /ZqiaceoX</html>' },
      '/ZqlaudoX/ZqmareX': { status: 403, body: { message: { text: 'ZqnauraX' } } },
      '/v3.1/attendance/schools/1': { body: { data: [{ student_id: 'ZqoculusX' }], links: [] } },
      '/v3.1/ZqpaterX': { body: { data: [{ data: { id: 'ZqrosaX', district: 'ZqsolX' } }] } },
    };
    expect(await writtenOf(answers)).not.toMatch(/zq/iu);
  });
});

it('has no sensitive field that was not asked for, whatever the client asks for', async () => {
  const student = {
    id: ID,
    district: DISTRICT,
    name: { last: 'A' },
    roles: { student: { frl_status: 'Free', ell_status: 'Y' } },
  };
  const body = { data: [{ data: student }], links: [] };
  const record = async (options: object): Promise<string> => {
    const out = await newFolder();
    const fetch = recorder(async () => Response.json(body), { out, ...options });
    expect(await (await fetch(`${API}/v3.1/users`)).json()).toEqual(body);
    await fetch.finish();
    return (await textsIn(out))['users-0001.json'] ?? '';
  };
  expect(await record({})).not.toMatch(/frl_status|ell_status|Free/u);
  expect(await record({ sensitiveFields: ['frl_status'] })).toMatch(/"frl_status": "Free"/u);
  expect(await record({ sensitiveFields: ['frl_status'] })).not.toMatch(/ell_status/u);
  expect(() => recorder(fetch, { out: 'x', sensitiveFields: ['dob' as never] })).toThrow(/must be 'all' or a list/u);
});

it('passes answers on as they came', async () => {
  const out = await newFolder();
  const fetch = recorder(async () => Response.json({ data: { id: ID, district: DISTRICT }, links: [] }), { out });
  const user = await createCleverClient({ fetch, validation: 'off' }).district({ token: 'token' }).users.get(ID);
  expect(user.id).toBe(ID);
});
