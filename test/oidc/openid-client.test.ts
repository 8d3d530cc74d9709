import { createSandbox } from 'clever-sdk/sandbox';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientSecretBasic,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { describe, expect, it, onTestFinished } from 'vitest';
import { locationOf } from '../support/browser.js';

/* An OpenID client that nobody of this project wrote, at the sandbox. */

async function listen() {
  const sandbox = await createSandbox({ districts: [{ seed: 3, students: 20 }] }).listen();
  onTestFinished(() => sandbox.close());
  const { clientId, clientSecret, redirectUri } = sandbox.clientOptions();
  const configuration = await discovery(new URL(sandbox.url), clientId, undefined, ClientSecretBasic(clientSecret), {
    execute: [allowInsecureRequests],
  });
  const [person] = sandbox.people({ role: 'teacher', limit: 1 });
  if (person === undefined) {
    throw new Error('the district has no teacher');
  }
  return { configuration, redirectUri, person };
}

async function comeBack(configuration: Configuration, parameters: Record<string, string>): Promise<URL> {
  const url = buildAuthorizationUrl(configuration, parameters);
  return locationOf(await fetch(url, { redirect: 'manual' }));
}

describe('openid-client at the sandbox', () => {
  it.each([false, true])('logs a teacher in by discovery alone (PKCE: %s)', async (usesPkce) => {
    const { configuration, redirectUri, person } = await listen();
    const [state, nonce, verifier] = [randomState(), randomNonce(), randomPKCECodeVerifier()];
    const pkce = { code_challenge: await calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' };
    const callback = await comeBack(configuration, {
      ...{ redirect_uri: redirectUri, scope: 'openid', state, nonce, sandbox_user: person.id },
      ...(usesPkce ? pkce : {}),
    });
    const tokens = await authorizationCodeGrant(configuration, callback, {
      ...{ expectedState: state, expectedNonce: nonce, idTokenExpected: true },
      ...(usesPkce ? { pkceCodeVerifier: verifier } : {}),
    });
    expect(tokens.claims()).toMatchObject({ sub: person.id, user_type: 'teacher', nonce });
    const userinfo = await fetchUserInfo(configuration, tokens.access_token, person.id);
    expect(userinfo['user_type']).toBe('teacher');
  });
});
