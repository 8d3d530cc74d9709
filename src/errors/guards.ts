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
import type { CleverErrorCode } from './codes.js';
import type { CleverConfigError } from './config.js';
import type { CleverConnectionError, CleverTimeoutError } from './connection.js';
import type { CleverDistrictDisconnectedError } from './district.js';
import type { CleverCallbackError, CleverIdTokenError, CleverOAuthError, CleverTokenError } from './oauth.js';
import type { CleverCursorExpiredError, CleverPaginationError } from './pagination.js';
import type { CleverValidationError } from './validation.js';

/** Every error that the SDK throws, to be distinguished by `code`. */
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
  | CleverCursorExpiredError;

/**
 * Recognises one kind of SDK error by its `code`, also across copies of the SDK in one process.
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
