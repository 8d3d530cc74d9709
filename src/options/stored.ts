import { CleverConfigError } from '../errors/config.js';
import { REDACTED } from '../privacy/inspect.js';

/**
 * Checks a token, a secret or an id, which an app reads from where it was stored; a value that is not a
 * string passes. Clever would answer a damaged one as if it were unknown or expired.
 *
 * @param name - What to call it in the message: `` `clientSecret` ``.
 * @throws {@link CleverConfigError} for the placeholder of a hidden secret, for line ends, and for
 * spaces and invisible characters around it.
 */
export function checkStored(name: string, value: unknown): void {
  refusePlaceholder(name, value);
  if (typeof value === 'string' && /^[\s\p{Cf}]|[\s\p{Cf}]$|\p{Cc}/u.test(value)) {
    throw new CleverConfigError(
      `${name} has a line end, an invisible character or a space around it. Pass it without, such as by \`.trim()\`.`,
    );
  }
}

/**
 * Refuses what printing and JSON show in place of a secret.
 *
 * @throws {@link CleverConfigError} for the placeholder.
 */
export function refusePlaceholder(name: string, value: unknown): void {
  if (typeof value === 'string' && value.includes(REDACTED)) {
    throw new CleverConfigError(
      `${name} is the placeholder \`${REDACTED}\`: printing and JSON.stringify() hide secrets. Store the secret by its name, ` +
        'such as `token.access_token`, and replace what was stored by a new login or look-up.',
    );
  }
}
