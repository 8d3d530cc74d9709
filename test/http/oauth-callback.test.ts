import { CleverCallbackError, CleverConfigError } from 'clever-sdk';
import { describe, expect, it } from 'vitest';
import { double } from '../support/double.js';
import { thrownBy } from '../support/outcomes.js';
import { printed } from '../support/printed.js';
import { CANARY, callbackUrl, oauthOf, REDIRECT_URI } from './oauth-token-endpoint.js';

const expectedState = CANARY.state;
const token = { access_token: CANARY.token, token_type: 'bearer' };

describe('exchangeCallback() refuses', () => {
  it.each<[string, string, unknown, RegExp]>([
    ['a code without state', 'state_missing', callbackUrl({ state: undefined }), /portal, Library, Instant Login/],
    ['a code with an empty state', 'state_missing', callbackUrl({ state: '' }), /authorizationUrl\(\)/],
    [
      'a forged state',
      'state_mismatch',
      callbackUrl({ state: 'canary0other' }),
      /not the one that was sent with this browser/,
    ],
    ['an error with a forged state', 'state_mismatch', callbackUrl({ state: 'canary0other', error: 'x' }), /`state`/],
    ['a state that only begins right', 'state_mismatch', callbackUrl({ state: `${CANARY.state}x` }), /`state`/],
    ['a state without code', 'code_missing', callbackUrl({ code: undefined }), /neither a code nor an error/],
    ['an empty code', 'code_missing', callbackUrl({ code: '' }), /neither a code/],
    ['a bare callback', 'code_missing', REDIRECT_URI, /neither a code/],
    ['two codes', 'malformed', `${callbackUrl()}&code=other`, /`code` appears more than once/],
    ['the same code twice', 'malformed', `${callbackUrl()}&code=${CANARY.code}`, /`code`/],
    ['two states', 'malformed', `${callbackUrl()}&state=${CANARY.state}`, /`state` appears/],
    ['two errors', 'malformed', `${callbackUrl({ error: 'a' })}&error=b`, /`error` appears/],
    ['an oversized code', 'malformed', callbackUrl({ code: 'x'.repeat(2_049) }), /`code` is too long/],
    ['an oversized state', 'malformed', callbackUrl({ state: 'x'.repeat(2_049) }), /`state` is too long/],
    ['an oversized URL', 'malformed', callbackUrl({ other: 'x'.repeat(20_000) }), /URL is too long/],
    [
      'an answer of the implicit flow',
      'malformed',
      callbackUrl({ id_token: 'x' }),
      /not an answer of this provider to a code flow/,
    ],
    ['another issuer', 'malformed', callbackUrl({ iss: 'https://evil.example' }), /not an answer/],
    ['what is not a URL', 'malformed', 'not a url', /not a URL/],
    ['a URL without scheme', 'malformed', '//evil.example/?code=x', /not a URL/],
    ['an empty string', 'malformed', '', /not a URL/],
    ['nothing', 'malformed', undefined, /not a URL/],
    ['a number', 'malformed', 7, /not a URL/],
    ['a HEAD request', 'malformed', new Request(callbackUrl(), { method: 'HEAD' }), /another method/],
    ['a POST request', 'malformed', new Request(callbackUrl(), { method: 'POST' }), /another method/],
  ])('%s: %s', async (_, reason, callback, message) => {
    const { fetch, seen } = double(token);
    const error = await thrownBy(() => oauthOf({ fetch }).exchangeCallback(callback as string, { expectedState }));
    expect(error).toBeInstanceOf(CleverCallbackError);
    expect(error).toMatchObject({ code: 'oauth_callback', reason, isRetryable: false });
    expect((error as Error).message).toMatch(message);
    expect((error as Error).cause).toBeUndefined();
    expect(printed(error)).not.toMatch(/canary|evil/u);
    expect(seen).toHaveLength(0);
  });

  it('any state while the browser has no pending login', async () => {
    const { fetch, seen } = double(token);
    for (const missing of [undefined, '']) {
      const error = await thrownBy(() =>
        oauthOf({ fetch }).exchangeCallback(callbackUrl(), { expectedState: missing }),
      );
      expect(error).toMatchObject({ reason: 'state_mismatch' });
    }
    expect(
      await thrownBy(() => oauthOf({ fetch }).exchangeCallback(callbackUrl({ state: '' }), { expectedState: '' })),
    ).toMatchObject({ reason: 'state_missing' });
    expect(seen).toHaveLength(0);
  });

  it.each<[string, string | undefined, RegExp]>([
    ['unauthorized-user', CANARY.state, /\(unauthorized-user\): the person's district has not connected this app/],
    ['unauthorized-user', undefined, /administrator/],
    ['access_denied', CANARY.state, /\(access_denied\): .*refused/],
    ['unauthorized_client', CANARY.state, /redirect URI is registered/],
    ['temporarily_unavailable', CANARY.state, /Clever has a problem on its side/],
    ['canary0error', CANARY.state, /does not know/],
    ['constructor', CANARY.state, /does not know/],
  ])('a login denied by %s', async (error, state, message) => {
    const { fetch, seen } = double(token);
    const callback = callbackUrl({ error, state, error_description: CANARY.said, code: undefined });
    const thrown = (await thrownBy(() =>
      oauthOf({ fetch }).exchangeCallback(callback, { expectedState }),
    )) as CleverCallbackError;
    expect(thrown).toMatchObject({ reason: 'denied', code: 'oauth_callback' });
    expect(thrown.message).toMatch(message);
    expect(thrown.error).toBe(error);
    expect(thrown.error_description).toBe(CANARY.said);
    expect(printed(thrown)).not.toContain('canary');
    expect(seen).toHaveLength(0);
  });

  it.each<[string, object | undefined, RegExp]>([
    ['no options', undefined, /must be an object/],
    ['no expectedState', {}, /needs `expectedState`/],
    ['an expectedState that is not a string', { expectedState: 7 }, /`expectedState`/],
    ['a misspelt option', { expectedState, redirectURI: 'x' }, /no option `redirectURI`/],
    ['a retry', { expectedState, retry: { retries: 1 } }, /no option `retry`/],
    ['a timeout of 0', { expectedState, timeoutMs: 0 }, /`timeoutMs`/],
    ['a signal that is not an AbortSignal', { expectedState, signal: {} }, /AbortSignal/],
    ['a redirect URI with a query', { expectedState, redirectUri: `${REDIRECT_URI}?a=b` }, /`redirectUri`/],
  ])('%s', async (_, options, message) => {
    const { fetch, seen } = double(token);
    const error = await thrownBy(() => oauthOf({ fetch }).exchangeCallback(callbackUrl(), options as never));
    expect(error).toBeInstanceOf(CleverConfigError);
    expect((error as Error).message).toMatch(message);
    expect(seen).toHaveLength(0);
  });
});

describe('exchangeCallback() accepts', () => {
  it.each<[string, string | URL | { url?: string | undefined; method?: string | undefined }]>([
    ['a string', callbackUrl()],
    ['a URL', new URL(callbackUrl())],
    ['a Request', new Request(callbackUrl())],
    ["a path, as Node's servers know it", callbackUrl().replace('https://app.example.com', '')],
    ["a request of Node's", { method: 'GET', url: callbackUrl().replace('https://app.example.com', '') }],
    ['unknown parameters, even twice', `${callbackUrl({ scope: 'read:sis' })}&scope=other`],
    ["Clever's own issuer", callbackUrl({ iss: 'https://clever.com' })],
  ])('%s', async (_, callback) => {
    const { fetch, seen } = double(token);
    await expect(oauthOf({ fetch }).exchangeCallback(callback, { expectedState })).resolves.toMatchObject(token);
    expect(seen).toHaveLength(1);
  });
});
