const NOT_CONNECTED =
  "the person's district has not connected this app, or does not share this person with it. Trying again does not help: " +
  "point the person to the district's Clever administrator.";
const APP_SETUP =
  'Clever did not accept what the app asked for. Check the client id and that the redirect URI is registered exactly as configured.';
const TROUBLE = "there is trouble on Clever's side. Offer to try again in a minute.";

/** What the known errors of a callback mean. Others are not quoted: a callback's URL can be written by anybody. */
const MEANINGS: ReadonlyMap<string, string> = new Map([
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

/**
 * Explains the `error` that came back instead of a code.
 *
 * Source: RFC 6749 section 4.1.2.1; `unauthorized-user` is Clever's own (observed).
 *
 * @param error - As received; quoted only when known.
 */
export function deniedMessage(error: string | undefined): string {
  const meaning = error === undefined ? undefined : MEANINGS.get(error);
  return meaning === undefined
    ? "Clever ended the login with an error that the SDK does not know; it is in this error's `error`. Offer to try again."
    : `Clever ended the login (${error}): ${meaning}`;
}
