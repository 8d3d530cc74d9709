import { CleverConfigError } from '../errors/index.js';
import { refusePlaceholder } from '../options/stored.js';
import { Secret, type SecretSource } from '../privacy/index.js';
import type { Authorization } from './request.js';

/**
 * Makes the `Authorization` of a bearer token.
 *
 * A string is checked now; a source or function is called for each attempt, so that a rotated token is picked up.
 * What a function throws reaches the caller untouched.
 *
 * Source: RFC 6750 section 2.1.
 *
 * @throws {@link CleverConfigError} for a token that is missing, empty, or holds white space or a line end: a header
 * would break, or Clever would answer 401; also for `[redacted]`. A function's token is checked when it is asked.
 */
export function bearer(token: string | SecretSource | (() => string | Promise<string>) | undefined): Authorization {
  if (typeof token === 'function') {
    return async () => header(await token());
  }
  if (isSecretSource(token)) {
    return () => header(token.reveal());
  }
  const secret = new Secret(header(token));
  return () => secret.reveal();
}

function header(token: unknown): string {
  if (typeof token !== 'string' || token === '') {
    throw new CleverConfigError(
      '`token` must be a bearer token of Clever, such as `token.access_token`, or a function that returns one.',
    );
  }
  refusePlaceholder('`token`', token);
  if (!/^[\x21-\x7e]+$/u.test(token)) {
    throw new CleverConfigError(
      '`token` holds white space or characters that no token has. Pass the bare token: without `Bearer`, without a line end.',
    );
  }
  return `Bearer ${token}`;
}

function isSecretSource(value: unknown): value is SecretSource {
  return typeof value === 'object' && value !== null && typeof (value as Partial<SecretSource>).reveal === 'function';
}
