import {
  allowInsecureRequests,
  authorizationCodeGrantRequest,
  customFetch,
  nopkce,
  type TokenEndpointRequestOptions,
} from 'oauth4webapi';
import { CleverConnectionError, CleverTimeoutError, CleverTokenError, isCleverError } from '../errors/index.js';
import { hideFromInspect } from '../privacy/index.js';
import { deliver } from '../records/index.js';
import type { UserToken } from '../schemas/token.js';
import { addCaller, rememberCaller } from '../transport/caller.js';
import { Deadline } from '../transport/deadline.js';
import { adaptFetch } from '../transport/fetch.js';
import type { RequestOptions } from '../transport/index.js';
import { resolveRequestOptions } from '../transport/options.js';
import { requestIdOf } from '../transport/response-headers.js';
import { isObject } from '../util/is-object.js';
import { parseJson } from '../util/parse-json.js';
import type { AcceptedCallback } from './callback.js';
import { isLoopbackHttp, type OAuthConfig, TOKENS_PATH } from './context.js';
import { authorizationServer, clientAuthentication, oauthClient } from './provider.js';

/** What errors and events say of the request. */
const ENDPOINT = { method: 'POST', pathTemplate: TOKENS_PATH } as const;

/** What the exchange must repeat of the authorization request, and how it is sent. */
export interface CodeExchange {
  readonly redirectUri: string;
  /** PKCE's verifier; `undefined` without PKCE. */
  readonly codeVerifier: string | undefined;
  readonly options?: RequestOptions | undefined;
}

/**
 * Exchanges a code for a token, with exactly one request whatever its result: `POST {authOrigin}/oauth/tokens`,
 * form-encoded, with HTTP Basic.
 *
 * It shares the `fetch`, the limits and the observer with the transport. It does not use `send`, which
 * sends JSON and repeats what failed.
 *
 * Source: RFC 6749 section 4.1.3; dev.clever.com/docs/oauth-implementation.
 */
export async function exchangeCode(
  config: OAuthConfig,
  callback: AcceptedCallback<unknown>,
  exchange: CodeExchange,
): Promise<UserToken> {
  const caller = rememberCaller();
  const { signals, timeoutMs, totalTimeoutMs } = resolveRequestOptions(config.request, exchange.options);
  const limit =
    totalTimeoutMs < timeoutMs
      ? ({ timeoutMs: totalTimeoutMs, scope: 'total' } as const)
      : ({ timeoutMs, scope: 'attempt' } as const);
  const deadline = new Deadline(signals, limit.timeoutMs);
  try {
    const answer = await deadline.run((signal) =>
      observe(config, () => requestToken(config, callback, exchange, signal)),
    );
    return await deliver(
      { transport: config.authTransport, ...ENDPOINT, validation: config.validation },
      'token',
      readToken(answer),
    );
  } catch (failure) {
    if (deadline.signal.aborted && !deadline.isExpired) {
      throw failure;
    }
    const error = deadline.isExpired
      ? new CleverTimeoutError({
          ...ENDPOINT,
          ...limit,
          attempts: 1,
          isRetryable: false,
          advice: 'A code works once: start a new login.',
        })
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
  signal: AbortSignal,
): Promise<TokenAnswer> {
  const fetch = adaptFetch(config.fetch, signal);
  const options: TokenEndpointRequestOptions = {
    signal,
    headers: { 'user-agent': config.userAgent },
    [allowInsecureRequests]: isLoopbackHttp(config.authOrigin),
    // As text, because a `fetch` of another realm (undici's own, a test double) may not know our URLSearchParams.
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
    throw lost('network', cause);
  }
  const { status, headers } = response;
  const requestId = requestIdOf(headers);
  try {
    return { status, requestId, body: await response.text() };
  } catch (cause) {
    throw lost('body', cause);
  }
}

function lost(reason: 'network' | 'body', cause: unknown): CleverConnectionError {
  const what = reason === 'network' ? 'no answer' : 'the answer broke off before its end';
  return new CleverConnectionError(
    'connection',
    { ...ENDPOINT, reason, attempts: 1, cause, isRetryable: false },
    `${what}. The code may have been used up all the same, and a code works once: start a new login. ` +
      'If it happens again, check the network and `authOrigin`.',
  );
}

/** A complete answer of the token endpoint. */
interface TokenAnswer {
  /** HTTP status; 0 for a redirect that a browser-like runtime hides. */
  readonly status: number;
  readonly requestId: string | undefined;
  /** As received: JSON, HTML, text or nothing. */
  readonly body: string;
}

const NEW_LOGIN = 'Start a new login with authorizationUrl().';
const CODE_SPENT = `the code was not accepted. A code lives one minute and works once, so never send one twice (reload, back button, two tabs). ${NEW_LOGIN}`;
const CREDENTIALS =
  "Clever does not know the app's credentials. Check `clientId` and `clientSecret` (CLEVER_CLIENT_ID, CLEVER_CLIENT_SECRET) against the app's settings at Clever.";
const REDIRECT_URI =
  'the redirect URI is not the one of the authorize step. Pass the same `redirectUri` to both steps, exactly as registered at Clever; logins that begin inside Clever always use the first registered one.';
const REQUEST =
  'Clever did not accept the request. Check `clientId`, `redirectUri` and `authOrigin` against the settings of the app.';
const TROUBLE = `there is trouble on Clever's side, and the code may have been used up. ${NEW_LOGIN}`;

/** The protocol's errors. Others are not quoted: they may hold anything. */
const MEANINGS: ReadonlyMap<string, string> = new Map([
  ['invalid_grant', CODE_SPENT],
  ['redirect_uri_mismatch', REDIRECT_URI],
  ['invalid_client', CREDENTIALS],
  ['unauthorized_client', CREDENTIALS],
  ['invalid_request', REQUEST],
  ['invalid_scope', REQUEST],
  ['unsupported_grant_type', REQUEST],
  ['server_error', TROUBLE],
  ['temporarily_unavailable', TROUBLE],
]);

/** The members of a token that are not a secret. All others are hidden, those that Clever may add included. */
const SHOWN = ['token_type', 'expires_in', 'scope'];

/**
 * Reads the endpoint's answer: a token, or an error that says what to do.
 *
 * The answer is read leniently, because the service sends JSON, HTML, plain text and nothing:
 * oauth4webapi's own reading would refuse most of them with an error that holds the response. Source:
 * dev.clever.com/docs/error-messages.
 *
 * @throws {@link CleverTokenError} for everything that is not a bearer token.
 */
function readToken(answer: TokenAnswer): UserToken {
  const { status, body } = answer;
  if (status < 200 || status > 299) {
    throw refused(answer);
  }
  const json = parseObject(body);
  if (json === undefined) {
    throw unusable(answer, 'the answer was not JSON. A proxy or a captive portal may have answered instead of Clever.');
  }
  if (typeof json['access_token'] !== 'string' || !/^[\x21-\x7e]+$/u.test(json['access_token'])) {
    throw 'error' in json ? refused(answer) : unusable(answer, 'the answer held no access token. Check `authOrigin`.');
  }
  // RFC 6749 section 7.1: a token of an unknown type must not be used.
  if (typeof json['token_type'] !== 'string' || json['token_type'].toLowerCase() !== 'bearer') {
    throw unusable(answer, 'the token is not a bearer token. Check `authOrigin`.');
  }
  const secrets = Object.keys(json).filter((key) => !SHOWN.includes(key));
  return hideFromInspect(json, secrets) as unknown as UserToken;
}

function refused(answer: TokenAnswer): CleverTokenError {
  const { status, requestId, body } = answer;
  const { error, errorDescription } = protocolWords(body);
  const advice = adviceFor(status, error, `${error ?? ''} ${errorDescription ?? ''}`);
  const quoted = error !== undefined && MEANINGS.has(error) ? ` ${error}` : '';
  return new CleverTokenError(`POST ${TOKENS_PATH} → ${status}${quoted}: ${advice}`, {
    error,
    errorDescription,
    status: status === 0 ? undefined : status,
    requestId,
  });
}

function unusable({ status, requestId }: TokenAnswer, what: string): CleverTokenError {
  return new CleverTokenError(`POST ${TOKENS_PATH} → ${status}: ${what} The code is spent. ${NEW_LOGIN}`, {
    status,
    requestId,
  });
}

function adviceFor(status: number, error: string | undefined, said: string): string {
  // Servers report a wrong redirect URI by an error of its own, by invalid_grant or by invalid_request.
  if (/redirect/iu.test(said)) {
    return REDIRECT_URI;
  }
  const meaning = error === undefined ? undefined : MEANINGS.get(error);
  if (meaning !== undefined) {
    return meaning;
  }
  if (/invalid[ _](grant|code)/iu.test(said)) {
    return CODE_SPENT;
  }
  if (status === 401) {
    return CREDENTIALS;
  }
  if (status === 429 || status >= 500) {
    return TROUBLE;
  }
  return status === 0 || (status >= 300 && status < 400)
    ? `the answer was a redirect, which is not followed, so that the credentials go to no other host. Check \`authOrigin\`. ${NEW_LOGIN}`
    : `Clever did not turn the code into a token. ${NEW_LOGIN} If none works, check \`clientId\`, \`redirectUri\` and \`authOrigin\`.`;
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
