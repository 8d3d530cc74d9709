import type {
  CleverApiError,
  CleverAuthenticationError,
  CleverBadRequestError,
  CleverNotFoundError,
  CleverPermissionError,
  CleverRateLimitError,
  CleverServerError,
} from './api.js';
import { type CleverError, isCleverError } from './base.js';
import type { CleverErrorCode, SyncErrorCode } from './codes.js';
import type { CleverConfigError } from './config.js';
import type { CleverConnectionError, CleverTimeoutError } from './connection.js';
import type { CleverDistrictDisconnectedError } from './district.js';
import type { CleverCallbackError, CleverIdTokenError, CleverOAuthError, CleverTokenError } from './oauth.js';
import type { CleverCursorExpiredError, CleverPaginationError } from './pagination.js';
import type { CleverSyncError } from './sync.js';
import type { CleverValidationError } from './validation.js';

/** A union of every error that the SDK throws; `code` distinguishes them. */
export type AnyCleverError =
  | CleverConfigError
  | CleverApiError<'api'>
  | CleverBadRequestError
  | CleverAuthenticationError
  | CleverPermissionError
  | CleverNotFoundError
  | CleverRateLimitError
  | CleverServerError
  | CleverConnectionError<'connection'>
  | CleverTimeoutError
  | CleverOAuthError<'oauth'>
  | CleverCallbackError
  | CleverTokenError
  | CleverIdTokenError
  | CleverDistrictDisconnectedError
  | CleverValidationError
  | CleverPaginationError
  | CleverCursorExpiredError
  | { [Code in SyncErrorCode]: CleverSyncError & { readonly code: Code } }[SyncErrorCode];

/**
 * Checks whether a value is an SDK error with this `code`, even one from another copy of the SDK in the same process.
 *
 * @example
 * ```ts
 * import { hasCode } from 'clever-sdk';
 *
 * function waitFor(error: unknown): number | undefined {
 *   return hasCode(error, 'rate_limit') ? error.retryAfterMs : undefined;
 * }
 * ```
 */
export function hasCode<Code extends CleverErrorCode>(
  error: unknown,
  code: Code,
): error is Extract<AnyCleverError, { code: Code }> {
  return isCleverError(error) && (error as CleverError).code === code;
}
