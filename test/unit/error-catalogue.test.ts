import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/errors/catalogue/index.js';
import { DENIED_USER_MESSAGES } from '../../src/errors/catalogue/user-messages.js';
import type {
  CallbackFailureReason,
  CleverErrorCode,
  ConnectionFailureReason,
  DistrictDisconnectedReason,
  IdTokenFailureReason,
  PaginationFailureReason,
} from '../../src/errors/index.js';
import { messageOf } from '../../src/errors/message.js';

/** Every reason of a type: a missing or surplus one does not compile. */
const all = <Reason extends string>(reasons: Readonly<Record<Reason, true>>): readonly string[] => Object.keys(reasons);

const REASONS: Partial<Record<CleverErrorCode, readonly string[]>> = {
  connection: all<Exclude<ConnectionFailureReason, 'timeout'>>({
    network: true,
    body: true,
    not_json: true,
    too_large: true,
    envelope: true,
    redirect: true,
  }),
  timeout: ['timeout'],
  oauth_callback: all<CallbackFailureReason>({
    state_missing: true,
    state_mismatch: true,
    denied: true,
    code_missing: true,
    malformed: true,
  }),
  oauth_id_token: all<IdTokenFailureReason>({
    malformed: true,
    algorithm: true,
    unknown_key: true,
    signature: true,
    issuer: true,
    audience: true,
    expired: true,
    nonce: true,
    subject: true,
    missing: true,
  }),
  district_disconnected: all<DistrictDisconnectedReason>({ not_listed: true, unauthorized: true, not_found: true }),
  pagination: all<PaginationFailureReason>({
    repeated_link: true,
    unreadable_link: true,
    foreign_link: true,
    max_items: true,
    unordered: true,
    invalid_cursor: true,
  }),
};

/** The values that may be filled in: numbers, names of options and parameters, known errors, and paths with kinds. */
const PLACEHOLDERS = [
  'timeoutMs',
  'option',
  'waitMs',
  'maxResponseBytes',
  'maxItems',
  'target',
  'filter',
  'days',
  'issues',
  'parameter',
  'error',
  'found',
  'needed',
  'seconds',
  'state',
  'read',
  'kind',
  'counted',
  'holder',
  'library',
  'code',
];

const entries = Object.entries(CATALOGUE).flatMap(([code, { cases, ...page }]) => [
  { name: code, ...page },
  ...cases.map(({ key, ...entry }) => ({ name: `${code}: ${key}`, ...entry })),
]);

describe('the catalogue of errors', () => {
  it.each(Object.entries(REASONS))('has an entry for every reason of %s', (code, reasons) => {
    const known = new Set(CATALOGUE[code as CleverErrorCode].cases.map(({ reason }) => reason));
    expect([...known].sort()).toEqual([...(reasons ?? [])].sort());
  });

  it.each(entries)('says what happened and what to do: $name', ({ what, do: advice }) => {
    for (const text of [what, advice]) {
      expect(text).toMatch(/^[A-Z0-9`].*[.]$/su);
      expect(text).not.toMatch(/\s{2}/u);
    }
  });

  it.each(entries)('holds no value of a record: $name', ({ what, do: advice }) => {
    // The one package that a message names.
    const text = `${what} ${advice}`.replace('@electric-sql/pglite', 'pglite');
    expect(PLACEHOLDERS).toEqual(expect.arrayContaining([...text.matchAll(/\{(\w+)\}/gu)].map(([, name]) => name)));
    expect(text).not.toMatch(/@|[0-9a-f]{24}|https?:/u);
  });

  it('has a sentence for people in every page, and for every error of Clever that it knows', () => {
    const sentences = Object.values(CATALOGUE).flatMap(({ userMessage }) =>
      typeof userMessage === 'string' ? [userMessage] : Object.values(userMessage),
    );
    for (const sentence of [...sentences, ...DENIED_USER_MESSAGES.values()]) {
      expect(sentence).toMatch(/^[A-Z].*\.$/u);
    }
    const denied = CATALOGUE.oauth_callback.cases.map(({ key }) => key);
    expect(denied).toEqual(expect.arrayContaining([...DENIED_USER_MESSAGES.keys()]));
  });

  it('is the only source of error messages, except those about configuration', () => {
    const made = /new Clever(?!Config|Api|Sync)\w+Error\((?!'connection', )\s*['"`]/u;
    const offenders = globSync('src/**/*.ts').filter((path) => made.test(readFileSync(path, 'utf8')));
    expect(offenders).toEqual([]);
  });

  it('fills in the placeholders of an entry, once', () => {
    const entry = { what: 'It took {waitMs} ms.', do: 'See {path} and {waitMs}.' };
    expect(messageOf(entry, { waitMs: 5, path: '/users/{waitMs}' })).toBe('It took 5 ms. See /users/{waitMs} and 5.');
  });
});
