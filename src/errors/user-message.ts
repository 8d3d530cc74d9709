import type { CleverErrorCode } from './base.js';

const DEFAULT = 'Something went wrong while logging you in. Please try again in a minute.';

const BY_CODE: Partial<Record<CleverErrorCode, string>> = {
  authentication: 'Your login has expired. Please log in again.',
  rate_limit: 'Too many people are logging in right now. Please try again in a minute.',
  oauth_token: 'Your login took too long or was already used. Please log in again.',
  oauth_id_token: 'Your login could not be confirmed. Please log in again.',
  district_disconnected:
    "Your district is no longer connected to this app. Please ask your district's Clever administrator.",
};

/** What a person may be told about an error: plain, kind, and nothing about the request. */
export function userMessageFor(code: CleverErrorCode): string {
  return BY_CODE[code] ?? DEFAULT;
}
