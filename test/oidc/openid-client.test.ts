import type { SandboxOptions } from 'clever-sdk/sandbox';
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
import { describe, expect } from 'vitest';
import { locationOf } from '../support/browser.js';
import { it as itWithSandbox, SMALL } from '../support/fixtures.js';

/* An OpenID client from outside this project, at the sandbox. */

const it = itWithSandbox
  .extend('sandboxOptions', { ...SMALL, oidc: true } as SandboxOptions)
  .extend('configuration', ({ listening }) => {
    const { clientId, clientSecret } = listening.clientOptions();
    return discovery(new URL(listening.url), clientId, undefined, ClientSecretBasic(clientSecret), {
      execute: [allowInsecureRequests],
    });
  })
  .extend('person', ({ sandbox }) => {
    const [person] = sandbox.people({ role: 'teacher', limit: 1 });
    return person ?? expect.fail('the district has no teacher');
  });

async function comeBack(configuration: Configuration, parameters: Record<string, string>): Promise<URL> {
  const url = buildAuthorizationUrl(configuration, parameters);
  return locationOf(await fetch(url, { redirect: 'manual' }));
}

describe('openid-client at the sandbox', () => {
  it.for([false, true])(
    'logs in a teacher by discovery alone (PKCE: %s)',
    async (usesPkce, { configuration, sandbox, person }) => {
      const { redirectUri } = sandbox.clientOptions();
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
    },
  );
});
