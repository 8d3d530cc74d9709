/**
 * A login as it is often written by hand. It is right, until a mutant changes a line of it: the SDK's own has no place
 * for these defects.
 */
import { randomUUID } from 'node:crypto';
import process from 'node:process';
import type { CleverClient, CleverError, CleverLogin, LoginOptions, UserToken } from 'clever-sdk';
import { parse, serialize } from 'hono/utils/cookie';

type Options = Pick<Required<LoginOptions>, 'onLogin' | 'onRepeat' | 'onError'>;

const { env } = process;
const SCOPE = { path: '/', httpOnly: true, sameSite: 'Lax' } as const;

export function naiveLogin(clever: CleverClient, redirectUri: string, options: Options): CleverLogin {
  const exchanged = new Set<string>();

  const start = async (): Promise<Response> => {
    const state = randomUUID();
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: String(env['CLEVER_CLIENT_ID']),
      redirect_uri: redirectUri,
      state,
    });
    const cookie = serialize('state', state, SCOPE);
    return redirect(`${env['CLEVER_AUTH_ORIGIN']}/oauth/authorize?${query}`, cookie);
  };

  const callback = async (request: Request): Promise<Response> => {
    const { searchParams } = new URL(request.url);
    const code = searchParams.get('code');
    const state = searchParams.get('state');
    const expected = parse(request.headers.get('cookie') ?? '')['state'];
    if (code !== null && exchanged.has(code)) {
      return (await options.onRepeat({ request, context: undefined })) ?? (await start());
    }
    if (code === null) {
      return refuse(request, searchParams.get('error') ?? 'no code');
    }
    if (state === null) {
      return start(); // From the portal, the Library or an Instant Login link: once more, with a state.
    }
    if (state !== expected) {
      return refuse(request, 'another state');
    }
    exchanged.add(code);
    try {
      const token = await exchange(code);
      const identity = await clever.oauth.identify(token);
      const answer = await options.onLogin({
        identity,
        token,
        request,
        returnTo: '/',
        isCleverInitiated: false,
        hasSwitchedAccount: false,
        context: undefined,
      });
      answer.headers.append('set-cookie', serialize('state', '', { ...SCOPE, maxAge: 0 }));
      return answer;
    } catch (error) {
      return refuse(request, error instanceof Error ? error.name : 'error');
    }
  };

  const exchange = async (code: string): Promise<UserToken> => {
    const body = new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: redirectUri });
    const basic = btoa(`${env['CLEVER_CLIENT_ID']}:${env['CLEVER_CLIENT_SECRET']}`);
    const answer = await fetch(`${env['CLEVER_AUTH_ORIGIN']}/oauth/tokens`, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}` },
      body,
    });
    if (!answer.ok) {
      throw new Error('no token');
    }
    return (await answer.json()) as UserToken;
  };

  const refuse = async (request: Request, reason: string): Promise<Response> => {
    const userMessage =
      reason === 'access_denied' || reason === 'unauthorized-user'
        ? 'Clever did not let you in. Please ask your school.'
        : 'The login did not work. Please try again.';
    const error = { userMessage } as CleverError;
    return options.onError({ error, request, status: 400, context: undefined });
  };

  return { start, callback };
}

function redirect(location: string, cookie: string): Response {
  return new Response(null, { status: 302, headers: { location, 'set-cookie': cookie, 'cache-control': 'no-store' } });
}
