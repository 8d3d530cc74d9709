import { CleverConfigError } from '../errors/index.js';
import { checkStored, refusePlaceholder } from '../options/stored.js';
import { isLoopbackHttp } from './context.js';

/** The maximum length of a parameter that the SDK sends or receives through a browser's address bar. */
export const MAX_PARAMETER_LENGTH = 2_048;

/**
 * Checks a value that becomes a query parameter; `undefined` passes.
 *
 * @throws {@link CleverConfigError} for anything but a non-empty string of reasonable length, as
 * {@link checkStored} accepts it.
 */
export function checkParameter(call: string, name: string, value: unknown): void {
  if (value === undefined) {
    return;
  }
  if (typeof value !== 'string' || value.trim() === '' || value.length > MAX_PARAMETER_LENGTH) {
    throw new CleverConfigError(
      `${call}: \`${name}\` must be a string of 1 to ${MAX_PARAMETER_LENGTH} characters. Omit it if you have none.`,
    );
  }
  checkStored(`${call}: \`${name}\``, value);
}

/**
 * Checks a person's access token before it is put into a header.
 *
 * @throws {@link CleverConfigError} for anything but printable characters without spaces.
 */
export function checkAccessToken(call: string, value: unknown): asserts value is string {
  if (typeof value !== 'string' || !/^[\x21-\x7e]+$/u.test(value)) {
    throw new CleverConfigError(
      `${call}: pass the person's access token as a string: read \`token.access_token\` of the result of exchangeCallback(), because no copy has it.`,
    );
  }
  refusePlaceholder(`${call}: the access token`, value);
}

/**
 * Returns the checked redirect URI of a step: that of the call, otherwise that of the client.
 *
 * Clever compares it character by character with the registered ones, which never have a query (observed:
 * "unknown redirect uri").
 *
 * @throws {@link CleverConfigError} when neither is given, or for one that Clever is sure to refuse.
 */
export function chooseRedirectUri(call: string, given: unknown, configured: string | undefined): string {
  const value = given ?? configured;
  if (value === undefined) {
    throw new CleverConfigError(
      `${call} needs a redirect URI: pass \`redirectUri\` to createCleverClient(), exactly as registered at Clever.`,
    );
  }
  return checkRedirectUri(call, value);
}

/**
 * Checks a redirect URI.
 *
 * @throws {@link CleverConfigError} for one that Clever is sure to refuse.
 */
export function checkRedirectUri(call: string, value: unknown): string {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
  const isWeb = url?.protocol === 'https:' || (url !== undefined && isLoopbackHttp(url.href));
  if (typeof value !== 'string' || !isWeb || /[?#\s]/u.test(value) || url?.username !== '') {
    throw new CleverConfigError(
      `${call}: \`redirectUri\` must be an absolute https URL (http on localhost only) that is registered at Clever, ` +
        'without `?` or `#`: Clever compares it exactly. Keep values that must survive the login in the session.',
    );
  }
  return value;
}
