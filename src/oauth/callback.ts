import { AuthorizationResponseError, expectNoState, validateAuthResponse } from 'oauth4webapi';
import { CleverCallbackError, CleverConfigError } from '../errors/index.js';
import { keysOf } from '../options/keys-of.js';
import { checkOptions } from '../options/known-keys.js';
import type { UserToken } from '../schemas/token.js';
import { checkRequestOptions, type RequestOptions } from '../transport/index.js';
import { deniedMessage } from './callback-denied.js';
import type { OAuthConfig } from './context.js';
import { checkParameter, chooseRedirectUri, MAX_PARAMETER_LENGTH } from './input.js';
import { authorizationServer, oauthClient } from './provider.js';
import { exchangeCode } from './token.js';

/** What the exchange of a code needs to know. There is no `retry`: a code works once. */
export interface ExchangeCallbackOptions extends Omit<RequestOptions, 'retry'> {
  /**
   * The `state` that `authorizationUrl` gave for this very browser. `undefined` says that no login of this browser is
   * under way, and refuses whatever came.
   */
  readonly expectedState: string | undefined;
  /** The redirect URI of the authorize step, when it was not the client's. */
  readonly redirectUri?: string;
  /** PKCE's verifier, when the authorize step sent a `codeChallenge`. */
  readonly codeVerifier?: string;
}

/** The part of a `Request` that names the callback; Node's `IncomingMessage` has it, too. */
export interface CallbackRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
}

/** The callback as received: its URL, absolute or from its leading `/` on, or the request that brought it. */
export type CallbackInput = string | URL | CallbackRequest;

const OPTION_KEYS = keysOf<ExchangeCallbackOptions>()({
  expectedState: true,
  redirectUri: true,
  codeVerifier: true,
  signal: true,
  timeoutMs: true,
  totalTimeoutMs: true,
});
const MAX_URL_LENGTH = 16_384;
/** The parameters that mean something to the SDK. Unknown ones are ignored (Clever once sent `scope`). */
const MEANINGFUL = ['code', 'state', 'error', 'error_description', 'iss', 'response', 'id_token', 'token'] as const;

/** Implements {@link CleverOAuth.exchangeCallback}. */
export async function exchangeCallback(
  config: OAuthConfig,
  callback: CallbackInput,
  options: ExchangeCallbackOptions,
): Promise<UserToken> {
  const call = 'exchangeCallback()';
  checkOptions(call, options, OPTION_KEYS);
  if (!('expectedState' in options)) {
    throw new CleverConfigError(
      `${call} needs \`expectedState\`: the \`state\` of authorizationUrl(), kept in the browser's session. ` +
        'Pass `undefined` when the session holds none.',
    );
  }
  const expectedState = options.expectedState === '' ? undefined : options.expectedState;
  checkParameter(call, 'expectedState', expectedState);
  checkParameter(call, 'codeVerifier', options.codeVerifier);
  checkRequestOptions(options);
  const redirectUri = chooseRedirectUri(call, options.redirectUri, config.redirectUri);
  const parameters = checkCallback(config, readParameters(callback), expectedState);
  const { codeVerifier, ...request } = options;
  return exchangeCode(config, { parameters, redirectUri, codeVerifier, options: request });
}

/**
 * Decides whether a callback may be turned into a login.
 *
 * @returns The parameters, branded by oauth4webapi as checked: a code that belongs to `expectedState`.
 * @throws {@link CleverCallbackError} with the reason.
 */
function checkCallback(
  config: OAuthConfig,
  parameters: URLSearchParams,
  expectedState: string | undefined,
): URLSearchParams {
  const state = parameters.get('state') || undefined;
  const hasCode = Boolean(parameters.get('code'));
  const hasError = Boolean(parameters.get('error'));
  if (state === undefined && !hasError) {
    throw hasCode ? stateMissing() : codeMissing();
  }
  if (state !== undefined && state !== expectedState) {
    throw stateMismatch();
  }
  if (state === undefined) {
    // An error may come back without its state and still be told as what it is: there is nothing in it to exchange.
    parameters.delete('state');
  }
  let checked: URLSearchParams;
  try {
    const expected = state === undefined ? expectNoState : expectedState;
    checked = validateAuthResponse(authorizationServer(config), oauthClient(config), parameters, expected);
  } catch (error) {
    throw error instanceof AuthorizationResponseError
      ? denied(parameters)
      : malformed('it is not an answer to a code flow of this service');
  }
  if (!hasCode) {
    throw codeMissing();
  }
  return checked;
}

function readParameters(callback: unknown): URLSearchParams {
  if (isRequest(callback) && callback.method !== undefined && callback.method.toUpperCase() !== 'GET') {
    throw malformed('people come back from Clever by GET, and this request has another method');
  }
  const text = callback instanceof URL ? callback.href : isRequest(callback) ? callback.url : callback;
  if (typeof text !== 'string' || text.length > MAX_URL_LENGTH) {
    throw malformed(typeof text === 'string' ? 'its URL is too long' : 'it is not a URL');
  }
  // Node's servers know only the path of a request. Only its query counts, so any base will do.
  const base = /^\/(?!\/)/u.test(text) ? 'https://callback.invalid' : undefined;
  if (!URL.canParse(text, base)) {
    throw malformed('it is not a URL');
  }
  const { searchParams } = new URL(text, base);
  for (const name of MEANINGFUL) {
    const values = searchParams.getAll(name);
    if (values.length > 1) {
      throw malformed(`\`${name}\` stands in it more than once`);
    }
    if ((values[0]?.length ?? 0) > MAX_PARAMETER_LENGTH) {
      throw malformed(`\`${name}\` is too long`);
    }
  }
  return searchParams;
}

function isRequest(value: unknown): value is CallbackRequest {
  return typeof value === 'object' && value !== null && 'url' in value;
}

function stateMissing(): CleverCallbackError {
  return new CleverCallbackError(
    'The callback has a code and no `state`: the login began inside Clever (portal, Library, Instant Login link), or ' +
      'was forged. Never exchange that code. Redirect to a fresh authorizationUrl() and use the code that comes back: ' +
      'the person is signed in at Clever and sees nothing of it. If that one has no `state` either, give up.',
    { reason: 'state_missing' },
  );
}

function stateMismatch(): CleverCallbackError {
  return new CleverCallbackError(
    'The `state` of the callback is not the one that this browser was sent away with. The session was lost, two logins ' +
      'ran side by side, or somebody forged the callback. Its code was not used. Start a new login with authorizationUrl().',
    { reason: 'state_mismatch' },
  );
}

function codeMissing(): CleverCallbackError {
  return new CleverCallbackError(
    'The callback has neither a code nor an error. Somebody opened it by hand, or a proxy dropped the query. ' +
      'Start a new login with authorizationUrl().',
    { reason: 'code_missing' },
  );
}

function malformed(what: string): CleverCallbackError {
  return new CleverCallbackError(
    `The callback is not one of Clever's: ${what}. Nothing was exchanged. Start a new login with authorizationUrl().`,
    { reason: 'malformed' },
  );
}

function denied(parameters: URLSearchParams): CleverCallbackError {
  const error = parameters.get('error') ?? undefined;
  const errorDescription = parameters.get('error_description') ?? undefined;
  return new CleverCallbackError(deniedMessage(error), { reason: 'denied', error, errorDescription });
}
