import type { CallbackFailureReason, ConnectionFailureReason, IdTokenFailureReason } from '../codes.js';
import type { ByReason, CatalogueEntry, ReasonEntry } from './entry.js';

const NEW_LOGIN = 'Start a new login, with `login.start` or authorizationUrl().';

/** A callback is refused. Only known error codes are quoted from it, because anyone can write such a URL. */
export const CALLBACK: ByReason<CallbackFailureReason> = {
  state_missing: {
    reason: 'state_missing',
    what:
      'The callback has a code but no `state`: the login began inside Clever (portal, Library, Instant Login link), or an ' +
      'attacker made the callback. Its code was not exchanged.',
    do:
      'Redirect once to a new authorizationUrl() and use the code that it returns: the person is signed in at Clever ' +
      'and does not notice the redirect.',
  },
  state_mismatch: {
    reason: 'state_mismatch',
    what:
      'The `state` of the callback is not the one that was sent with this browser: its session or cookie was lost or ' +
      'expired, two logins ran at the same time, or an attacker made the callback. Its code was not exchanged.',
    do: `${NEW_LOGIN} If it happens to every user, check that the cookie is sent to the callback's path.`,
  },
  denied: {
    reason: 'denied',
    what: 'Clever ended the login with an error that the SDK does not know; read it from the `error` property.',
    do: 'Offer to try again.',
  },
  code_missing: {
    reason: 'code_missing',
    what: 'The callback has neither a code nor an error: a person opened its address directly, or a proxy dropped the query.',
    do: NEW_LOGIN,
  },
  malformed: {
    reason: 'malformed',
    what: 'The callback did not come from Clever: it is not an answer of this provider to a code flow. Nothing was exchanged.',
    do: NEW_LOGIN,
  },
};

/** A browser returns without `state` each time that it is sent to Clever with one. */
export const RETURNING_WITHOUT_STATE: ReasonEntry<'state_missing'> = {
  reason: 'state_missing',
  what:
    'The browser has returned from Clever without `state` again and again within a minute, although the SDK sent one ' +
    'each time. The codes were not exchanged.',
  do: `${NEW_LOGIN} If it happens to every user, check whether something on the way removes the parameter.`,
};

const SECOND_REDIRECT_URI =
  "Register the callback of your framework at Clever as a redirect URI after the entry's, and let the framework send it as " +
  '`redirect_uri`.';

/** A browser arrived at an entry that is not for it: the framework's own login came back to the wrong address. */
export const ENTRY = {
  returning: {
    reason: 'state_missing',
    what:
      'The browser has arrived at cleverEntry() from Clever again and again within seconds: the logins that the framework ' +
      'started have not come back to its own callback. The codes were not exchanged.',
    do: SECOND_REDIRECT_URI,
  },
  with_state: {
    reason: 'state_mismatch',
    what:
      'A login with a `state` came to cleverEntry(), which is for the logins that begin inside Clever and have none. Its code ' +
      'was not exchanged.',
    do: SECOND_REDIRECT_URI,
  },
} satisfies Readonly<Record<string, ReasonEntry<CallbackFailureReason>>>;

/** The request does not have the form of a callback. */
export const MALFORMED_CALLBACK = {
  method: {
    reason: 'malformed',
    what:
      'The callback did not come from Clever: browsers return from Clever with a GET, and this request has another ' +
      'method. Nothing was exchanged.',
    do: NEW_LOGIN,
  },
  url: {
    reason: 'malformed',
    what: 'The callback did not come from Clever: it is not a URL. Nothing was exchanged.',
    do: NEW_LOGIN,
  },
  url_length: {
    reason: 'malformed',
    what: 'The callback did not come from Clever: its URL is too long. Nothing was exchanged.',
    do: NEW_LOGIN,
  },
  repeated_parameter: {
    reason: 'malformed',
    what: 'The callback did not come from Clever: `{parameter}` appears more than once. Nothing was exchanged.',
    do: NEW_LOGIN,
  },
  placeholder: {
    reason: 'malformed',
    what:
      'The code of the callback is the placeholder `[redacted]`, which logs show in place of a code. Nothing was ' +
      'exchanged.',
    do: `Pass the request itself. ${NEW_LOGIN}`,
  },
  parameter_length: {
    reason: 'malformed',
    what: 'The callback did not come from Clever: `{parameter}` is too long. Nothing was exchanged.',
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
  what: "Clever ended the login ({error}): Clever did not accept the app's request.",
  do: 'Check the client id and that the redirect URI is registered exactly as configured.',
};
const TROUBLE: ReasonEntry<'denied'> = {
  reason: 'denied',
  what: 'Clever ended the login ({error}): Clever has a problem on its side.',
  do: 'Offer to try again in a minute.',
};

/**
 * What the known errors of a callback mean. Source: RFC 6749 section 4.1.2.1; `unauthorized-user` is an
 * error code of Clever's (observed).
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
    what: 'Clever did not accept the code. A code is valid for one minute and works only once.',
    do: `Never send a code twice (reload, back button, two tabs). ${NEW_CODE}`,
  },
  credentials: {
    what: "Clever does not know the app's credentials.",
    do:
      'Check `clientId` and `clientSecret` (CLEVER_CLIENT_ID, CLEVER_CLIENT_SECRET) against the settings of the app at ' +
      'Clever.',
  },
  redirect_uri: {
    what: 'The redirect URI differs from that of the authorize step.',
    do:
      'Pass the same `redirectUri` to both steps, exactly as registered at Clever; logins that begin inside Clever always ' +
      'use the first registered one.',
  },
  request: {
    what: 'Clever did not accept the request.',
    do: 'Check `clientId`, `redirectUri` and `authOrigin` against the settings of the app.',
  },
  trouble: {
    what: 'Clever has a problem on its side, and the code may have been used up.',
    do: NEW_CODE,
  },
  redirect: {
    what: 'The answer was a redirect. It was not followed, because the credentials must not go to another server.',
    do: `Check \`authOrigin\`. ${NEW_CODE}`,
  },
  refused: {
    what: 'Clever did not turn the code into a token.',
    do: `${NEW_CODE} If every login fails, check \`clientId\`, \`redirectUri\` and \`authOrigin\`.`,
  },
  not_json: {
    what: 'The answer was not JSON. The code is used up.',
    do: `Check whether a proxy or captive portal answers instead of Clever. ${NEW_CODE}`,
  },
  no_token: {
    what: 'The answer contained no access token. The code is used up.',
    do: `Check \`authOrigin\`. ${NEW_CODE}`,
  },
  not_bearer: {
    what: 'The token is not a bearer token. The code is used up.',
    do: `Check \`authOrigin\`. ${NEW_CODE}`,
  },
} satisfies Readonly<Record<string, CatalogueEntry>>;

const CODE_WORKS_ONCE =
  'Start a new login, because a code works only once. If it happens again, check the network and `authOrigin`.';

/** No usable answer to a code exchange arrived. Repeating the exchange cannot succeed. */
export const CODE_EXCHANGE = {
  network: {
    reason: 'network',
    what: 'No answer arrived. The code may still have been used up.',
    do: CODE_WORKS_ONCE,
  },
  body: {
    reason: 'body',
    what: 'The answer ended before it was complete. The code may still have been used up.',
    do: CODE_WORKS_ONCE,
  },
  too_large: {
    reason: 'too_large',
    what: 'The answer is longer than {maxResponseBytes} bytes (`maxResponseBytes`), which no token is. The code may have been used up.',
    do: 'Start a new login, because a code works only once. Check `authOrigin`, and whether a proxy answers instead of Clever.',
  },
  timeout: {
    reason: 'timeout',
    what: 'No complete answer arrived within {timeoutMs} ms (`{option}`).',
    do: 'Start a new login, because a code works only once.',
  },
} satisfies Readonly<Record<string, ReasonEntry<ConnectionFailureReason>>>;

const NEW_ATTEMPT = 'Start a new login.';

/** An id_token could not be trusted. */
export const ID_TOKEN: ByReason<IdTokenFailureReason> = {
  malformed: {
    reason: 'malformed',
    what: 'The id_token was refused: it is not a signed token with the claims of OpenID Connect.',
    do: NEW_ATTEMPT,
  },
  algorithm: {
    reason: 'algorithm',
    what: 'The id_token was refused: it is not signed with RS256, the only accepted algorithm.',
    do: NEW_ATTEMPT,
  },
  unknown_key: {
    reason: 'unknown_key',
    what: 'The id_token was refused: the provider does not publish the key that signed it.',
    do: NEW_ATTEMPT,
  },
  signature: {
    reason: 'signature',
    what: 'The id_token was refused: its signature does not match.',
    do: NEW_ATTEMPT,
  },
  issuer: {
    reason: 'issuer',
    what: 'The id_token was refused: its issuer is not the configured one.',
    do: NEW_ATTEMPT,
  },
  audience: { reason: 'audience', what: 'The id_token was refused: it was issued for another app.', do: NEW_ATTEMPT },
  expired: {
    reason: 'expired',
    what: 'The id_token was refused: it has expired or is not yet valid.',
    do: `Check this machine's clock. ${NEW_ATTEMPT}`,
  },
  nonce: {
    reason: 'nonce',
    what: 'The id_token was refused: its nonce is not the one that this login started with.',
    do: NEW_ATTEMPT,
  },
  subject: {
    reason: 'subject',
    what: 'The id_token was refused: it names a different person than the access token does.',
    do: NEW_ATTEMPT,
  },
  missing: {
    reason: 'missing',
    what: "The login returned no id_token, and `oidc.idToken` is 'require'.",
    do: `Ask Clever's support to enable id_tokens for the app. ${NEW_ATTEMPT}`,
  },
};
