import { CleverConfigError } from '../errors/index.js';
import { checkOptions } from '../options/known-keys.js';
import { hideMembers, REDACTED } from '../privacy/index.js';
import { keysOf } from '../util/keys-of.js';
import { randomValue } from '../util/random.js';
import { endpoints, type OAuthConfig } from './context.js';
import { checkParameter, chooseRedirectUri } from './input.js';

/** Options of {@link CleverOAuth.authorizationUrl}. Every member has a default. */
export interface AuthorizationUrlOptions {
  /**
   * Clever's id of the person's district, which skips Clever's school search. Sent as `district_id`.
   * Default: Clever asks the person.
   */
  readonly districtId?: string;
  /** Returned inside the id_token, for apps with OpenID Connect. Default: not sent. */
  readonly nonce?: string;
  /** Returned unchanged with the code. Default, and recommended: 256 new random bits. */
  readonly state?: string;
  /** One of the registered redirect URIs. Default: the client's. Pass the same one to the exchange. */
  readonly redirectUri?: string;
  /** PKCE's S256 challenge (RFC 7636). Default: not sent, as Clever does not document PKCE. */
  readonly codeChallenge?: string;
  /**
   * Additional parameters, sent unchanged, for example `{ confirmed: 'false' }`. They cannot replace the
   * parameters that the SDK sets.
   */
  readonly extraParams?: Readonly<Record<string, string>>;
}

/**
 * Where to send the browser, and the state to remember meanwhile. Read both by name: printing and JSON show
 * no state, and a spread copies neither.
 */
export interface AuthorizationUrl {
  /** Redirect the browser here. */
  readonly url: string;
  /** Keep this in the browser's session and pass it to `exchangeCallback` as `expectedState`. */
  readonly state: string;
}

/** Options of {@link CleverOAuth.instantLoginUrl}. */
export interface InstantLoginUrlOptions {
  /** Clever's id of the district whose people will use the link. Sent as `district_id`. */
  readonly districtId: string;
}

/** {@link AuthorizationUrlOptions}, whose members may be `undefined`. */
export type InnerAuthorizationUrlOptions = {
  readonly [Name in keyof AuthorizationUrlOptions]: AuthorizationUrlOptions[Name] | undefined;
};

const OPTION_KEYS = keysOf<AuthorizationUrlOptions>()({
  districtId: true,
  nonce: true,
  state: true,
  redirectUri: true,
  codeChallenge: true,
  extraParams: true,
});
const INSTANT_LOGIN_KEYS = keysOf<InstantLoginUrlOptions>()({ districtId: true });
/** The parameters that the SDK sets itself. */
const RESERVED: readonly string[] = [
  'response_type',
  'client_id',
  'redirect_uri',
  'state',
  'district_id',
  'nonce',
  'code_challenge',
  'code_challenge_method',
];

/** Implements {@link CleverOAuth.authorizationUrl}. */
export function authorizationUrl(config: OAuthConfig, options: InnerAuthorizationUrlOptions = {}): AuthorizationUrl {
  const call = 'authorizationUrl()';
  checkOptions(call, options, OPTION_KEYS);
  const { districtId, nonce, state = randomValue(), codeChallenge, extraParams = {} } = options;
  const redirectUri = chooseRedirectUri(call, options.redirectUri, config.redirectUri);
  for (const [name, value] of Object.entries({ districtId, nonce, state, codeChallenge })) {
    checkParameter(call, name, value);
  }
  const url = new URL(endpoints(config).authorization_endpoint);
  const { searchParams } = url;
  searchParams.set('response_type', 'code');
  searchParams.set('client_id', config.clientId);
  searchParams.set('redirect_uri', redirectUri);
  searchParams.set('state', state);
  if (districtId !== undefined) {
    searchParams.set('district_id', districtId);
  }
  if (nonce !== undefined) {
    searchParams.set('nonce', nonce);
  }
  if (codeChallenge !== undefined) {
    searchParams.set('code_challenge', codeChallenge);
    searchParams.set('code_challenge_method', 'S256');
  }
  for (const [name, value] of Object.entries(checkExtraParams(call, extraParams))) {
    searchParams.set(name, value);
  }
  const made = { url: url.href, state };
  return Object.freeze(hideMembers(made, ['url', 'state'], () => ({ url: withoutSecrets(url), state: REDACTED })));
}

/** Implements {@link CleverOAuth.instantLoginUrl}. */
export function instantLoginUrl(config: OAuthConfig, options: InstantLoginUrlOptions): string {
  const call = 'instantLoginUrl()';
  checkOptions(call, options, INSTANT_LOGIN_KEYS);
  if (options.districtId === undefined) {
    throw new CleverConfigError(`${call} needs \`districtId\`: an Instant Login link belongs to one district.`);
  }
  checkParameter(call, 'districtId', options.districtId);
  const url = new URL(`${config.authOrigin}/oauth/instant-login`);
  url.searchParams.set('client_id', config.clientId);
  url.searchParams.set('district_id', options.districtId);
  return url.href;
}

function checkExtraParams(call: string, extraParams: unknown): Record<string, string> {
  if (typeof extraParams !== 'object' || extraParams === null) {
    throw new CleverConfigError(`${call}: \`extraParams\` must be an object of strings.`);
  }
  for (const [name, value] of Object.entries(extraParams)) {
    if (RESERVED.includes(name)) {
      throw new CleverConfigError(
        `${call}: \`extraParams\` cannot set \`${name}\`, which the SDK sets. Use the option for it instead.`,
      );
    }
    if (typeof value !== 'string') {
      throw new CleverConfigError(`${call}: \`extraParams.${name}\` must be a string.`);
    }
  }
  return extraParams as Record<string, string>;
}

function withoutSecrets(url: URL): string {
  const shown = new URL(url);
  for (const name of ['state', 'nonce']) {
    if (shown.searchParams.has(name)) {
      shown.searchParams.set(name, REDACTED);
    }
  }
  return shown.href;
}
