import * as sdk from 'clever-sdk';
import * as values from 'clever-sdk/values';
import { expect, it } from 'vitest';

/*
 * The root keeps what its own signatures need and what most apps use. Everything else on values is in
 * `clever-sdk/values`, so that the completions of the root are about clients and errors.
 */
const ROOT = [
  'CLIENT_DEFAULTS',
  'CleverApiError',
  'CleverAuthenticationError',
  'CleverBadRequestError',
  'CleverCallbackError',
  'CleverConfigError',
  'CleverConnectionError',
  'CleverCursorExpiredError',
  'CleverDistrictDisconnectedError',
  'CleverError',
  'CleverIdTokenError',
  'CleverNotFoundError',
  'CleverOAuthError',
  'CleverPaginationError',
  'CleverPermissionError',
  'CleverRateLimitError',
  'CleverServerError',
  'CleverTimeoutError',
  'CleverTokenError',
  'CleverValidationError',
  'ROLE_ORDER',
  'cleverEntry',
  'cleverOptionsFromEnv',
  'compact',
  'createCleverClient',
  'createMemoryRateBudget',
  'describeAccess',
  'diffDistrictTokens',
  'hasCode',
  'isCleverError',
  'isKnownEvent',
  'normalizeGrade',
  'normalizeSubject',
  'parseDob',
  'redact',
  'toNodeHandler',
];

it('the root exports at most 45 values, and these', () => {
  expect(ROOT.length).toBeLessThanOrEqual(45);
  expect(Object.keys(sdk).sort()).toEqual(ROOT);
});

it('what the root exports of values is the same in clever-sdk/values', () => {
  const shared = Object.entries<unknown>(values).filter(([name]) => name in sdk);
  expect(shared.map(([name]) => name).sort()).toEqual([
    'ROLE_ORDER',
    'compact',
    'describeAccess',
    'isKnownEvent',
    'normalizeGrade',
    'normalizeSubject',
    'parseDob',
  ]);
  const root: Readonly<Record<string, unknown>> = { ...sdk };
  expect(shared.filter(([name, value]) => root[name] !== value)).toEqual([]);
});
