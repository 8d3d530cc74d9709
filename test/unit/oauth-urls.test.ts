import { inspect } from 'node:util';
import { CleverConfigError, createCleverClient } from 'clever-sdk';
import { describe, expect, it } from 'vitest';
import { printed } from '../support/printed.js';

const app = {
  clientId: 'aaaaaaaaaaaaaaaaaaaa',
  clientSecret: 'canary0secret',
  redirectUri: 'https://app.example.com/auth/clever/callback',
};
const { oauth } = createCleverClient(app);

describe('authorizationUrl()', () => {
  it('sends what Clever needs and nothing else', () => {
    const { url, state } = oauth.authorizationUrl();
    const { origin, pathname, searchParams } = new URL(url);
    expect(origin + pathname).toBe('https://clever.com/oauth/authorize');
    expect(Object.fromEntries(searchParams)).toEqual({
      response_type: 'code',
      client_id: app.clientId,
      redirect_uri: app.redirectUri,
      state,
    });
  });

  it('makes a new state of 256 bits each time', () => {
    const states = Array.from({ length: 50 }, () => oauth.authorizationUrl().state);
    expect(new Set(states).size).toBe(50);
    expect(states.every((state) => /^[\w-]{43}$/u.test(state))).toBe(true);
  });

  it('accepts a district, a nonce, a state, another redirect URI and further parameters', () => {
    const { url, state } = oauth.authorizationUrl({
      districtId: 'district-1',
      nonce: 'nonce-1',
      state: 'state-1',
      redirectUri: 'https://app.example.com/other',
      extraParams: { confirmed: 'false', scope: 'openid' },
    });
    expect(state).toBe('state-1');
    expect(Object.fromEntries(new URL(url).searchParams)).toEqual({
      response_type: 'code',
      client_id: app.clientId,
      redirect_uri: 'https://app.example.com/other',
      state: 'state-1',
      district_id: 'district-1',
      nonce: 'nonce-1',
      confirmed: 'false',
      scope: 'openid',
    });
  });

  it.each(['response_type', 'client_id', 'redirect_uri', 'state', 'district_id', 'nonce'])(
    'does not let extraParams replace %s',
    (name) => {
      const call = () => oauth.authorizationUrl({ extraParams: { [name]: 'x' } });
      expect(call).toThrow(CleverConfigError);
      expect(call).toThrow(`cannot set \`${name}\``);
    },
  );

  it.each<[string, object, RegExp]>([
    ['an empty district', { districtId: '' }, /`districtId`/],
    ['an empty nonce', { nonce: ' ' }, /`nonce`/],
    ['an empty state', { state: '' }, /`state`/],
    ['an endless state', { state: 'x'.repeat(3_000) }, /`state`.*2048/],
    ['a number for a district', { districtId: 7 }, /`districtId`/],
    ['a redirect URI with a query', { redirectUri: `${app.redirectUri}?next=/x` }, /`redirectUri`.*without `\?`/],
    ['a redirect URI with an empty query', { redirectUri: `${app.redirectUri}?` }, /`redirectUri`/],
    ['a redirect URI with a fragment', { redirectUri: `${app.redirectUri}#x` }, /`redirectUri`/],
    ['a redirect URI without https', { redirectUri: 'http://app.example.com/cb' }, /`redirectUri`/],
    ['a relative redirect URI', { redirectUri: '/cb' }, /`redirectUri`/],
    ['a script as redirect URI', { redirectUri: 'javascript:alert(1)' }, /`redirectUri`/],
    ['extraParams that are not strings', { extraParams: { confirmed: false } }, /`extraParams.confirmed`/],
    ['extraParams that are not an object', { extraParams: 'confirmed=false' }, /`extraParams`/],
    ['a misspelt option', { district_id: 'x' }, /no option `district_id`.*districtId/],
    ['options that are not an object', null as never, /must be an object/],
  ])('refuses %s', (_, options, message) => {
    expect(() => oauth.authorizationUrl(options)).toThrow(CleverConfigError);
    expect(() => oauth.authorizationUrl(options)).toThrow(message);
  });

  it('needs a redirect URI', () => {
    const { redirectUri, ...rosterApp } = app;
    const rostering = createCleverClient(rosterApp).oauth;
    expect(() => rostering.authorizationUrl()).toThrow(/pass `redirectUri` to createCleverClient/);
    expect(rostering.authorizationUrl({ redirectUri }).url).toContain(encodeURIComponent(redirectUri));
  });

  it('uses the client’s authOrigin', () => {
    const local = createCleverClient({
      ...app,
      authOrigin: 'http://localhost:4000',
      redirectUri: 'http://localhost:3000/cb',
    });
    expect(local.oauth.authorizationUrl().url).toMatch(/^http:\/\/localhost:4000\/oauth\/authorize\?/);
  });

  it('prints neither state nor nonce, and no copy has them', () => {
    const made = oauth.authorizationUrl({ state: 'canary0state', nonce: 'canary0nonce' });
    expect(printed(made)).not.toContain('canary');
    expect(inspect(made)).toContain('https://clever.com/oauth/authorize');
    expect(made.state).toBe('canary0state');
    expect(made.url).toContain('canary0nonce');
    expect({ ...made }).toEqual({});
  });
});

describe('instantLoginUrl()', () => {
  it('names the app and the district', () => {
    expect(oauth.instantLoginUrl({ districtId: 'district 1' })).toBe(
      `https://clever.com/oauth/instant-login?client_id=${app.clientId}&district_id=district+1`,
    );
  });

  it.each([{}, { districtId: '' }, { districtId: undefined }, { districtId: 'x', nonce: 'x' }, undefined])(
    'refuses %o',
    (options) => {
      expect(() => oauth.instantLoginUrl(options as never)).toThrow(CleverConfigError);
    },
  );
});

describe('the oauth object', () => {
  it('prints the app and its addresses, never the secret', () => {
    const shown = inspect(oauth, { depth: 9, showHidden: true }) + JSON.stringify(oauth);
    expect(shown).not.toContain('canary');
    expect(shown).toContain(app.clientId);
    expect(shown).toContain(app.redirectUri);
    expect(shown).toContain('https://clever.com');
  });

  it('can be destructured', () => {
    const { authorizationUrl } = oauth;
    expect(authorizationUrl().url).toContain('https://clever.com/oauth/authorize');
  });
});
