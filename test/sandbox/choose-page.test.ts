import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ask, small } from './support.js';

const page = readFileSync(new URL('../../docs/choose.md', import.meta.url), 'utf8');
const [, section = ''] = page.split('\n## What each token may read\n');
const [table = ''] = section.split('\n## ');
/** The rows of the table: what is read, and for each token whether it may. */
const [header = [], , ...rows] = [...table.matchAll(/^\| ?(?<cells>.*) \|$/gmu)].map(({ groups = {} }) =>
  (groups['cells'] ?? '').split('|').map((cell) => cell.trim()),
);
const cells = rows.flatMap(([what = '', ...answers]) =>
  answers.map((answer, index) => ({ what, token: header[index + 1] ?? '', mayRead: answer.startsWith('✓') })),
);

const sandbox = small({
  districts: [
    { seed: 5, students: 60 },
    { seed: 6, students: 60, tier: 'sso' },
    { seed: 7, students: 60, connection: 'library' },
  ],
});
const [connected, forLogins, library] = sandbox.districts;
const [school] = (await ask(sandbox, '/v3.1/schools?limit=1')).body.data;
const teacher = personOf(connected, 'teacher');

interface Bearer {
  readonly token: string;
  /** The person whose token it is; for a district's token, one of its people. */
  readonly user: string;
  readonly district: string;
}

function personOf(district: { readonly id: string } | undefined, role: 'teacher' | 'student'): string {
  return sandbox.people({ role, districtId: district?.id ?? '', hasSections: true })[0]?.id ?? '';
}

function person(user: string, district: { readonly id: string } | undefined): Bearer {
  return { token: sandbox.userToken({ user }), user, district: district?.id ?? '' };
}

const BEARERS: Readonly<Record<string, Bearer>> = {
  'Person, district login': person(teacher, connected),
  'Teacher, Library login': person(personOf(library, 'teacher'), library),
  'Student, Library login': person(personOf(library, 'student'), library),
  'District, single sign-on only': {
    token: forLogins?.token ?? '',
    user: personOf(forLogins, 'teacher'),
    district: forLogins?.id ?? '',
  },
  'District, Secure Sync': { token: connected.token, user: teacher, district: connected.id },
};

/** How the sandbox is asked for what a row is about. */
const PATHS: Readonly<Record<string, (bearer: Bearer) => string>> = {
  '`/me`, `/userinfo`': () => '/v3.1/me',
  'own `/users/{id}`': ({ user }) => `/v3.1/users/${user}`,
  'own `/districts/{id}`': ({ district }) => `/v3.1/districts/${district}`,
  'own sections, and their people': ({ user }) => `/v3.1/users/${user}/sections`,
  'everyone, schools, courses, terms': () => '/v3.1/users',
  '`/events`': () => '/v3.1/events',
  attendance: () => `/v3.1/attendance/schools/${school?.data.id}`,
};

describe('the page on tokens', () => {
  it('has a table with each token', () => {
    expect(header.slice(1)).toEqual(Object.keys(BEARERS));
    expect(rows.map(([what]) => what)).toEqual(expect.arrayContaining(Object.keys(PATHS)));
  });

  it.each(cells.filter(({ what }) => what in PATHS))('is right about $what with: $token', async (cell) => {
    const bearer = BEARERS[cell.token];
    const path = bearer && PATHS[cell.what]?.(bearer);
    const { status } = await ask(sandbox, path ?? '', bearer?.token);
    expect(status).toBe(cell.mayRead ? 200 : 404);
  });
});
