import { CleverCallbackError } from '../errors/index.js';

/*
 * Why a callback does not become a login, in sentences for the developer. Of the callback they quote only
 * errors that are known, because an attacker can write such a URL.
 */

const NEW_LOGIN = 'Start a new login, with `login.start` or authorizationUrl().';

/** A code came without `state`, from a login that began inside Clever. */
export function stateMissing(): CleverCallbackError {
  return new CleverCallbackError(
    'The callback has a code and no `state`: the login began inside Clever (portal, Library, Instant Login link), or ' +
      'an attacker made it. Its code was not exchanged. Redirect once to a fresh authorizationUrl() and use the code that comes ' +
      'back: the person is signed in at Clever and does not notice it.',
    { reason: 'state_missing' },
  );
}

/** The same, in a browser that was sent to Clever with a `state` a moment ago. */
export function stateMissingAgain(): CleverCallbackError {
  return new CleverCallbackError(
    'The browser came back from Clever without `state` for the second time within a minute, although the SDK had sent ' +
      `one. Its code was not exchanged. ${NEW_LOGIN}`,
    { reason: 'state_missing' },
  );
}

/** The `state` is not that of a login of this browser. */
export function stateMismatch(): CleverCallbackError {
  return new CleverCallbackError(
    'The `state` of the callback is not the one that this browser was sent away with: its session or cookie was lost or ' +
      'is too old, two logins ran side by side, or an attacker made the callback. Its code was not exchanged. ' +
      `${NEW_LOGIN} If it happens to every user, check that the cookie reaches the path of the callback.`,
    { reason: 'state_mismatch' },
  );
}

/** Clever sent neither a code nor an error. */
export function codeMissing(): CleverCallbackError {
  return new CleverCallbackError(
    'The callback has neither a code nor an error: a person opened its address by hand, or a proxy dropped the query. ' +
      NEW_LOGIN,
    { reason: 'code_missing' },
  );
}

/** The callback does not have the form of one. */
export function malformed(what: string): CleverCallbackError {
  return new CleverCallbackError(`The callback is not one of Clever's: ${what}. Nothing was exchanged. ${NEW_LOGIN}`, {
    reason: 'malformed',
  });
}

/** Clever sent an error instead of a code; both words are as received. */
export function denied(error: string | undefined, errorDescription: string | undefined): CleverCallbackError {
  const meaning = error === undefined ? undefined : DENIALS.get(error);
  const message =
    meaning === undefined
      ? "Clever ended the login with an error that the SDK does not know; it is in this error's `error`. Offer to try again."
      : `Clever ended the login (${error}): ${meaning}`;
  return new CleverCallbackError(message, { reason: 'denied', error, errorDescription });
}

const NOT_CONNECTED =
  "the person's district has not connected this app, or does not share this person with it. Trying again does not help: " +
  "point the person to the district's Clever administrator.";
const APP_SETUP =
  'Clever did not accept what the app asked for. Check the client id and that the redirect URI is registered exactly as configured.';
const TROUBLE = "there is trouble on Clever's side. Offer to try again in a minute.";

/**
 * What the known errors of a callback mean. Source: RFC 6749 section 4.1.2.1; `unauthorized-user` is Clever's own
 * (observed).
 */
const DENIALS: ReadonlyMap<string, string> = new Map([
  ['unauthorized-user', NOT_CONNECTED],
  ['unauthorized_user', NOT_CONNECTED],
  ['access_denied', 'the person or the district refused. Offer to try again.'],
  ['invalid_request', APP_SETUP],
  ['unauthorized_client', APP_SETUP],
  ['unsupported_response_type', APP_SETUP],
  ['invalid_scope', APP_SETUP],
  ['server_error', TROUBLE],
  ['temporarily_unavailable', TROUBLE],
]);
