/**
 * A string with known values: editors suggest the known ones, but any other string is allowed. Clever adds
 * values without a new API version, so no list here is closed.
 */
export type OpenEnum<Known extends string> = Known | (string & {});

/** Checks whether a value is in a list of known strings. */
export function isOneOf<Known extends string>(known: readonly Known[], value: unknown): value is Known {
  return (known as readonly unknown[]).includes(value);
}

/** Checks whether a value is a known one, and narrows its type to `Known`. */
export type Guard<Known extends string> = (value: unknown) => value is Known;

/**
 * Creates the guard for a list of known values.
 *
 * @internal
 */
export function known<Known extends string>(values: readonly Known[]): Guard<Known> {
  return (value): value is Known => isOneOf(values, value);
}
