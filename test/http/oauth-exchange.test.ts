import {
  CleverConfigError,
  CleverConnectionError,
  CleverTimeoutError,
  CleverTokenError,
  type ClientEvent,
} from 'clever-sdk';
import { describe, expect, it, vi } from 'vitest';
import { double } from '../support/double.js';
import { thrownBy } from '../support/outcomes.js';
import { printed } from '../support/printed.js';
import {
  answer,
  CANARY,
  CLIENT_ID,
  callbackUrl,
  cleverLike,
  type Handler,
  oauthOf,
  REDIRECT_URI,
  tokenEndpoint,
} from './oauth-token-endpoint.js';

const options = { expectedState: CANARY.state };
const token = { access_token: CANARY.token, token_type: 'bearer' };

describe('the exchange of a code', () => {
  it('returns the token of a login, over HTTP, and hides it from logs', async () => {
    const { origin, seen } = await tokenEndpoint(cleverLike());
    const result = await oauthOf({ authOrigin: origin }).exchangeCallback(callbackUrl(), options);
    expect(result).toMatchObject({ ...token, id_token: CANARY.idToken });
    expect(printed(result)).not.toContain('canary');
    expect(printed(result)).toContain('bearer');
    expect(seen).toHaveLength(1);
    expect(seen[0]?.contentType).toMatch(/^application\/x-www-form-urlencoded/u);
    expect(Object.fromEntries(seen[0]?.body ?? [])).toEqual({
      grant_type: 'authorization_code',
      code: CANARY.code,
      redirect_uri: REDIRECT_URI,
    });
  });

  it('authenticates by HTTP Basic, form-encoding the credentials, and names the SDK', async () => {
    const { fetch, seen } = double(token);
    const clientSecret = 'a:b c+d%';
    await oauthOf({ fetch, clientSecret }).exchangeCallback(callbackUrl(), options);
    expect(seen[0]?.url.href).toBe('https://clever.com/oauth/tokens');
    expect(seen[0]?.method).toBe('POST');
    const [scheme, credentials = ''] = seen[0]?.headers.get('authorization')?.split(' ') ?? [];
    expect(scheme).toBe('Basic');
    expect(atob(credentials)).toBe(`${CLIENT_ID}:a%3Ab+c%2Bd%25`);
    expect(seen[0]?.headers.get('user-agent')).toMatch(/^clever-sdk\//u);
    expect(seen[0]?.body).not.toContain('client_secret');
  });

  it('sends the redirect URI of the authorize step', async () => {
    const { fetch, seen } = double(token);
    const redirectUri = 'https://app.example.com/other';
    await oauthOf({ fetch }).exchangeCallback(callbackUrl(), { ...options, redirectUri });
    expect(new URLSearchParams(seen[0]?.body).get('redirect_uri')).toBe(redirectUri);
  });

  it('needs a redirect URI', async () => {
    const error = await thrownBy(() => oauthOf({ redirectUri: undefined }).exchangeCallback(callbackUrl(), options));
    expect(error).toBeInstanceOf(CleverConfigError);
  });

  it('uses the global fetch at the time of the call', async () => {
    const { fetch, seen } = double(token);
    const oauth = oauthOf();
    vi.stubGlobal('fetch', fetch);
    await oauth.exchangeCallback(callbackUrl(), options);
    expect(seen).toHaveLength(1);
  });

  it('is reported to onEvent without its secrets', async () => {
    const { fetch } = double(Response.json(token, { headers: { 'x-request-id': 'request-1' } }));
    const events: ClientEvent[] = [];
    await oauthOf({ fetch, onEvent: (event) => void events.push(event) }).exchangeCallback(callbackUrl(), options);
    const where = { method: 'POST', pathTemplate: '/oauth/tokens', attempt: 1 };
    expect(events).toEqual([
      { kind: 'request', ...where },
      {
        kind: 'response',
        ...where,
        status: 200,
        durationMs: expect.any(Number),
        rateLimit: undefined,
        requestId: 'request-1',
      },
    ]);
    expect(printed(events)).not.toContain('canary');
  });

  it('hides members that Clever may add', async () => {
    const { fetch } = double({ ...token, refresh_token: 'canary0refresh' });
    const result = await oauthOf({ fetch }).exchangeCallback(callbackUrl(), options);
    expect(result).toMatchObject({ refresh_token: 'canary0refresh' });
    expect(printed(result)).not.toContain('canary');
  });
});

describe('a refused exchange', () => {
  it('explains wrong credentials', async () => {
    const { origin } = await tokenEndpoint(cleverLike());
    const oauth = oauthOf({ authOrigin: origin, clientSecret: 'canary0wrong' });
    const error = await refusal(oauth.exchangeCallback(callbackUrl(), options));
    expect(error.message).toMatch(/→ 401 invalid_client: .*CLEVER_CLIENT_ID/u);
    expect(error).toMatchObject({ status: 401, requestId: 'request-1', error: 'invalid_client' });
    expect(error.error_description).toBe(CANARY.said);
  });

  it('explains a used code', async () => {
    const { origin, seen } = await tokenEndpoint(cleverLike());
    const oauth = oauthOf({ authOrigin: origin });
    await oauth.exchangeCallback(callbackUrl(), options);
    const error = await refusal(oauth.exchangeCallback(callbackUrl(), options));
    expect(error.message).toMatch(/→ 400 invalid_grant: .*one minute and works only once/u);
    expect(seen).toHaveLength(2);
  });

  it('explains an expired code', async () => {
    const clock = { nowMs: 0 };
    const { origin } = await tokenEndpoint(cleverLike(clock));
    clock.nowMs = 61_000;
    const error = await refusal(oauthOf({ authOrigin: origin }).exchangeCallback(callbackUrl(), options));
    expect(error.message).toMatch(/one minute/u);
  });

  it('explains a redirect URI that is not the one of the authorize step', async () => {
    const { origin } = await tokenEndpoint(cleverLike());
    const redirectUri = 'https://app.example.com/other';
    const oauth = oauthOf({ authOrigin: origin });
    const error = await refusal(oauth.exchangeCallback(callbackUrl(), { ...options, redirectUri }));
    expect(error.message).toMatch(/redirect_uri_mismatch: .*same `redirectUri` to both steps/u);
  });

  it.each<[string, number, object | string, RegExp]>([
    ['a bare sentence', 400, 'Invalid grant: invalid code', /one minute and works only once/],
    ['a message', 400, { message: 'Invalid grant: invalid code' }, /one minute/],
    ['an error object', 400, { error: { message: 'Invalid grant: invalid code', code: 'canary0x' } }, /one minute/],
    ['code, error and data', 400, { code: 3, error: 'Invalid grant: invalid code', data: {} }, /one minute/],
    [
      'a redirect URI reported as invalid_grant',
      400,
      { error: 'invalid_grant', error_description: 'bad redirect_uri' },
      /to both steps/,
    ],
    ['an HTML page', 400, '<html>canary</html>', /did not turn the code into a token/],
    ['nothing with 401', 401, '', /does not know the app's credentials/],
    ['nothing with 400', 400, '', /Start a new login/],
    ['an array', 400, ['canary'], /Start a new login/],
    ['a foreign error', 400, { error: 'canary0error' }, /→ 400: Clever did not/],
    ['an error named like a method', 400, { error: 'toString' }, /→ 400: Clever did not/],
    ['too many requests', 429, '', /Clever has a problem on its side/],
    ['HTML with 502', 502, '<html>canary</html>', /Clever has a problem on its side/],
    ['a redirect', 302, '', /redirect\. It was not followed/],
    ['HTML with 200', 200, '<html>canary</html>', /was not JSON/],
    ['nothing with 200', 200, '', /was not JSON/],
    ['cut JSON with 200', 200, '{"access_token":"canary', /was not JSON/],
    ['a list with 200', 200, ['canary'], /was not JSON/],
    ['JSON without a token', 200, { hello: 'canary' }, /no access token/],
    ['an empty token', 200, { ...token, access_token: '' }, /no access token/],
    ['a token that no header can hold', 200, { ...token, access_token: 'canary\r\nx: y' }, /no access token/],
    ['an error with 200', 200, { error: 'invalid_grant' }, /→ 200 invalid_grant: .*one minute/],
    ['a token of another type', 200, { ...token, token_type: 'mac' }, /not a bearer token/],
    ['a token without a type', 200, { access_token: CANARY.token }, /not a bearer token/],
  ])('reads %s (%i)', async (_, status, body, message) => {
    const { origin, seen } = await tokenEndpoint((__, response) => answer(response, status, body));
    const error = await refusal(oauthOf({ authOrigin: origin }).exchangeCallback(callbackUrl(), options));
    expect(error.message).toMatch(message);
    expect(error.status).toBe(status);
    expect(error.requestId).toBe('request-1');
    expect(seen).toHaveLength(1);
  });

  it.each([408, 429, 500, 502, 503, 504])(
    'is not repeated after %i, whatever the retry option says',
    async (status) => {
      const { origin, seen } = await tokenEndpoint((_, response) => answer(response, status, ''));
      const oauth = oauthOf({ authOrigin: origin, retry: { retries: 5, baseDelayMs: 1 } });
      await refusal(oauth.exchangeCallback(callbackUrl(), options));
      expect(seen).toHaveLength(1);
    },
  );

  async function refusal(call: Promise<unknown>): Promise<CleverTokenError> {
    const error = await thrownBy(() => call);
    expect(error).toBeInstanceOf(CleverTokenError);
    expect(error).toMatchObject({ code: 'oauth_token', isRetryable: false });
    expect((error as Error).cause).toBeUndefined();
    expect(printed(error)).not.toContain('canary');
    return error as CleverTokenError;
  }
});

describe('an exchange without a complete response', () => {
  const silent: Handler = () => undefined;
  const cut: Handler = (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
    response.write('{"access_token":"canary0token');
    response.socket?.destroySoon();
  };
  const endless: Handler = (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"access_token":"canary0token');
  };

  it.each<[string, Handler, string]>([
    ['a reset connection', (request) => request.socket.destroy(), 'network'],
    ['a body that is cut off', cut, 'body'],
  ])('reports %s and advises a new login', async (_, handler, reason) => {
    const { origin, seen } = await tokenEndpoint(handler);
    const error = await thrownBy(() => oauthOf({ authOrigin: origin }).exchangeCallback(callbackUrl(), options));
    expect(error).toBeInstanceOf(CleverConnectionError);
    expect(error).toMatchObject({ code: 'connection', reason, isRetryable: false, attempts: 1 });
    expect((error as Error).message).toMatch(/Start a new login/u);
    expect(printed(error)).not.toContain('canary');
    expect(seen).toHaveLength(1);
  });

  it('does not pass on the error of a custom fetch as its cause', async () => {
    const failure = Object.assign(new TypeError(`fetch of ${callbackUrl()} failed`), { request: { ...CANARY } });
    const { fetch } = double(failure);
    const error = await thrownBy(() => oauthOf({ fetch }).exchangeCallback(callbackUrl(), options));
    expect(error).toBeInstanceOf(CleverConnectionError);
    expect((error as Error).cause).toMatchObject({ name: 'TypeError' });
    expect(printed(error)).not.toContain('canary');
  });

  it.each<[string, Handler]>([
    ['no answer', silent],
    ['half an answer', endless],
  ])('gives up after timeoutMs with %s', async (_, handler) => {
    const { origin, seen } = await tokenEndpoint(handler);
    const error = await thrownBy(() =>
      oauthOf({ authOrigin: origin }).exchangeCallback(callbackUrl(), { ...options, timeoutMs: 60 }),
    );
    expect(error).toBeInstanceOf(CleverTimeoutError);
    expect(error).toMatchObject({ timeoutMs: 60, limit: 'attempt', isRetryable: false });
    expect(printed(error)).not.toContain('canary');
    expect(seen).toHaveLength(1);
  });

  it('gives up on a fetch that ignores its signal, after the smaller of the limits', async () => {
    const { fetch } = double(() => new Promise<Response>(() => undefined));
    const error = await thrownBy(() =>
      oauthOf({ fetch, totalTimeoutMs: 20 }).exchangeCallback(callbackUrl(), { ...options, timeoutMs: 1_000 }),
    );
    expect(error).toMatchObject({ code: 'timeout', timeoutMs: 20, limit: 'total' });
  });

  it.each<[string, Handler]>([
    ['waiting', silent],
    ['reading', endless],
  ])('rethrows the reason of an abort while %s, untouched', async (_, handler) => {
    const controller = new AbortController();
    const reason = { why: 'the browser left' };
    const { origin } = await tokenEndpoint((request, response, seen) => {
      handler(request, response, seen);
      controller.abort(reason);
    });
    const { signal } = controller;
    const error = await thrownBy(() =>
      oauthOf({ authOrigin: origin }).exchangeCallback(callbackUrl(), { ...options, signal }),
    );
    expect(error).toBe(reason);
  });

  it.each(['call', 'client'])('sends nothing when the signal of the %s is aborted beforehand', async (whose) => {
    const { fetch, seen } = double(token);
    const reason = new Error('too late');
    const signal = AbortSignal.abort(reason);
    const oauth = oauthOf({ fetch, ...(whose === 'client' ? { signal } : {}) });
    const error = await thrownBy(() =>
      oauth.exchangeCallback(callbackUrl(), { ...options, ...(whose === 'call' ? { signal } : {}) }),
    );
    expect(error).toBe(reason);
    expect(seen).toHaveLength(0);
  });

  it('leaves no listener on a signal that outlives it', async () => {
    const { fetch } = double(token);
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, 'addEventListener');
    const removed = vi.spyOn(signal, 'removeEventListener');
    await oauthOf({ fetch }).exchangeCallback(callbackUrl(), { ...options, signal });
    expect(added).toHaveBeenCalled();
    expect(removed.mock.calls.map(([, listener]) => listener)).toEqual(
      added.mock.calls.map(([, listener]) => listener),
    );
  });
});
