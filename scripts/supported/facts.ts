import { DATA_BEHAVIOURS } from './data-behaviours.ts';
import type { Evidence } from './evidence.ts';
import { LOGIN_BEHAVIOURS } from './login-behaviours.ts';

/** Paths of the Data API with captured answers, all of them of v3.0. */
const CAPTURED: readonly string[] = [
  '/districts',
  '/schools',
  '/schools/{id}',
  '/schools/{id}/terms',
  '/terms',
  '/terms/{id}',
  '/courses',
  '/courses/{id}',
  '/courses/{id}/district',
  '/courses/{id}/schools',
  '/courses/{id}/sections',
  '/courses/{id}/resources',
  '/sections',
  '/sections/{id}',
  '/sections/{id}/course',
  '/sections/{id}/users',
  '/sections/{id}/resources',
  '/users',
  '/users/{id}',
  '/users/{id}/schools',
  '/users/{id}/sections',
  '/users/{id}/resources',
  '/users/{id}/mycontacts',
  '/users/{id}/mystudents',
  '/users/{id}/myteachers',
  '/users/{id}/myContacts',
  '/users/{id}/myStudents',
  '/users/{id}/myTeachers',
  '/resources',
  '/events',
  '/events/{id}',
  '/me',
  '/oauth/tokens',
  '/oauth/tokeninfo',
];

/** The evidence for the other paths. The first match counts. */
const OTHERS: readonly (readonly [path: RegExp, evidence: Evidence])[] = [
  [/^\/(?:userinfo|oauth\/authorize|oauth\/instant-login|\.well-known\/.*|in\/\{shortname\})$/u, 'documented'],
  [/^\/(?:districts|schools|courses|terms|sections|users|resources|attendance)(?:\/|$)/u, 'specified'],
  [/^\/oauth\/(?:certs|logout)$/u, 'secondary'],
  [/^\/(?:oauth\/(?:consent|sign-in)|library(?:\/.*)?|portal(?:\/.*)?|sandbox\/.*)?$/u, 'own'],
];

/**
 * Returns the evidence for a route, by its path after the version; `undefined` for a route without an
 * entry.
 */
export function routeEvidence(path: string): Evidence | undefined {
  return CAPTURED.includes(path) ? 'captured' : OTHERS.find(([pattern]) => pattern.test(path))?.[1];
}

/** A behaviour of Clever, and the test that checks that the sandbox has it. */
export interface Behaviour {
  readonly area: string;
  readonly what: string;
  readonly evidence: Evidence;
  /** A file in `test/`, and a part of the title of a test in it. */
  readonly test: readonly [file: string, title: string];
}

/** Every behaviour of the table. */
export const BEHAVIOURS: readonly Behaviour[] = Object.entries({ ...LOGIN_BEHAVIOURS, ...DATA_BEHAVIOURS }).flatMap(
  ([area, rows]) =>
    rows.map(
      ([what, evidence, file, title]): Behaviour => ({ area, what, evidence, test: [`test/${file}.test.ts`, title] }),
    ),
);
