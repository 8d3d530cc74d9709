import { DATA_BEHAVIOURS } from './data-behaviours.ts';
import { LOGIN_BEHAVIOURS } from './login-behaviours.ts';

/**
 * What it is known from that Clever behaves so, from the strongest to the weakest.
 *
 * - `captured`: seen in answers of the live service
 * - `documented`: in the prose of dev.clever.com or support.clever.com
 * - `specified`: in the official specifications alone
 * - `secondary`: known from other people's code or texts alone
 * - `inferred`: our reading; Clever may do otherwise
 * - `own`: the sandbox's own, which Clever does not have
 */
export type Evidence = 'captured' | 'documented' | 'specified' | 'secondary' | 'inferred' | 'own';

/** The meaning of each kind of evidence, for readers. */
export const EVIDENCE: Readonly<Record<Evidence, string>> = {
  captured: 'seen in answers of the live service',
  documented: "in the prose of Clever's documentation",
  specified: "in Clever's official specifications alone",
  secondary: "known from other people's code alone",
  inferred: 'our reading: Clever may do otherwise',
  own: "the sandbox's own, not Clever's",
};

/** Paths of the Data API of which answers were captured, all of them of v3.0. */
const CAPTURED: readonly string[] = [
  ...['/districts', '/schools', '/schools/{id}', '/schools/{id}/terms', '/terms', '/terms/{id}'],
  ...['/courses', '/courses/{id}', '/courses/{id}/district', '/courses/{id}/schools', '/courses/{id}/sections'],
  ...['/courses/{id}/resources', '/sections', '/sections/{id}', '/sections/{id}/course', '/sections/{id}/users'],
  ...['/sections/{id}/resources', '/users', '/users/{id}', '/users/{id}/schools', '/users/{id}/sections'],
  ...['/users/{id}/resources', '/users/{id}/mycontacts', '/users/{id}/mystudents', '/users/{id}/myteachers'],
  ...['/users/{id}/myContacts', '/users/{id}/myStudents', '/users/{id}/myTeachers', '/resources'],
  ...['/events', '/events/{id}', '/me', '/oauth/tokens', '/oauth/tokeninfo'],
];

/** What the other paths rest on. The first that fits counts. */
const OTHERS: readonly (readonly [path: RegExp, evidence: Evidence])[] = [
  [/^\/(?:userinfo|oauth\/authorize|oauth\/instant-login|\.well-known\/.*|in\/\{shortname\})$/u, 'documented'],
  [/^\/(?:districts|schools|courses|terms|sections|users|resources|attendance)(?:\/|$)/u, 'specified'],
  [/^\/oauth\/(?:certs|logout)$/u, 'secondary'],
  [/^\/(?:oauth\/(?:consent|sign-in)|library(?:\/.*)?|portal(?:\/.*)?|sandbox\/.*)?$/u, 'own'],
];

/** What a route rests on, by its path behind the version; `undefined` for one that nobody told of here. */
export function routeEvidence(path: string): Evidence | undefined {
  return CAPTURED.includes(path) ? 'captured' : OTHERS.find(([pattern]) => pattern.test(path))?.[1];
}

/** A way in which Clever behaves, and the test that holds the sandbox to it. */
export interface Behaviour {
  readonly area: string;
  readonly what: string;
  readonly evidence: Evidence;
  /** A file below `test/` and a part of the title of a test in it. */
  readonly test: readonly [file: string, title: string];
}

/** A {@link Behaviour} in short; of the file only what is between `test/` and `.test.ts`. */
type Row = readonly [what: string, evidence: Evidence, file: string, title: string];

/** Behaviours by their area. */
export type Areas = Readonly<Record<string, readonly Row[]>>;

/** Every behaviour of the table. */
export const BEHAVIOURS: readonly Behaviour[] = Object.entries({ ...LOGIN_BEHAVIOURS, ...DATA_BEHAVIOURS }).flatMap(
  ([area, rows]) =>
    rows.map(
      ([what, evidence, file, title]): Behaviour => ({ area, what, evidence, test: [`test/${file}.test.ts`, title] }),
    ),
);
