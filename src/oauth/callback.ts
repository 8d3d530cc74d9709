import { AuthorizationResponseError, expectNoState, validateAuthResponse } from 'oauth4webapi';
import { CALLBACK, DENIED_CALLBACK, MALFORMED_CALLBACK } from '../errors/catalogue/oauth.js';
import { CleverCallbackError } from '../errors/index.js';
import type { OAuthConfig } from './context.js';
import { MAX_PARAMETER_LENGTH } from './input.js';
import { authorizationServer, oauthClient } from './provider.js';

/*
 * The only reader of callbacks. A callback is sent by a browser, so an attacker can have written it. The
 * public `exchangeCallback` and the handlers of a login both call readCallback(), then acceptCallback(),
 * and exchange only what the latter returns.
 */

/** The part of a `Request` that names the callback; Node's `IncomingMessage` has it, too. */
export interface CallbackRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
}

/** The callback as received: its URL, absolute or from its leading `/` on, or the request that brought it. */
export type CallbackInput = string | URL | CallbackRequest;

/** A callback as it was read, before its `state` is compared: a code, or the reason why there is none to use. */
export type Callback =
  | {
      readonly code: string;
      readonly state: string | undefined;
      /** All of its parameters, branded by oauth4webapi as an answer of this provider to a code flow. */
      readonly parameters: URLSearchParams;
      readonly error?: undefined;
    }
  | {
      readonly code?: undefined;
      readonly state: string | undefined;
      readonly error: CleverCallbackError;
    };

/** A callback with a code that may be exchanged, because it answers `login`. */
export interface AcceptedCallback<Login> {
  readonly code: string;
  readonly parameters: URLSearchParams;
  readonly login: Login;
}

/** Longer URLs are refused by the default settings of nginx and Apache, too. */
const MAX_URL_LENGTH = 8_192;
/** The parameters that mean something to the SDK. Others are ignored (Clever once sent `scope`). */
const MEANINGFUL = ['code', 'state', 'error', 'error_description', 'iss', 'response', 'id_token', 'token'] as const;

/**
 * Reads a callback. It must be a GET with a URL of reasonable length, have each parameter at most once,
 * come from this provider, and answer a code flow. An empty parameter counts as none.
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
 * Decides whether a callback may become a login: its `state` must be that of the login that this browser
 * began. An error of Clever's may come back without its state and is still reported as a denial, because it
 * holds nothing to exchange.
 *
 * @param login - The login of this browser that the callback may belong to; `undefined` when it has none.
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

/** Clever sent an error instead of a code; both words are as received, and the message quotes only a known one. */
function denied(error: string | undefined, errorDescription: string | undefined): CleverCallbackError {
  const entry = DENIED_CALLBACK.get(error ?? '') ?? CALLBACK.denied;
  return new CleverCallbackError(entry, { error, errorDescription }, { error: error ?? '' });
}

/** The parameters of a callback, or what is wrong with its form. */
function parametersOf(input: unknown): URLSearchParams | CleverCallbackError {
  if (isRequest(input) && input.method !== undefined && input.method.toUpperCase() !== 'GET') {
    return new CleverCallbackError(MALFORMED_CALLBACK.method);
  }
  const text = input instanceof URL ? input.href : isRequest(input) ? input.url : input;
  if (typeof text !== 'string' || text.length > MAX_URL_LENGTH) {
    return new CleverCallbackError(typeof text === 'string' ? MALFORMED_CALLBACK.url_length : MALFORMED_CALLBACK.url);
  }
  // Node's servers know only the path of a request. Only its query counts, so any base will do.
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
