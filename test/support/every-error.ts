import {
  CleverApiError,
  CleverAuthenticationError,
  CleverBadRequestError,
  CleverCallbackError,
  CleverConfigError,
  CleverConnectionError,
  CleverCursorExpiredError,
  CleverDistrictDisconnectedError,
  type CleverError,
  type CleverErrorCode,
  CleverIdTokenError,
  CleverNotFoundError,
  CleverOAuthError,
  CleverPaginationError,
  CleverPermissionError,
  CleverRateLimitError,
  CleverServerError,
  CleverTimeoutError,
  CleverTokenError,
  CleverValidationError,
} from 'clever-sdk';
import { CleverSyncError } from 'clever-sdk/sync';
import type { ReasonEntry } from '../../src/errors/catalogue/entry.js';
import { CATALOGUE, type CatalogueCase } from '../../src/errors/catalogue/index.js';
import type { SyncErrorCode } from '../../src/errors/index.js';

const request = { method: 'GET', pathTemplate: '/v3.1/users/{id}', path: '/v3.1/users/u1', attempts: 1 };
const answer = { ...request, said: '', body: '' };
const listing = { pathTemplate: '/v3.1/users' };

type Maker = (entry: CatalogueCase) => CleverError;

const api =
  (Class: new (failure: typeof answer & { status: number; advice: string }) => CleverError): Maker =>
  (entry) =>
    new Class({ ...answer, status: 400, advice: `${entry.what} ${entry.do}` });

/** The entry as its error takes it; the catalogue has lost the type of its reason. */
const reasoned = <Reason extends string>({ what, do: advice, reason }: CatalogueCase): ReasonEntry<Reason> => ({
  what,
  do: advice,
  reason: reason as Reason,
});

/** How the error of each code is made. A code that is missing here does not compile. */
const MAKERS: Readonly<Record<Exclude<CleverErrorCode, SyncErrorCode>, Maker>> = {
  config: ({ what }) => new CleverConfigError(what),
  api: ({ what }) => new CleverApiError('api', { ...answer, status: 405, advice: what }),
  bad_request: api(CleverBadRequestError),
  authentication: api(CleverAuthenticationError),
  permission: api(CleverPermissionError),
  not_found: api(CleverNotFoundError),
  rate_limit: api(CleverRateLimitError),
  server: api(CleverServerError),
  connection: (entry) => new CleverConnectionError('connection', reasoned(entry), request),
  timeout: (entry) => new CleverTimeoutError(entry, { ...request, timeoutMs: 5, limit: 'total' }),
  oauth: ({ what }) => new CleverOAuthError('oauth', what),
  oauth_callback: (entry) => new CleverCallbackError(reasoned(entry)),
  oauth_token: (entry) => new CleverTokenError(entry, { where: 'POST /oauth/tokens → 400' }),
  oauth_id_token: (entry) => new CleverIdTokenError(reasoned(entry)),
  district_disconnected: (entry) => new CleverDistrictDisconnectedError(reasoned(entry)),
  validation: (entry) => new CleverValidationError(entry, { ...listing, issues: [], received: {} }),
  pagination: (entry) => new CleverPaginationError(reasoned(entry), listing),
  cursor_expired: (entry) =>
    new CleverCursorExpiredError(entry, {
      ...listing,
      cursor: 'c',
      cursorCreatedAt: new Date(0),
      maxAgeMs: 1,
      ageMs: 2,
    }),
};

function make(code: CleverErrorCode, entry: CatalogueCase): CleverError {
  return code in MAKERS
    ? MAKERS[code as keyof typeof MAKERS](entry)
    : new CleverSyncError(code as SyncErrorCode, { values: {} });
}

/** An error for every case of every code that the SDK has. */
export const EVERY_ERROR: readonly CleverError[] = Object.entries(CATALOGUE).flatMap(([code, page]) => {
  const { what, do: advice } = page;
  const cases = page.cases.length === 0 ? [{ key: code, what, do: advice }] : page.cases;
  return cases.map((entry) => make(code as CleverErrorCode, entry));
});
