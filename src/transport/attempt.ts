import ky, { NetworkError } from 'ky';
import { isCleverError, type RateLimit } from '../errors/index.js';
import { MAX_ERROR_BYTES, parseBody, readBytes, textOf } from './body.js';
import { adaptFetch, type FetchFunction } from './fetch.js';
import type { TransportRequest } from './request.js';
import { readRateLimit, requestIdOf } from './response-headers.js';
import type { FailureReason } from './retry.js';

/** One request as it is sent. */
export interface WireRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** The longest successful answer, in bytes after decompression. */
  readonly maxResponseBytes: number;
}

/** An answer, read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly rateLimit: RateLimit | undefined;
  readonly requestId: string | undefined;
}

/** Called with parts of an answer before it is parsed. */
export interface Listeners {
  /** Called with the status and headers as soon as they arrive. */
  readonly onHead: (status: number, headers: Headers) => void;
  readonly onBody?: TransportRequest['onBody'];
}

/** What became of one attempt. */
export type Outcome =
  | { readonly kind: 'success'; readonly answer: Answer; readonly json: unknown }
  | { readonly kind: 'failure'; readonly reason: 'status'; readonly answer: Answer; readonly text: string }
  | {
      readonly kind: 'failure';
      readonly reason: Exclude<FailureReason, 'status'>;
      readonly answer?: Answer;
      readonly cause?: unknown;
    };

/**
 * Sends one request once and reads the answer's body to its end.
 *
 * ky makes the attempt and nothing else. Its own retries, timeouts and errors stay off: hooks do not see a body that
 * breaks off, each hook clones the response, a `Retry-After` is either slept through however long it is or clamped into
 * a retry that comes too early, and its errors print the request with the token.
 */
export async function sendOnce(
  fetch: FetchFunction | undefined,
  request: WireRequest,
  signal: AbortSignal,
  listeners: Listeners,
): Promise<Outcome> {
  let response: Response;
  try {
    response = await ky(request.url, {
      method: request.method,
      headers: request.headers,
      ...(request.body === undefined ? {} : { body: request.body }),
      // The signal goes to the fetch alone. Those that ky derives from it would stay in memory until the next
      // major garbage collection.
      fetch: adaptFetch(fetch, signal),
      // If it were followed, the token would be sent along.
      redirect: 'manual',
      retry: 0,
      timeout: false,
      throwHttpErrors: false,
    });
    if (response.type === 'error') {
      return { kind: 'failure', reason: 'network' };
    }
  } catch (thrown) {
    if (isCleverError(thrown)) {
      throw thrown;
    }
    return { kind: 'failure', reason: 'network', cause: thrown instanceof NetworkError ? thrown.cause : thrown };
  }
  if (signal.aborted) {
    // A custom fetch has ignored its signal: no caller waits for the answer any more.
    response.body?.cancel().catch(() => undefined);
  }
  listeners.onHead(response.status, response.headers);
  return read(response, request.maxResponseBytes, (chunks) =>
    signal.aborted ? undefined : listeners.onBody?.(chunks),
  );
}

async function read(
  response: Response,
  maxResponseBytes: number,
  onBody: NonNullable<TransportRequest['onBody']>,
): Promise<Outcome> {
  const { status, headers, type } = response;
  const isSuccess = status >= 200 && status < 300;
  let chunks: Uint8Array[] = [];
  let isTooLong = false;
  try {
    ({ chunks, isTooLong } = await readBytes(response, isSuccess ? maxResponseBytes : MAX_ERROR_BYTES));
  } catch (cause) {
    // The status of a failure says enough; a success is worth nothing without its body.
    if (isSuccess) {
      return { kind: 'failure', reason: 'body', cause };
    }
  }
  const answer: Answer = { status, headers, rateLimit: readRateLimit(headers), requestId: requestIdOf(headers) };
  if (type === 'opaqueredirect' || (status >= 300 && status < 400)) {
    return { kind: 'failure', reason: 'redirect', answer };
  }
  if (!isSuccess) {
    return { kind: 'failure', reason: 'status', answer, text: textOf(chunks) };
  }
  if (isTooLong) {
    return { kind: 'failure', reason: 'too_large', answer };
  }
  await onBody(chunks);
  try {
    return { kind: 'success', answer, json: parseBody(chunks) };
  } catch {
    // Without the cause: a syntax error quotes the text around it.
    return { kind: 'failure', reason: 'not_json', answer };
  }
}
