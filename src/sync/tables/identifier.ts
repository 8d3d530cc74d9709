import { CleverConfigError } from '../../errors/config.js';

/** The longest name that PostgreSQL keeps whole, in bytes. */
const MAX_BYTES = 63;

/**
 * Quotes the name of a schema for SQL, whatever characters it has.
 *
 * @throws {@link CleverConfigError} for a name that PostgreSQL cannot have.
 */
export function quoteSchema(name: unknown): string {
  const isUsable =
    typeof name === 'string' &&
    name !== '' &&
    !name.includes('\0') &&
    new TextEncoder().encode(name).length <= MAX_BYTES;
  if (!isUsable) {
    throw new CleverConfigError('`schema` must be the name of a PostgreSQL schema, at most 63 bytes long.');
  }
  return `"${name.replaceAll('"', '""')}"`;
}
