import { CleverCallbackError } from 'clever-sdk';
import { describe, expect } from 'vitest';
import { changed, comeBack, expectNoLeaks, it, makeApp } from './support.js';

/*
 * The handlers of `clever.login` and `clever.oauth.exchangeCallback` form the same security border, so they
 * must accept the same callbacks, and refuse the others for the same reason in the same words.
 */

expectNoLeaks();

/** The outcome of a callback. */
interface Verdict {
  readonly reason: string;
  readonly message?: string;
  readonly userMessage?: string;
  readonly error?: string | undefined;
  readonly errorDescription?: string | undefined;
  /** The names of the parameters that were sent to the token endpoint, for each exchange. */
  readonly exchanged: readonly (readonly string[])[];
}

type Change = (callback: URL) => URL;

const set =
  (parameters: Readonly<Record<string, string | undefined>>): Change =>
  (callback) =>
    changed(callback, parameters);
const twice =
  (name: string, value?: string): Change =>
  (callback) => {
    const result = new URL(callback);
    const given = value ?? result.searchParams.get(name) ?? 'canary-value';
    result.searchParams.append(name, given);
    if (result.searchParams.getAll(name).length === 1) {
      result.searchParams.append(name, given);
    }
    return result;
  };

const CALLBACKS: readonly (readonly [what: string, reason: string, change: Change])[] = [
  ['as Clever sent it', 'accepted', (callback) => callback],
  ['with unknown parameters', 'accepted', set({ scope: 'read:user_id', utm_source: 'x' })],
  ['with an unknown parameter twice', 'accepted', twice('scope')],
  ["with Clever's own issuer", 'accepted', set({ iss: 'https://clever.com' })],
  ['with an empty error', 'accepted', set({ error: '' })],
  ['with a fragment', 'accepted', (callback) => new URL('#_=_', callback)],
  ['without state', 'state_missing', set({ state: undefined })],
  ['with an empty state', 'state_missing', set({ state: '' })],
  ['with a state of spaces', 'state_mismatch', set({ state: '   ' })],
  ['with another state', 'state_mismatch', set({ state: 'canary-other-state' })],
  ['with a longer state', 'state_mismatch', (callback) => changed(callback, { state: `${stateOf(callback)}x` })],
  ['with a shorter state', 'state_mismatch', (callback) => changed(callback, { state: stateOf(callback).slice(1) })],
  ['with another state and without code', 'state_mismatch', set({ state: 'canary-other', code: undefined })],
  ['with another state and an error', 'state_mismatch', set({ state: 'canary-other', error: 'access_denied' })],
  ['without code', 'code_missing', set({ code: undefined })],
  ['with an empty code', 'code_missing', set({ code: '' })],
  ['with nothing', 'code_missing', set({ code: undefined, state: undefined })],
  ['with a known error', 'denied', set({ error: 'access_denied', code: undefined })],
  ['with a known error and no state', 'denied', set({ error: 'unauthorized-user', code: undefined, state: undefined })],
  ['with an unknown error', 'denied', set({ error: 'canary-error', error_description: 'canary-words' })],
  ['with a failure at Clever', 'denied', set({ error: 'server_error' })],
  ['with an error and a code', 'denied', set({ error: 'access_denied' })],
  ['with two codes', 'malformed', twice('code', 'canary-second-code')],
  ['with its code twice', 'malformed', twice('code')],
  ['with two states', 'malformed', twice('state', 'canary-second-state')],
  ['with its state twice', 'malformed', twice('state')],
  ['with an error twice', 'malformed', twice('error', 'access_denied')],
  ['with an error description twice', 'malformed', twice('error_description')],
  ['with an issuer twice', 'malformed', twice('iss', 'https://clever.com')],
  ['with an id_token twice', 'malformed', twice('id_token')],
  ['from another issuer', 'malformed', set({ iss: 'https://evil.example' })],
  ['from another issuer, with an error', 'malformed', set({ iss: 'https://evil.example', error: 'access_denied' })],
  ['with an id_token', 'malformed', set({ id_token: 'canary-id-token' })],
  ['with a token', 'malformed', set({ token: 'canary-token' })],
  ['with a signed response', 'malformed', set({ response: 'canary-response' })],
  ['with the longest code', 'accepted by the reader', set({ code: 'c'.repeat(2_048) })],
  ['with a longer code', 'malformed', set({ code: 'c'.repeat(2_049) })],
  ['with a long state', 'malformed', set({ state: 's'.repeat(2_049) })],
  ['with a long error description', 'malformed', set({ error: 'x', error_description: 'd'.repeat(2_049) })],
  ['with a URL that is too long', 'malformed', set({ other: 'o'.repeat(8_192) })],
];

describe('a callback', () => {
  it.each(CALLBACKS)(
    '%s gets the same verdict from the handlers and from exchangeCallback(): %s',
    async (_, reason, change) => {
      const byHandler = await judgedByHandler(change);
      const byMethod = await judgedByMethod(change);
      if (reason === 'accepted by the reader') {
        // The token endpoint receives the unknown code and refuses it. The handlers then start a new login.
        expect(byMethod).toMatchObject({ reason: 'oauth_token', exchanged: [expect.any(Array)] });
        expect(byHandler).toEqual({ reason: 'accepted', exchanged: byMethod.exchanged });
      } else {
        expect(byHandler).toEqual(byMethod);
        expect(byMethod).toMatchObject({ reason, exchanged: reason === 'accepted' ? [expect.any(Array)] : [] });
      }
    },
  );

  it('is refused in the same way in a browser without a pending login', async () => {
    const app = makeApp({ login: { cleverInitiated: 'reject' } });
    const browser = app.browser();
    const callback = await comeBack(browser);
    browser.clearCookies();
    await browser.send(callback);
    const byHandler = verdictOf(app.failures[0]?.error, app.exchanges);
    const byMethod = await verdictOfCall(makeApp(), callback, undefined);
    expect(byHandler).toEqual(byMethod);
    expect(byMethod).toMatchObject({ reason: 'state_mismatch', exchanged: [] });
  });

  it.for(['HEAD', 'POST', 'PUT'])('with the method %s is exchanged by neither', async (method, { app, browser }) => {
    const callback = await comeBack(browser);
    expect((await browser.send(callback, { method })).status).toBe(405);
    expect(
      await verdictOfCall(app, new Request(callback, { method }), callback.searchParams.get('state') ?? ''),
    ).toMatchObject({ reason: 'malformed', exchanged: [] });
  });
});

async function judgedByHandler(change: Change): Promise<Verdict> {
  const app = makeApp({ login: { cleverInitiated: 'reject' } });
  const browser = app.browser();
  await browser.send(change(await comeBack(browser)));
  return verdictOf(app.failures[0]?.error, app.exchanges);
}

async function judgedByMethod(change: Change): Promise<Verdict> {
  const app = makeApp();
  const callback = await comeBack(app.browser());
  return verdictOfCall(app, change(callback), stateOf(callback));
}

async function verdictOfCall(
  { clever, exchanges }: ReturnType<typeof makeApp>,
  callback: URL | Request,
  expectedState: string | undefined,
): Promise<Verdict> {
  try {
    await clever.oauth.exchangeCallback(callback, { expectedState });
    return verdictOf(undefined, exchanges);
  } catch (error) {
    return verdictOf(error, exchanges);
  }
}

function verdictOf(error: unknown, exchanges: readonly URLSearchParams[]): Verdict {
  const exchanged = exchanges.map((body) => [...body.keys()].sort());
  if (error === undefined) {
    return { reason: 'accepted', exchanged };
  }
  const { message, userMessage, code, error: word, error_description } = error as CleverCallbackError;
  const reason = error instanceof CleverCallbackError ? error.reason : code;
  return { reason, message, userMessage, error: word, errorDescription: error_description, exchanged };
}

function stateOf(callback: URL): string {
  return callback.searchParams.get('state') ?? '';
}
