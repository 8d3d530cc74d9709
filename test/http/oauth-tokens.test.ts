import {
  CleverAuthenticationError,
  CleverConfigError,
  CleverConnectionError,
  CleverNotFoundError,
  CleverPaginationError,
  CleverValidationError,
  type ClientEvent,
} from 'clever-sdk';
import { describe, expect, it } from 'vitest';
import { type Answer, double } from '../support/double.js';
import { thrownBy } from '../support/outcomes.js';
import { printed } from '../support/printed.js';
import { answer, CANARY, CLIENT_ID, oauthOf, tokenEndpoint } from './oauth-token-endpoint.js';

const record = (district: string): object => ({
  id: `token-of-${district}`,
  created: '2026-01-05T10:00:00.000Z',
  owner: { type: 'district', id: district },
  access_token: `${CANARY.token}-${district}`,
  scopes: ['read:districts'],
});
const list = (records: object[], next?: string): object => ({
  data: records,
  links: [
    { rel: 'self', uri: '/oauth/tokens?owner_type=district' },
    ...(next === undefined ? [] : [{ rel: 'next', uri: next }]),
  ],
});

describe('districtTokens()', () => {
  it('lists the token of every connected district, with Basic authentication, and hides the tokens', async () => {
    const { fetch, seen } = double(list([record('one'), record('two')]));
    const tokens = await oauthOf({ fetch }).districtTokens();
    expect(tokens).toMatchObject([record('one'), record('two')]);
    expect(printed(tokens)).not.toContain('canary');
    expect(printed(tokens)).toContain('read:districts');
    expect(seen.map(({ url }) => url.href)).toEqual(['https://clever.com/oauth/tokens?owner_type=district']);
    expect(seen[0]?.headers.get('authorization')).toBe(`Basic ${btoa(`${CLIENT_ID}:${CANARY.secret}`)}`);
  });

  it('asks for one district', async () => {
    const { fetch, seen } = double(list([record('one')]));
    await oauthOf({ fetch }).districtTokens({ districtId: 'one' });
    expect(Object.fromEntries(seen[0]?.url.searchParams ?? [])).toEqual({ owner_type: 'district', district: 'one' });
  });

  it('is empty when no district is connected', async () => {
    await expect(oauthOf({ fetch: double(list([])).fetch }).districtTokens()).resolves.toEqual([]);
  });

  it('follows a next link, relative or not', async () => {
    const { fetch, seen } = double(
      list([record('one')], '/oauth/tokens?owner_type=district&starting_after=1'),
      list([], 'https://clever.com/oauth/tokens?owner_type=district&starting_after=2'),
      list([record('two')]),
    );
    const tokens = await oauthOf({ fetch }).districtTokens();
    expect(tokens.map(({ owner }) => owner.id)).toEqual(['one', 'two']);
    expect(seen.map(({ url }) => url.searchParams.get('starting_after'))).toEqual([null, '1', '2']);
  });

  it.each([
    'https://evil.example/oauth/tokens?owner_type=district',
    '//evil.example/oauth/tokens',
    'http://clever.com/oauth/tokens?page=2',
    '/oauth/other',
    'javascript:alert(1)',
  ])('does not follow %s', async (next) => {
    const { fetch, seen } = double(list([record('one')], next));
    const error = await thrownBy(() => oauthOf({ fetch }).districtTokens());
    expect(error).toBeInstanceOf(CleverPaginationError);
    expect(error).toMatchObject({ reason: 'foreign_link' });
    expect(printed(error)).not.toMatch(/canary|evil/u);
    expect(seen).toHaveLength(1);
  });

  it('does not follow links in a circle', async () => {
    const { fetch, seen } = double(
      list([record('one')], '/oauth/tokens?owner_type=district&page=2'),
      list([record('two')], '/oauth/tokens?owner_type=district'),
    );
    await expect(oauthOf({ fetch }).districtTokens()).rejects.toMatchObject({ reason: 'repeated_link' });
    expect(seen).toHaveLength(2);
  });

  it('explains wrong credentials, over HTTP', async () => {
    const { origin, seen } = await tokenEndpoint((_, response) =>
      answer(response, 401, { error: 'invalid_client', error_description: CANARY.said }),
    );
    const error = await thrownBy(() => oauthOf({ authOrigin: origin }).districtTokens());
    expect(error).toBeInstanceOf(CleverAuthenticationError);
    expect((error as Error).message).toMatch(/CLEVER_CLIENT_ID.*CLEVER_CLIENT_SECRET/u);
    expect(printed(error)).not.toContain('canary');
    expect(seen).toHaveLength(1);
  });

  it('is repeated after a failure, because it is a read', async () => {
    const { fetch, seen } = double(new Response('', { status: 503 }), list([record('one')]));
    const tokens = await oauthOf({ fetch, retry: { retries: 1, baseDelayMs: 1 } }).districtTokens();
    expect(tokens).toHaveLength(1);
    expect(seen).toHaveLength(2);
  });

  it.each<[string, unknown]>([
    ['no list', {}],
    ['a list of strings', { data: ['canary'] }],
    ['an array', []],
  ])('refuses %s', async (_, body) => {
    const error = await thrownBy(() => oauthOf({ fetch: double(body as object).fetch }).districtTokens());
    expect(error).toBeInstanceOf(CleverConnectionError);
    expect(error).toMatchObject({ reason: 'envelope' });
    expect(printed(error)).not.toContain('canary');
  });

  it.each<[string, object]>([
    ['an empty district', { districtId: '' }],
    ['a misspelt option', { district: 'one' }],
    ['options that are not an object', null as never],
  ])('refuses %s', async (_, options) => {
    const { fetch, seen } = double();
    expect(await thrownBy(() => oauthOf({ fetch }).districtTokens(options))).toBeInstanceOf(CleverConfigError);
    expect(seen).toHaveLength(0);
  });
});

describe('tokenInfo() and me()', () => {
  const info = { client_id: CLIENT_ID, scopes: ['read:user_id'] };
  const person = {
    type: 'user',
    data: { id: 'person-1', district: 'district-1', type: 'user', authorized_by: 'district' },
    links: [{ rel: 'self', uri: '/me' }],
  };

  it('tokenInfo() asks clever.com with the token', async () => {
    const { fetch, seen } = double(info);
    await expect(oauthOf({ fetch }).tokenInfo(CANARY.token)).resolves.toEqual(info);
    expect(seen[0]?.url.href).toBe('https://clever.com/oauth/tokeninfo');
    expect(seen[0]?.headers.get('authorization')).toBe(`Bearer ${CANARY.token}`);
  });

  it.each(['v3.0', 'v3.1'] as const)('me() asks api.clever.com of %s with the token', async (apiVersion) => {
    const { fetch, seen } = double(person);
    await expect(oauthOf({ fetch, apiVersion }).me(CANARY.token)).resolves.toEqual(person);
    expect(seen[0]?.url.href).toBe(`https://api.clever.com/${apiVersion}/me`);
    expect(seen[0]?.headers.get('authorization')).toBe(`Bearer ${CANARY.token}`);
  });

  it('me() accepts the bare response to a demo token', async () => {
    const bare = { data: { id: 'person-1', district: 'district-1', type: 'teacher' } };
    await expect(oauthOf({ fetch: double(bare).fetch }).me(CANARY.token)).resolves.toEqual(bare);
  });

  it.each(['tokenInfo', 'me'] as const)('%s() explains a token that has expired', async (call) => {
    const { fetch } = double(Response.json({ error: `Unrecognized token ${CANARY.token}` }, { status: 401 }));
    const error = await thrownBy(() => oauthOf({ fetch })[call](CANARY.token));
    expect(error).toBeInstanceOf(CleverAuthenticationError);
    expect((error as Error).message).toMatch(/through the login again/u);
    expect(printed(error)).not.toContain('canary');
  });

  it('me() explains a token of the wrong kind', async () => {
    const { fetch } = double(
      new Response('<html>canary</html>', { status: 404, headers: { 'content-type': 'text/html' } }),
    );
    const error = await thrownBy(() => oauthOf({ fetch }).me(CANARY.token));
    expect(error).toBeInstanceOf(CleverNotFoundError);
    expect((error as Error).message).toMatch(/not the token of a signed-in person/u);
    expect(printed(error)).not.toContain('canary');
  });

  it.each(['tokenInfo', 'me'] as const)('%s() refuses what is not an answer', async (call) => {
    for (const body of [{}, [], { data: [] }, { data: { name: 'canary' } }, { client_id: 7 }]) {
      const error = await thrownBy(() => oauthOf({ fetch: double(body).fetch })[call](CANARY.token));
      expect(error).toMatchObject({ code: 'connection', reason: 'envelope', isRetryable: false });
      expect(printed(error)).not.toContain('canary');
    }
  });

  it.each(['tokenInfo', 'me'] as const)('%s() refuses what is not a token', async (call) => {
    const { fetch, seen } = double();
    for (const value of ['', ' ', 'canary\r\nx: y', undefined, null, { access_token: CANARY.token }]) {
      const error = await thrownBy(() => oauthOf({ fetch })[call](value as string));
      expect(error).toBeInstanceOf(CleverConfigError);
      expect((error as Error).message).toMatch(/token\.access_token/u);
      expect(printed(error)).not.toContain('canary');
    }
    expect(await thrownBy(() => oauthOf({ fetch })[call](CANARY.token, { timeout: 5 } as never))).toBeInstanceOf(
      CleverConfigError,
    );
    expect(seen).toHaveLength(0);
  });

  it.each(['tokenInfo', 'me'] as const)('%s() rethrows the reason of an abort', async (call) => {
    const reason = new Error('enough');
    const { fetch, seen } = double();
    const options = { signal: AbortSignal.abort(reason) };
    expect(await thrownBy(() => oauthOf({ fetch })[call](CANARY.token, options))).toBe(reason);
    expect(seen).toHaveLength(0);
  });

  const odd: [string, Answer][] = [
    ['tokenInfo', { client_id: CLIENT_ID, scopes: 'canary' }],
    ['me', { ...person, links: 'canary' }],
    ['districtTokens', { data: [{ ...record('one'), scopes: 'canary' }] }],
  ];

  it.each(odd)('%s() delivers an odd record and reports it, or throws under strict validation', async (call, body) => {
    const run = async (validation: 'lenient' | 'strict' | 'off', events: ClientEvent[]): Promise<unknown> => {
      const oauth = oauthOf({
        fetch: double(body).fetch,
        validation,
        onEvent: (event: ClientEvent) => void events.push(event),
      } as never);
      return call === 'districtTokens' ? oauth.districtTokens() : oauth[call as 'me'](CANARY.token);
    };
    const events: ClientEvent[] = [];
    await run('lenient', events);
    expect(events.filter(({ kind }) => kind === 'validation')).toHaveLength(1);
    expect(printed(events)).not.toContain('canary');

    const error = await thrownBy(() => run('strict', []));
    expect(error).toBeInstanceOf(CleverValidationError);
    expect(printed(error)).not.toContain('canary');

    const silent: ClientEvent[] = [];
    await run('off', silent);
    expect(silent.filter(({ kind }) => kind === 'validation')).toHaveLength(0);
  });
});
