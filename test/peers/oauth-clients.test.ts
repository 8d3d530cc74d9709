import type { ListeningSandbox } from 'clever-sdk/sandbox';
import express from 'express';
import passport from 'passport';
import { Strategy } from 'passport-oauth2';
import { AuthorizationCode } from 'simple-oauth2';
import { expect, it, onTestFinished } from 'vitest';
import { locationOf } from '../support/browser.js';
import { serve, truth } from './truth.js';

/* OAuth clients from outside this project, configured with the endpoints that Clever documents, at the sandbox. */

interface Me {
  readonly data: { readonly id: string; readonly district: string; readonly authorized_by: string };
}

async function me(sandbox: ListeningSandbox, token: string): Promise<Me['data']> {
  const response = await fetch(`${sandbox.url}/v3.1/me`, { headers: { authorization: `Bearer ${token}` } });
  return ((await response.json()) as Me).data;
}

/** Opens the address at which a login begins, as the person, and skips the login page. */
async function enter(url: string | URL, personId: string): Promise<URL> {
  const address = new URL(url);
  address.searchParams.set('sandbox_user', personId);
  return locationOf(await fetch(address, { redirect: 'manual' }));
}

it.each(['student', 'teacher', 'staff'] as const)('simple-oauth2 logs in a %s', async (role) => {
  const sandbox = await serve(await truth());
  const { clientId, clientSecret, redirectUri } = sandbox.clientOptions();
  const [person] = sandbox.people({ role, limit: 1 });
  const client = new AuthorizationCode({
    client: { id: clientId, secret: clientSecret },
    auth: { tokenHost: sandbox.url, tokenPath: '/oauth/tokens', authorizePath: '/oauth/authorize' },
  });
  const callback = await enter(client.authorizeURL({ redirect_uri: redirectUri, state: 'a-state' }), person?.id ?? '');
  expect(callback.searchParams.get('state')).toBe('a-state');
  const code = callback.searchParams.get('code') ?? '';
  const { token } = await client.getToken({ code, redirect_uri: redirectUri });
  expect(await me(sandbox, String(token['access_token']))).toMatchObject({ id: person?.id, authorized_by: 'district' });
  await expect(client.getToken({ code, redirect_uri: redirectUri })).rejects.toMatchObject({
    output: { statusCode: 400 },
  });
});

it.each(['student', 'teacher', 'staff'] as const)('passport-oauth2 logs in a %s', async (role) => {
  const sandbox = await serve(await truth());
  const { clientId, clientSecret, redirectUri } = sandbox.clientOptions();
  const [person] = sandbox.people({ role, limit: 1 });
  const strategy = new Strategy(
    {
      authorizationURL: `${sandbox.url}/oauth/authorize`,
      tokenURL: `${sandbox.url}/oauth/tokens`,
      clientID: clientId,
      clientSecret,
      callbackURL: redirectUri,
      // Clever documents Basic authentication only; by default the strategy puts the secret into the body.
      customHeaders: { Authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
    },
    (
      accessToken: string,
      _refreshToken: unknown,
      _profile: unknown,
      done: (error: unknown, user?: Express.User) => void,
    ) => {
      me(sandbox, accessToken).then((found) => done(null, found), done);
    },
  );
  const url = await appWith(strategy);
  const begin = locationOf(await fetch(`${url}/login`, { redirect: 'manual' }));
  const callback = await enter(begin, person?.id ?? '');
  const answer = await fetch(`${url}/callback${callback.search}`);
  expect([answer.status, await answer.json()]).toMatchObject([200, { id: person?.id, authorized_by: 'district' }]);
  expect((await fetch(`${url}/callback${callback.search}`)).status).toBe(500); // a code works once
});

/** An app on the loopback interface that logs people in with a Passport strategy. */
async function appWith(strategy: Strategy): Promise<string> {
  const authenticator = new passport.Passport();
  authenticator.use('clever', strategy);
  const app = express();
  app.get('/login', authenticator.authenticate('clever', { session: false }));
  app.get('/callback', authenticator.authenticate('clever', { session: false }), (request, response) => {
    response.json(request.user);
  });
  app.use((_error: unknown, _request: express.Request, response: express.Response, _next: express.NextFunction) => {
    response.sendStatus(500);
  });
  const server = app.listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}
