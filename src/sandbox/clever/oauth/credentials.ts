import type { Context } from 'hono';
import { json } from '../api/answers.js';
import type { Env } from '../context.js';

/** Makes an OAuth error: `{ error, error_description }`. Source: the struct of Clever's own Go client. */
export function oauthError(status: 400 | 401 | 413, error: string, description: string): Response {
  const response = json({ error, error_description: description }, status);
  if (status === 401) {
    response.headers.set('www-authenticate', 'Basic realm="clever"');
  }
  return response;
}

/**
 * Checks whether a request carries the app's id and secret. HTTP Basic is the only way that Clever documents.
 *
 * @param body - Its `client_id` and `client_secret` count when the request has no `Authorization`, because
 * that is the default of standard clients (RFC 6749, section 2.3.1). Inferred: Clever accepts them.
 */
export function isFromApp(context: Context<Env>, body: Readonly<Record<string, string | undefined>> = {}): boolean {
  const { clientId, clientSecret } = context.env.world.app;
  const header = context.req.header('authorization');
  if (header === undefined) {
    return body['client_id'] === clientId && body['client_secret'] === clientSecret;
  }
  const [id, secret] = basicCredentials(header);
  return matches(id, clientId) && matches(secret, clientSecret);
}

/**
 * Compares with and without form encoding: RFC 6749, section 2.3.1 requires it of clients, but many do not
 * encode.
 */
function matches(given: string | undefined, expected: string): boolean {
  return given === expected || (given !== undefined && formDecode(given) === expected);
}

function formDecode(text: string): string | undefined {
  return new URLSearchParams(`value=${text.replaceAll('&', '%26')}`).get('value') ?? undefined;
}

function basicCredentials(header: string | undefined): readonly [string?, string?] {
  const encoded = /^Basic +([A-Za-z0-9+/=]+)$/iu.exec(header ?? '')?.[1];
  if (encoded === undefined) {
    return [];
  }
  try {
    const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
    const text = new TextDecoder().decode(bytes);
    const colon = text.indexOf(':');
    return colon < 0 ? [] : [text.slice(0, colon), text.slice(colon + 1)];
  } catch {
    return [];
  }
}
