import type { Fault } from '../../world/faults/fault.js';

const JSON_TYPE = 'application/json; charset=utf-8';
const HTML_TYPE = 'text/html; charset=utf-8';
const PAGE = '<!DOCTYPE html>\n<html lang="en"><head><title>Error</title></head><body><h1>Error</h1></body></html>\n';

/**
 * Returns the answer that a fault puts in the place of the usual one; `undefined` when the fault only
 * changes the usual answer.
 */
export function faultResponse({ status, body, html, retryAfterMs }: Fault): Response | undefined {
  if (status === undefined && body === undefined && html === undefined) {
    return undefined;
  }
  const headers = new Headers();
  if (retryAfterMs !== undefined) {
    headers.set('retry-after', String(Math.ceil(retryAfterMs / 1_000)));
  }
  if (html !== undefined) {
    headers.set('content-type', HTML_TYPE);
    return new Response(html === true ? PAGE : html, { status: status ?? 200, headers });
  }
  if (body !== undefined) {
    headers.set('content-type', JSON_TYPE);
    return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status: status ?? 200, headers });
  }
  const code = status ?? 200;
  // Documented: 429 has no body. HTTP allows none for 204 and 304.
  if ([204, 205, 304, 429].includes(code)) {
    return new Response(null, { status: code, headers });
  }
  headers.set('content-type', JSON_TYPE);
  return new Response(JSON.stringify({ error: 'A fault of the sandbox caused this answer' }), {
    status: code,
    headers,
  });
}
