import { CleverConfigError, isCleverError } from '../errors/index.js';
import { checkOptions } from '../options/known-keys.js';
import type { UserToken } from '../schemas/tokens.js';
import { checkRequestOptions, type RequestOptions } from '../transport/index.js';
import { keysOf } from '../util/keys-of.js';
import { acceptCallback, type CallbackInput, readCallback } from './callback.js';
import type { OAuthConfig } from './context.js';
import { checkParameter, chooseRedirectUri } from './input.js';
import { exchangeCode } from './token.js';

/** Options of {@link CleverOAuth.exchangeCallback}. There is no `retry`, because a code works only once. */
export interface ExchangeCallbackOptions extends Omit<RequestOptions, 'retry'> {
  /**
   * The `state` that `authorizationUrl` returned for this browser. `undefined` means that this browser has
   * no login in progress; every callback is then refused.
   */
  readonly expectedState: string | undefined;
  /** The redirect URI of the authorize step, if it was not the client's. */
  readonly redirectUri?: string;
  /** PKCE's verifier, if the authorize step sent a `codeChallenge`. */
  readonly codeVerifier?: string;
}

const OPTION_KEYS = keysOf<ExchangeCallbackOptions>()({
  expectedState: true,
  redirectUri: true,
  codeVerifier: true,
  signal: true,
  timeoutMs: true,
  totalTimeoutMs: true,
  maxResponseBytes: true,
});

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
        'Pass `undefined` if the session has none.',
    );
  }
  const state = options.expectedState === '' ? undefined : options.expectedState;
  checkParameter(call, 'expectedState', state);
  checkParameter(call, 'codeVerifier', options.codeVerifier);
  checkRequestOptions(options);
  const redirectUri = chooseRedirectUri(call, options.redirectUri, config.redirectUri);
  const accepted = acceptCallback(readCallback(config, callback), state === undefined ? undefined : { state });
  if (isCleverError(accepted)) {
    throw accepted;
  }
  const { codeVerifier, ...request } = options;
  return exchangeCode(config, accepted, { redirectUri, codeVerifier, options: request });
}
