import { escapeHtml } from '../../../util/html.js';
import { jsonBytes } from './json-bytes.js';

/** Refuses a request with one of Clever's JSON errors. The body is the observed one; the specification says `message`. */
export class Refusal extends Error {
  readonly status: number;
  readonly #member: 'error' | 'message';

  /** @param member - What the text is called: `message` at LMS Connect (documented) and, inferred, at Attendance. */
  constructor(status: 400 | 401 | 403 | 404 | 405 | 413, message: string, member: 'error' | 'message' = 'error') {
    super(message);
    this.status = status;
    this.#member = member;
  }

  toResponse(): Response {
    return json({ [this.#member]: this.message }, this.status);
  }
}

/** A JSON answer with Clever's content type. */
export function json(body: object, status = 200): Response {
  const bytes = jsonBytes(body);
  const response = new Response(bytes, { status, headers: { 'content-type': 'application/json; charset=utf-8' } });
  KNOWN_BODIES.set(response, bytes);
  return response;
}

/** A response gives its body away as a stream only: slower than the rest of a small answer. */
const KNOWN_BODIES = new WeakMap<Response, Uint8Array>();

/** The body of an answer, where it is known and nobody has replaced it. */
export function knownBody(response: Response): Uint8Array | undefined {
  return response.bodyUsed ? undefined : KNOWN_BODIES.get(response);
}

/**
 * The HTML page with which Clever answers an unknown path and, not telling the two apart, a token of the wrong kind
 * (observed).
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
