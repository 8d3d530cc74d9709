import {
  allowInsecureRequests,
  authorizationCodeGrantRequest,
  customFetch,
  nopkce,
  type TokenEndpointRequestOptions,
} from 'oauth4webapi';
import type { CatalogueEntry, MessageValues } from '../errors/catalogue/entry.js';
import { CODE_EXCHANGE, TOKEN } from '../errors/catalogue/oauth.js';
import {
  CleverConnectionError,
  type CleverError,
  type CleverErrorInit,
  CleverTimeoutError,
  CleverTokenError,
  isCleverError,
} from '../errors/index.js';
import { harmlessCause } from '../privacy/harmless-cause.js';
import { deliver } from '../records/index.js';
import type { UserToken } from '../schemas/tokens.js';
import { MAX_ERROR_BYTES, type ReadBody, readBytes, textOf } from '../transport/body.js';
import { addCaller, rememberCaller } from '../transport/caller.js';
import { Deadline } from '../transport/deadline.js';
import { adaptFetch } from '../transport/fetch.js';
import type { RequestOptions } from '../transport/index.js';
import { MAX_RESPONSE_BYTES, resolveRequestOptions } from '../transport/options.js';
import { requestIdOf } from '../transport/response-headers.js';
import { isObject } from '../util/is-object.js';
import { parseJson } from '../util/parse-json.js';
import type { AcceptedCallback } from './callback.js';
import { isLoopbackHttp, type OAuthConfig, TOKENS_PATH } from './context.js';
import { authorizationServer, clientAuthentication, oauthClient } from './provider.js';

/** The request, as errors and events describe it. */
const ENDPOINT = { method: 'POST', pathTemplate: TOKENS_PATH } as const;

/** The values of the authorization request that the exchange must repeat, and the options for sending it. */
export interface CodeExchange {
  readonly redirectUri: string;
  /** PKCE's verifier; `undefined` without PKCE. */
  readonly codeVerifier: string | undefined;
  readonly options?: RequestOptions | undefined;
}

/**
 * Exchanges a code for a token with exactly one request, whatever its result: `POST {authOrigin}/oauth/tokens`,
 * form-encoded, with HTTP Basic.
 *
 * It shares the `fetch`, the limits and the observer with the transport, but does not use `send`, which
 * sends JSON and retries failures.
 *
 * Source: RFC 6749 section 4.1.3; dev.clever.com/docs/oauth-implementation.
 */
export async function exchangeCode(
  config: OAuthConfig,
  callback: AcceptedCallback<unknown>,
  exchange: CodeExchange,
): Promise<UserToken> {
  const caller = rememberCaller();
  const limits = resolveRequestOptions(config.request, exchange.options, undefined, MAX_RESPONSE_BYTES.identity);
  const { signals, timeoutMs, totalTimeoutMs, maxResponseBytes } = limits;
  const limit =
    totalTimeoutMs < timeoutMs
      ? ({ timeoutMs: totalTimeoutMs, limit: 'total' } as const)
      : ({ timeoutMs, limit: 'attempt' } as const);
  const deadline = new Deadline(signals, limit.timeoutMs);
  try {
    const answer = await deadline.run((signal) =>
      observe(config, () => requestToken(config, callback, exchange, { signal, maxResponseBytes })),
    );
    return await deliver(
      { transport: config.authTransport, ...ENDPOINT, kind: 'token', validation: config.validation },
      readToken(answer),
    );
  } catch (failure) {
    if (deadline.signal.aborted && !deadline.isExpired) {
      throw failure;
    }
    const error = deadline.isExpired
      ? new CleverTimeoutError(CODE_EXCHANGE.timeout, { ...ENDPOINT, ...limit, attempts: 1, isRetryable: false })
      : failure;
    if (isCleverError(error)) {
      addCaller(error, caller);
    }
    throw error;
  } finally {
    deadline.close();
  }
}

async function observe({ authTransport }: OAuthConfig, request: () => Promise<TokenAnswer>): Promise<TokenAnswer> {
  authTransport.emit({ kind: 'request', ...ENDPOINT, attempt: 1 });
  const startedAt = performance.now();
  const answer = await request();
  authTransport.emit({
    kind: 'response',
    ...ENDPOINT,
    attempt: 1,
    status: answer.status,
    durationMs: performance.now() - startedAt,
    rateLimit: undefined,
    requestId: answer.requestId,
  });
  return answer;
}

async function requestToken(
  config: OAuthConfig,
  callback: AcceptedCallback<unknown>,
  exchange: CodeExchange,
  { signal, maxResponseBytes }: { readonly signal: AbortSignal; readonly maxResponseBytes: number },
): Promise<TokenAnswer> {
  const fetch = adaptFetch(config.fetch, signal);
  const options: TokenEndpointRequestOptions = {
    signal,
    // A `Headers`, because oauth4webapi takes every object for one where classes have no name (Workers before the
    // compatibility date 2024-09-26).
    headers: new Headers({ 'user-agent': config.userAgent }),
    [allowInsecureRequests]: isLoopbackHttp(config.authOrigin),
    // As text, because a `fetch` from another realm (undici's own, a test double) may not recognise our
    // URLSearchParams.
    [customFetch]: (url, init) => fetch(url, { ...init, body: init.body.toString() }),
  };
  let response: Response;
  try {
    response = await authorizationCodeGrantRequest(
      authorizationServer(config),
      oauthClient(config),
      clientAuthentication(config),
      callback.parameters,
      exchange.redirectUri,
      exchange.codeVerifier ?? nopkce,
      options,
    );
  } catch (cause) {
    throw lost('network', { cause: harmlessCause(cause) });
  }
  const { status, headers } = response;
  const requestId = requestIdOf(headers);
  const isSuccess = status >= 200 && status < 300;
  let body: ReadBody;
  try {
    body = await readBytes(response, isSuccess ? maxResponseBytes : MAX_ERROR_BYTES);
  } catch (cause) {
    throw lost('body', { cause: harmlessCause(cause) });
  }
  if (isSuccess && body.isTooLong) {
    throw lost('too_large', {}, { maxResponseBytes });
  }
  return { status, requestId, body: textOf(body.chunks) };
}

function lost(
  reason: 'network' | 'body' | 'too_large',
  init: CleverErrorInit,
  values?: MessageValues,
): CleverConnectionError {
  const failure = { ...ENDPOINT, attempts: 1, isRetryable: false, ...init };
  return new CleverConnectionError('connection', CODE_EXCHANGE[reason], failure, values);
}

/** A complete answer of the token endpoint. */
interface TokenAnswer {
  /** HTTP status; 0 for a redirect that a browser-like runtime hides. */
  readonly status: number;
  readonly requestId: string | undefined;
  /** The body as received: JSON, HTML, text or nothing. */
  readonly body: string;
}

/** The errors that the protocol defines. Others are not quoted, because they may contain anything. */
const MEANINGS: ReadonlyMap<string, CatalogueEntry> = new Map([
  ['invalid_grant', TOKEN.code_spent],
  ['redirect_uri_mismatch', TOKEN.redirect_uri],
  ['invalid_client', TOKEN.credentials],
  ['unauthorized_client', TOKEN.credentials],
  ['invalid_request', TOKEN.request],
  ['invalid_scope', TOKEN.request],
  ['unsupported_grant_type', TOKEN.request],
  ['server_error', TOKEN.trouble],
  ['temporarily_unavailable', TOKEN.trouble],
]);

/**
 * Reads the endpoint's answer and returns the token as sent.
 *
 * It reads leniently, because the service may send JSON, HTML, plain text or nothing. oauth4webapi would
 * refuse most of these with an error that contains the response. Source:
 * dev.clever.com/docs/error-messages.
 *
 * @throws {@link CleverTokenError} for any answer without a bearer token; it says what to do.
 */
function readToken(answer: TokenAnswer): object {
  const { status, body } = answer;
  if (status < 200 || status > 299) {
    throw refused(answer);
  }
  const json = parseObject(body);
  if (json === undefined) {
    throw refusal(TOKEN.not_json, answer);
  }
  if (typeof json['access_token'] !== 'string' || !/^[\x21-\x7e]+$/u.test(json['access_token'])) {
    throw 'error' in json ? refused(answer) : refusal(TOKEN.no_token, answer);
  }
  // RFC 6749 section 7.1: a token of an unknown type must not be used.
  if (typeof json['token_type'] !== 'string' || json['token_type'].toLowerCase() !== 'bearer') {
    throw refusal(TOKEN.not_bearer, answer);
  }
  return json;
}

function refused(answer: TokenAnswer): CleverTokenError {
  const { error, errorDescription } = protocolWords(answer.body);
  const entry = entryFor(answer.status, error, `${error ?? ''} ${errorDescription ?? ''}`);
  return refusal(entry, answer, { error, errorDescription });
}

function refusal(entry: CatalogueEntry, { status, requestId }: TokenAnswer, words?: ProtocolWords): CleverTokenError {
  const isKnown = words?.error !== undefined && MEANINGS.has(words.error);
  const where = `POST ${TOKENS_PATH} → ${status}${isKnown ? ` ${words.error}` : ''}`;
  return new CleverTokenError(entry, { ...words, where, status: status === 0 ? undefined : status, requestId });
}

function entryFor(status: number, error: string | undefined, said: string): CatalogueEntry {
  // Servers report a wrong redirect URI with a specific error, with invalid_grant or with invalid_request.
  if (/redirect/iu.test(said)) {
    return TOKEN.redirect_uri;
  }
  const meaning = error === undefined ? undefined : MEANINGS.get(error);
  if (meaning !== undefined) {
    return meaning;
  }
  if (/invalid[ _](grant|code)/iu.test(said)) {
    return TOKEN.code_spent;
  }
  if (status === 401) {
    return TOKEN.credentials;
  }
  if (status === 429 || status >= 500) {
    return TOKEN.trouble;
  }
  return status === 0 || (status >= 300 && status < 400) ? TOKEN.redirect : TOKEN.refused;
}

/** Checks whether Clever refused a code because it was exchanged before, has expired, or does not exist. */
export function isSpentCode(error: CleverError): boolean {
  if (!(error instanceof CleverTokenError)) {
    return false;
  }
  const { status = 0, error: word, error_description: description } = error;
  return entryFor(status, word, `${word ?? ''} ${description ?? ''}`) === TOKEN.code_spent;
}

interface ProtocolWords {
  readonly error: string | undefined;
  readonly errorDescription: string | undefined;
}

/** Finds `error` and `error_description` in any of the shapes that Clever sends. */
function protocolWords(body: string): ProtocolWords {
  const json = parseObject(body);
  if (json === undefined) {
    const isSentence = body.length <= 300 && !body.trimStart().startsWith('<') && body.trim() !== '';
    return { error: undefined, errorDescription: isSentence ? body.trim() : undefined };
  }
  const nested = isObject(json['error']) ? json['error'] : {};
  return {
    error: firstText(json['error'], nested['error'], nested['code'], nested['type']),
    errorDescription: firstText(json['error_description'], json['message'], nested['message'], nested['description']),
  };
}

function firstText(...candidates: unknown[]): string | undefined {
  return candidates.find((candidate) => typeof candidate === 'string' && candidate !== '') as string | undefined;
}

function parseObject(text: string): Record<string, unknown> | undefined {
  const value = parseJson(text);
  return isObject(value) ? value : undefined;
}
