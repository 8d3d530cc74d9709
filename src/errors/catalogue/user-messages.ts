import type { CallbackFailureReason, CleverErrorCode } from '../codes.js';

/* Texts for the person who was logging in: plain, kind, and with no details of the request. */

/** Used for every error without a more specific text. */
export const DEFAULT_USER_MESSAGE = 'Something went wrong while logging you in. Please try again in a minute.';

export const USER_MESSAGES: Readonly<Partial<Record<CleverErrorCode, string>>> = {
  authentication: 'Your login has expired. Please log in again.',
  rate_limit: 'Too many people are logging in right now. Please try again in a minute.',
  oauth_token: 'Your login took too long or was already used. Please log in again.',
  oauth_id_token: 'Your login could not be confirmed. Please log in again.',
  district_disconnected:
    "Your district is no longer connected to this app. Please ask your district's Clever administrator.",
};

const NOT_CONNECTED =
  "Your school does not use this app with Clever yet. Please ask your district's Clever administrator.";
/** Clever has a problem on its side. */
export const TROUBLE = 'Clever is having problems at the moment. Please try again in a minute.';

/** For callback errors with a known meaning. `unauthorized-user` is an error code of Clever's (observed). */
export const DENIED_USER_MESSAGES: ReadonlyMap<string, string> = new Map([
  ['unauthorized-user', NOT_CONNECTED],
  ['unauthorized_user', NOT_CONNECTED],
  ['server_error', TROUBLE],
  ['temporarily_unavailable', TROUBLE],
]);

export const CALLBACK_USER_MESSAGES: Readonly<Record<CallbackFailureReason, string>> = {
  state_missing: 'Your login could not be confirmed. Please log in again.',
  state_mismatch:
    'Your login took too long or was interrupted. Please log in again. If that does not help, allow cookies for this site.',
  denied: 'Clever did not let you in. Please try again, or ask your teacher for help.',
  code_missing: 'Your login was interrupted. Please log in again.',
  malformed: 'Your login was interrupted. Please log in again.',
};
