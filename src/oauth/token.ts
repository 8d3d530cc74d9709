import {
  allowInsecureRequests,
  authorizationCodeGrantRequest,
  customFetch,
  nopkce,
  type TokenEndpointRequestOptions,
} from 'oauth4webapi';
import { CleverConnectionError, CleverTimeoutError, isCleverError } from '../errors/index.js';
import { deliver } from '../records/index.js';
import type { UserToken } from '../schemas/token.js';
import { addCaller, rememberCaller } from '../transport/caller.js';
import { Deadline } from '../transport/deadline.js';
import { adaptFetch } from '../transport/fetch.js';
import type { RequestOptions } from '../transport/index.js';
import { resolveRequestOptions } from '../transport/options.js';
import { requestIdOf } from '../transport/response-headers.js';
import { isLoopbackHttp, type OAuthConfig, TOKENS_PATH } from './context.js';
import { authorizationServer, clientAuthentication, oauthClient } from './provider.js';
import { readToken, type TokenAnswer } from './token-answer.js';

const REQUEST = { method: 'POST', pathTemplate: TOKENS_PATH } as const;

/** One exchange of one code. */
export interface CodeExchange {
  /** The checked parameters of the callback. */
  readonly parameters: URLSearchParams;
  readonly redirectUri: string;
  /** PKCE's verifier; `undefined` without PKCE. */
  readonly codeVerifier: string | undefined;
  readonly options: RequestOptions;
}

/**
 * Exchanges a code for a token, by one single request whatever comes of it: `POST {authOrigin}/oauth/tokens`,
 * form-encoded, with HTTP Basic.
 *
 * It shares the `fetch`, the limits and the observer with the transport and does not go through `send`: that sends JSON,
 * and knows only what a read may do.
 *
 * Source: RFC 6749 section 4.1.3; dev.clever.com/docs/oauth-implementation.
 */
export async function exchangeCode(config: OAuthConfig, exchange: CodeExchange): Promise<UserToken> {
  const caller = rememberCaller();
  const { signals, timeoutMs, totalTimeoutMs } = resolveRequestOptions(config.request, exchange.options);
  const limit =
    totalTimeoutMs < timeoutMs
      ? ({ timeoutMs: totalTimeoutMs, scope: 'total' } as const)
      : ({ timeoutMs, scope: 'attempt' } as const);
  const deadline = new Deadline(signals, limit.timeoutMs);
  try {
    const answer = await deadline.run((signal) => observe(config, () => requestToken(config, exchange, signal)));
    return await deliver(
      { transport: config.authTransport, ...REQUEST, validation: config.validation },
      'token',
      readToken(answer),
    );
  } catch (failure) {
    if (deadline.signal.aborted && !deadline.isExpired) {
      throw failure;
    }
    const error = deadline.isExpired
      ? new CleverTimeoutError({
          ...REQUEST,
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
  authTransport.emit({ kind: 'request', ...REQUEST, attempt: 1 });
  const startedAt = performance.now();
  const answer = await request();
  authTransport.emit({
    kind: 'response',
    ...REQUEST,
    attempt: 1,
    status: answer.status,
    durationMs: performance.now() - startedAt,
    rateLimit: undefined,
    requestId: answer.requestId,
  });
  return answer;
}

async function requestToken(config: OAuthConfig, exchange: CodeExchange, signal: AbortSignal): Promise<TokenAnswer> {
  const fetch = adaptFetch(config.fetch, signal);
  const options: TokenEndpointRequestOptions = {
    signal,
    headers: { 'user-agent': config.userAgent },
    [allowInsecureRequests]: isLoopbackHttp(config.authOrigin),
    // As text, so that a `fetch` of another realm (undici's own, a double) need not know our URLSearchParams.
    [customFetch]: (url, init) => fetch(url, { ...init, body: init.body.toString() }),
  };
  let response: Response;
  try {
    response = await authorizationCodeGrantRequest(
      authorizationServer(config),
      oauthClient(config),
      clientAuthentication(config),
      exchange.parameters,
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
    { ...REQUEST, reason, attempts: 1, cause, isRetryable: false },
    `${what}. The code may have been used up all the same, and a code works once: start a new login. ` +
      'If it happens again, check the network and `authOrigin`.',
  );
}
