import type { CallbackFailureReason, ConnectionFailureReason, IdTokenFailureReason } from '../codes.js';
import type { ByReason, CatalogueEntry, ReasonEntry } from './entry.js';

const NEW_LOGIN = 'Start a new login, with `login.start` or authorizationUrl().';

/** A callback does not become a login. Nothing of it is quoted but errors that are known: anyone can write such a URL. */
export const CALLBACK: ByReason<CallbackFailureReason> = {
  state_missing: {
    reason: 'state_missing',
    what:
      'The callback has a code and no `state`: the login began inside Clever (portal, Library, Instant Login link), or an ' +
      'attacker made it. Its code was not exchanged.',
    do:
      'Redirect once to a fresh authorizationUrl() and use the code that comes back: the person is signed in at Clever ' +
      'and does not notice it.',
  },
  state_mismatch: {
    reason: 'state_mismatch',
    what:
      'The `state` of the callback is not the one that this browser was sent away with: its session or cookie was lost or ' +
      'is too old, two logins ran side by side, or an attacker made the callback. Its code was not exchanged.',
    do: `${NEW_LOGIN} If it happens to every user, check that the cookie reaches the path of the callback.`,
  },
  denied: {
    reason: 'denied',
    what: "Clever ended the login with an error that the SDK does not know; it is in this error's `error`.",
    do: 'Offer to try again.',
  },
  code_missing: {
    reason: 'code_missing',
    what: 'The callback has neither a code nor an error: a person opened its address by hand, or a proxy dropped the query.',
    do: NEW_LOGIN,
  },
  malformed: {
    reason: 'malformed',
    what: "The callback is not one of Clever's: it is not an answer to a code flow of this service. Nothing was exchanged.",
    do: NEW_LOGIN,
  },
};

/** A browser that was sent to Clever with a `state` a moment ago came back without one. */
export const STATE_MISSING_AGAIN: ReasonEntry<'state_missing'> = {
  reason: 'state_missing',
  what:
    'The browser came back from Clever without `state` for the second time within a minute, although the SDK had sent ' +
    'one. Its code was not exchanged.',
  do: NEW_LOGIN,
};

/** The callback does not have the form of one. */
export const MALFORMED_CALLBACK = {
  method: {
    reason: 'malformed',
    what:
      "The callback is not one of Clever's: people come back from Clever by GET, and this request has another method. " +
      'Nothing was exchanged.',
    do: NEW_LOGIN,
  },
  url: {
    reason: 'malformed',
    what: "The callback is not one of Clever's: it is not a URL. Nothing was exchanged.",
    do: NEW_LOGIN,
  },
  url_length: {
    reason: 'malformed',
    what: "The callback is not one of Clever's: its URL is too long. Nothing was exchanged.",
    do: NEW_LOGIN,
  },
  repeated_parameter: {
    reason: 'malformed',
    what: "The callback is not one of Clever's: `{parameter}` appears in it more than once. Nothing was exchanged.",
    do: NEW_LOGIN,
  },
  parameter_length: {
    reason: 'malformed',
    what: "The callback is not one of Clever's: `{parameter}` is too long. Nothing was exchanged.",
    do: NEW_LOGIN,
  },
} satisfies Readonly<Record<string, ReasonEntry<'malformed'>>>;

const NOT_CONNECTED: ReasonEntry<'denied'> = {
  reason: 'denied',
  what:
    "Clever ended the login ({error}): the person's district has not connected this app, or does not share this person " +
    'with it. Trying again does not help.',
  do: "Point the person to the district's Clever administrator.",
};
const APP_SETUP: ReasonEntry<'denied'> = {
  reason: 'denied',
  what: 'Clever ended the login ({error}): Clever did not accept what the app asked for.',
  do: 'Check the client id and that the redirect URI is registered exactly as configured.',
};
const TROUBLE: ReasonEntry<'denied'> = {
  reason: 'denied',
  what: "Clever ended the login ({error}): there is trouble on Clever's side.",
  do: 'Offer to try again in a minute.',
};

/**
 * What the known errors of a callback mean. Source: RFC 6749 section 4.1.2.1; `unauthorized-user` is Clever's own
 * (observed).
 */
export const DENIED_CALLBACK: ReadonlyMap<string, ReasonEntry<'denied'>> = new Map([
  ['unauthorized-user', NOT_CONNECTED],
  ['unauthorized_user', NOT_CONNECTED],
  [
    'access_denied',
    {
      reason: 'denied',
      what: 'Clever ended the login ({error}): the person or the district refused.',
      do: 'Offer to try again.',
    },
  ],
  ['invalid_request', APP_SETUP],
  ['unauthorized_client', APP_SETUP],
  ['unsupported_response_type', APP_SETUP],
  ['invalid_scope', APP_SETUP],
  ['server_error', TROUBLE],
  ['temporarily_unavailable', TROUBLE],
]);

const NEW_CODE = 'Start a new login with authorizationUrl().';

/** Clever did not turn an authorization code into a token. */
export const TOKEN = {
  code_spent: {
    what: 'The code was not accepted. A code lives one minute and works once.',
    do: `Never send one twice (reload, back button, two tabs). ${NEW_CODE}`,
  },
  credentials: {
    what: "Clever does not know the app's credentials.",
    do:
      'Check `clientId` and `clientSecret` (CLEVER_CLIENT_ID, CLEVER_CLIENT_SECRET) against the settings of the app at ' +
      'Clever.',
  },
  redirect_uri: {
    what: 'The redirect URI is not the one of the authorize step.',
    do:
      'Pass the same `redirectUri` to both steps, exactly as registered at Clever; logins that begin inside Clever always ' +
      'use the first registered one.',
  },
  request: {
    what: 'Clever did not accept the request.',
    do: 'Check `clientId`, `redirectUri` and `authOrigin` against the settings of the app.',
  },
  trouble: {
    what: "There is trouble on Clever's side, and the code may have been used up.",
    do: NEW_CODE,
  },
  redirect: {
    what: 'The answer was a redirect, which is not followed, so that the credentials go to no other server.',
    do: `Check \`authOrigin\`. ${NEW_CODE}`,
  },
  refused: {
    what: 'Clever did not turn the code into a token.',
    do: `${NEW_CODE} If none works, check \`clientId\`, \`redirectUri\` and \`authOrigin\`.`,
  },
  not_json: {
    what: 'The answer was not JSON. The code is spent.',
    do: `Check whether a proxy or captive portal answers instead of Clever. ${NEW_CODE}`,
  },
  no_token: { what: 'The answer held no access token. The code is spent.', do: `Check \`authOrigin\`. ${NEW_CODE}` },
  not_bearer: { what: 'The token is not a bearer token. The code is spent.', do: `Check \`authOrigin\`. ${NEW_CODE}` },
} satisfies Readonly<Record<string, CatalogueEntry>>;

const CODE_WORKS_ONCE =
  'A code works once: start a new login. If it happens again, check the network and `authOrigin`.';

/** There was no usable answer to the exchange of a code: repeating it cannot succeed. */
export const CODE_EXCHANGE = {
  network: {
    reason: 'network',
    what: 'No answer. The code may have been used up all the same.',
    do: CODE_WORKS_ONCE,
  },
  body: {
    reason: 'body',
    what: 'The answer broke off before its end. The code may have been used up all the same.',
    do: CODE_WORKS_ONCE,
  },
  timeout: {
    reason: 'timeout',
    what: 'No complete answer within {timeoutMs} ms (`{option}`).',
    do: 'A code works once: start a new login.',
  },
} satisfies Readonly<Record<string, ReasonEntry<ConnectionFailureReason>>>;

const NEW_ATTEMPT = 'Start a new login.';

/** An id_token was not trusted. */
export const ID_TOKEN: ByReason<IdTokenFailureReason> = {
  malformed: {
    reason: 'malformed',
    what: 'The id_token was refused: it is not a signed token with the claims of OpenID Connect.',
    do: NEW_ATTEMPT,
  },
  algorithm: {
    reason: 'algorithm',
    what: 'The id_token was refused: it is not signed by RS256, the only algorithm that is accepted.',
    do: NEW_ATTEMPT,
  },
  unknown_key: {
    reason: 'unknown_key',
    what: 'The id_token was refused: the provider publishes no key with its id.',
    do: NEW_ATTEMPT,
  },
  signature: {
    reason: 'signature',
    what: 'The id_token was refused: its signature does not fit.',
    do: NEW_ATTEMPT,
  },
  issuer: {
    reason: 'issuer',
    what: 'The id_token was refused: another issuer made it than the configured one.',
    do: NEW_ATTEMPT,
  },
  audience: { reason: 'audience', what: 'The id_token was refused: it was made for another app.', do: NEW_ATTEMPT },
  expired: {
    reason: 'expired',
    what: 'The id_token was refused: it has expired or is not yet valid.',
    do: `Check this machine's clock. ${NEW_ATTEMPT}`,
  },
  nonce: {
    reason: 'nonce',
    what: 'The id_token was refused: its nonce is not the one that this login was begun with.',
    do: NEW_ATTEMPT,
  },
  subject: {
    reason: 'subject',
    what: 'The id_token was refused: it names another person than the access token does.',
    do: NEW_ATTEMPT,
  },
  missing: {
    reason: 'missing',
    what: "There is no id_token, and `oidc.idToken` is 'require'.",
    do: `Clever switches id_tokens on per app: ask Clever's support. ${NEW_ATTEMPT}`,
  },
};
