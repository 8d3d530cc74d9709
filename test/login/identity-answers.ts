import { type CleverIdentity, createCleverClient } from 'clever-sdk';
import { expect } from 'vitest';

export const ID = '5f1000000000000000000001';
export const LEGACY = '5f1000000000000000000091';
export const DISTRICT = '5f1000000000000000000010';
export const OTHER = '5f1000000000000000000099';
export const TOKEN = 'il-canary-access-token';

/** What Clever answers: a body, a response, or nothing (an HTML 404). */
export interface Answers {
  readonly me?: object | (() => Response);
  readonly user?: object | (() => Response);
  readonly userinfo?: object | (() => Response);
}

/** A page of HTML, as Clever sends it for paths that a token may not read. */
export const page = (status: number): Response =>
  new Response('<!DOCTYPE html><html><body>canary0</body></html>', {
    status,
    headers: { 'content-type': 'text/html' },
  });

export const ME = {
  type: 'user',
  data: { id: ID, district: DISTRICT, type: 'user', authorized_by: 'district' },
  links: [
    { rel: 'self', uri: '/me' },
    { rel: 'canonical', uri: `/v3.0/users/${ID}` },
    { rel: 'district', uri: `/v3.0/districts/${DISTRICT}` },
  ],
};
export const LIBRARY_ME = { type: 'user', data: { id: ID, type: 'user', authorized_by: 'teacher' } };

/** A client, and the paths that it requested. */
export function clientOf(answers: Answers, apiVersion: 'v3.0' | 'v3.1' = 'v3.1') {
  const asked: string[] = [];
  const respond = (answer: Answers[keyof Answers]): Response =>
    answer === undefined ? page(404) : typeof answer === 'function' ? answer() : Response.json(answer);
  const fetch = async (address: string, init: RequestInit = {}): Promise<Response> => {
    const { pathname, origin } = new URL(address);
    expect(origin).toBe('https://api.clever.com');
    expect(new Headers(init.headers).get('authorization')).toBe(`Bearer ${TOKEN}`);
    asked.push(pathname);
    if (pathname === `/${apiVersion}/me`) {
      return respond(answers.me ?? ME);
    }
    return respond(
      pathname === '/userinfo'
        ? answers.userinfo
        : pathname === `/${apiVersion}/users/${ID}`
          ? answers.user
          : undefined,
    );
  };
  const clever = createCleverClient({
    ...{ clientId: 'a'.repeat(20), clientSecret: 'canary-secret', redirectUri: 'https://app.example.com/callback' },
    ...{ fetch, apiVersion, retry: false },
  });
  return { clever, asked };
}

/** The identity as plain data. */
export async function identify(answers: Answers): Promise<CleverIdentity> {
  return { ...(await clientOf(answers).clever.oauth.identify(TOKEN)) };
}

/** An answer of `/users/{id}`. */
export const userOf = (user: object): object => ({ data: { id: ID, district: DISTRICT, ...user } });
