import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type AppClientOptions, type CleverClient, createCleverClient } from 'clever-sdk';
import { onTestFinished } from 'vitest';

/** Marked values, none of which may appear in anything that is printed. */
export const CANARY = {
  secret: 'canary0secret0f00d',
  code: 'canary0code0f00d',
  state: 'canary0state0f00d',
  token: 'canary0token0f00d',
  idToken: 'canary0idtoken.f00d.f00d',
  said: 'canary0words0f00d',
} as const;

export const CLIENT_ID = 'aaaaaaaaaaaaaaaaaaaa';
export const REDIRECT_URI = 'https://app.example.com/auth/clever/callback';

/** The `oauth` of an app's client. */
export function oauthOf(options: Partial<AppClientOptions> = {}): CleverClient['oauth'] {
  return createCleverClient({
    clientId: CLIENT_ID,
    clientSecret: CANARY.secret,
    redirectUri: REDIRECT_URI,
    ...options,
  }).oauth;
}

/** The callback of a successful login, changed by `parameters`; `undefined` removes one. */
export function callbackUrl(parameters: Record<string, string | undefined> = {}): string {
  const url = new URL(REDIRECT_URI);
  for (const [name, value] of Object.entries({ code: CANARY.code, state: CANARY.state, ...parameters })) {
    if (value !== undefined) {
      url.searchParams.set(name, value);
    }
  }
  return url.href;
}

/** One request as the token endpoint received it. */
export interface TokenRequest {
  readonly authorization: string | undefined;
  readonly contentType: string | undefined;
  readonly body: URLSearchParams;
}

export type Handler = (request: IncomingMessage, response: ServerResponse, seen: TokenRequest) => void;

/**
 * Behaves like Clever's endpoint: Basic credentials, and codes that work once, within one minute of its own
 * clock.
 */
export function cleverLike(clock: { nowMs: number } = { nowMs: 0 }): Handler {
  const issuedAtMs = clock.nowMs;
  let isUsed = false;
  const credentials = `Basic ${Buffer.from(`${CLIENT_ID}:${CANARY.secret}`).toString('base64')}`;
  return (_, response, { authorization, body }) => {
    if (authorization !== credentials) {
      answer(response, 401, { error: 'invalid_client', error_description: CANARY.said });
    } else if (body.get('redirect_uri') !== REDIRECT_URI) {
      answer(response, 400, { error: 'redirect_uri_mismatch' });
    } else if (body.get('code') !== CANARY.code || isUsed || clock.nowMs - issuedAtMs > 60_000) {
      answer(response, 400, {
        error: 'invalid_grant',
        error_description: `Invalid grant: invalid code ${CANARY.said}`,
      });
    } else {
      isUsed = true;
      answer(response, 200, { access_token: CANARY.token, token_type: 'bearer', id_token: CANARY.idToken });
    }
  };
}

export function answer(response: ServerResponse, status: number, body: object | string): void {
  const isText = typeof body === 'string';
  response.writeHead(status, {
    'content-type': isText ? 'text/html' : 'application/json',
    'x-request-id': 'request-1',
  });
  response.end(isText ? body : JSON.stringify(body));
}

/** A token endpoint on this machine, closed when the test ends. */
export async function tokenEndpoint(handle: Handler): Promise<{ origin: string; seen: TokenRequest[] }> {
  const seen: TokenRequest[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk as Buffer);
    }
    const received: TokenRequest = {
      authorization: request.headers.authorization,
      contentType: request.headers['content-type'],
      body: new URLSearchParams(Buffer.concat(chunks).toString()),
    };
    seen.push(received);
    handle(request, response, received);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}
