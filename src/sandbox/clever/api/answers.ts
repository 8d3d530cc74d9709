import { escapeHtml } from '../../../util/html.js';
import { jsonBytes } from './json-bytes.js';

/**
 * Refuses a request with one of Clever's JSON errors. The body is the observed one; the specification calls
 * its member `message`.
 */
export class Refusal extends Error {
  readonly status: number;
  readonly #member: 'error' | 'message';

  /**
   * @param member - The name of the member that holds the text: `message` in LMS Connect (documented) and
   * in the Attendance API (inferred).
   */
  constructor(status: 400 | 401 | 403 | 404 | 405 | 413, message: string, member: 'error' | 'message' = 'error') {
    super(message);
    this.status = status;
    this.#member = member;
  }

  toResponse(): Response {
    return json({ [this.#member]: this.message }, this.status);
  }
}

/** Makes a JSON answer with Clever's content type. */
export function json(body: object, status = 200): Response {
  const bytes = jsonBytes(body);
  const response = new Response(bytes, { status, headers: { 'content-type': 'application/json; charset=utf-8' } });
  KNOWN_BODIES.set(response, bytes);
  return response;
}

/**
 * The bodies of answers. A `Response` returns its body only as a stream, which takes longer than the rest
 * of a small answer.
 */
const KNOWN_BODIES = new WeakMap<Response, Uint8Array>();

/** Returns the body of an answer; `undefined` when it is not known or was already read. */
export function knownBody(response: Response): Uint8Array | undefined {
  return response.bodyUsed ? undefined : KNOWN_BODIES.get(response);
}

/**
 * Makes the HTML page with which Clever answers both an unknown path and a token of the wrong kind (observed).
 */
export function cannot(method: string, path: string): Response {
  const lines = [
    '<!DOCTYPE html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<title>Error</title>',
    '</head>',
    '<body>',
    `<pre>Cannot ${escapeHtml(method)} ${escapeHtml(path)}</pre>`,
    '</body>',
    '</html>',
    '',
  ];
  return new Response(lines.join('\n'), {
    status: 404,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'",
      'x-content-type-options': 'nosniff',
    },
  });
}
