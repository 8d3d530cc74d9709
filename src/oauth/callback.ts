import { AuthorizationResponseError, expectNoState, validateAuthResponse } from 'oauth4webapi';
import { CALLBACK, DENIED_CALLBACK, MALFORMED_CALLBACK } from '../errors/catalogue/oauth.js';
import { CleverCallbackError } from '../errors/index.js';
import { REDACTED } from '../privacy/index.js';
import type { OAuthConfig } from './context.js';
import { MAX_PARAMETER_LENGTH } from './input.js';
import { authorizationServer, oauthClient } from './provider.js';

/*
 * The only reader of callbacks. A browser sends the callback, so an attacker may have written it. The
 * public `exchangeCallback` and the handlers of a login both call readCallback(), then acceptCallback(),
 * and exchange only what acceptCallback() returns.
 */

/** The members of a `Request` that describe the callback; Node's `IncomingMessage` also has them. */
export interface CallbackRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
}

/** The callback as received: its URL, absolute or starting with `/`, or the request itself. */
export type CallbackInput = string | URL | CallbackRequest;

/**
 * The result of reading a callback, before its `state` is compared: a code, or the reason why there is no
 * usable code.
 */
export type Callback =
  | {
      readonly code: string;
      readonly state: string | undefined;
      /** All parameters of the callback, branded by oauth4webapi as this provider's answer to a code flow. */
      readonly parameters: URLSearchParams;
      readonly error?: undefined;
    }
  | {
      readonly code?: undefined;
      readonly state: string | undefined;
      readonly error: CleverCallbackError;
    };

/** A callback whose code may be exchanged, because the callback belongs to `login`. */
export interface AcceptedCallback<Login> {
  readonly code: string;
  readonly parameters: URLSearchParams;
  readonly login: Login;
}

/** The default settings of nginx and Apache also refuse longer URLs. */
const MAX_URL_LENGTH = 8_192;
/** The parameters that the SDK uses. Others are ignored (Clever has sent `scope`). */
const MEANINGFUL = ['code', 'state', 'error', 'error_description', 'iss', 'response', 'id_token', 'token'] as const;

/**
 * Reads a callback. It must be a GET with a URL of reasonable length, contain each parameter at most once,
 * come from this provider, and answer a code flow. An empty parameter is treated as missing.
 *
 * Source: RFC 6749 section 4.1.2; RFC 9207 (`iss`).
 */
export function readCallback(config: OAuthConfig, input: unknown): Callback {
  const parameters = parametersOf(input);
  if (parameters instanceof CleverCallbackError) {
    return { error: parameters, state: undefined };
  }
  const code = parameters.get('code') || undefined;
  const state = parameters.get('state') || undefined;
  if (state === undefined) {
    parameters.delete('state');
  }
  if (code === REDACTED) {
    return { error: new CleverCallbackError(MALFORMED_CALLBACK.placeholder), state };
  }
  let checked: URLSearchParams;
  try {
    const client = oauthClient(config);
    checked = validateAuthResponse(authorizationServer(config), client, parameters, state ?? expectNoState);
  } catch (failure) {
    if (failure instanceof AuthorizationResponseError) {
      const description = parameters.get('error_description') ?? undefined;
      return { error: denied(parameters.get('error') ?? undefined, description), state };
    }
    return { error: new CleverCallbackError(CALLBACK.malformed), state: undefined };
  }
  return code === undefined
    ? { error: new CleverCallbackError(CALLBACK.code_missing), state }
    : { code, state, parameters: checked };
}

/**
 * Decides whether a callback may become a login: its `state` must match the login that this browser
 * started. An error from Clever may have no state and is still reported as a denial, because it has no code
 * to exchange.
 *
 * @param login - The login of this browser that the callback may belong to; `undefined` when the browser has none.
 */
export function acceptCallback<Login extends { readonly state: string }>(
  callback: Callback,
  login: Login | undefined,
): AcceptedCallback<Login> | CleverCallbackError {
  const { state } = callback;
  if (state !== undefined && (login === undefined || state !== login.state)) {
    return new CleverCallbackError(CALLBACK.state_mismatch);
  }
  if (callback.error !== undefined) {
    return callback.error;
  }
  return state === undefined || login === undefined
    ? new CleverCallbackError(CALLBACK.state_missing)
    : { code: callback.code, parameters: callback.parameters, login };
}

/**
 * The error for a callback with an error instead of a code. Its message quotes the error code only if it is
 * known.
 */
export function denied(error: string | undefined, errorDescription: string | undefined): CleverCallbackError {
  const entry = DENIED_CALLBACK.get(error ?? '') ?? CALLBACK.denied;
  return new CleverCallbackError(entry, { error, errorDescription }, { error: error ?? '' });
}

/**
 * Returns the parameters of a callback, or the error for a malformed one: each must appear at most once, in a `GET` of
 * reasonable length.
 */
export function parametersOf(input: unknown): URLSearchParams | CleverCallbackError {
  if (isRequest(input) && input.method !== undefined && input.method.toUpperCase() !== 'GET') {
    return new CleverCallbackError(MALFORMED_CALLBACK.method);
  }
  const text = input instanceof URL ? input.href : isRequest(input) ? input.url : input;
  if (typeof text !== 'string' || text.length > MAX_URL_LENGTH) {
    return new CleverCallbackError(typeof text === 'string' ? MALFORMED_CALLBACK.url_length : MALFORMED_CALLBACK.url);
  }
  // Node's servers know only the path of a request. Only the query is read, so any base works.
  const base = /^\/(?!\/)/u.test(text) ? 'https://callback.invalid' : undefined;
  if (!URL.canParse(text, base)) {
    return new CleverCallbackError(MALFORMED_CALLBACK.url);
  }
  const { searchParams } = new URL(text, base);
  for (const name of MEANINGFUL) {
    const values = searchParams.getAll(name);
    if (values.length > 1) {
      return new CleverCallbackError(MALFORMED_CALLBACK.repeated_parameter, {}, { parameter: name });
    }
    if ((values[0]?.length ?? 0) > MAX_PARAMETER_LENGTH) {
      return new CleverCallbackError(MALFORMED_CALLBACK.parameter_length, {}, { parameter: name });
    }
  }
  return searchParams;
}

function isRequest(value: unknown): value is CallbackRequest {
  return typeof value === 'object' && value !== null && 'url' in value;
}
