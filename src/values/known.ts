/**
 * A string with known values: the known ones are offered by the editor, every other string is allowed. Clever adds values
 * without a new API version, so no list here is ever closed.
 */
export type OpenEnum<Known extends string> = Known | (string & {});

/** Tells whether a value is in a list of known strings. */
export function isOneOf<Known extends string>(known: readonly Known[], value: unknown): value is Known {
  return (known as readonly unknown[]).includes(value);
}

/** Says whether a value is a known one, and narrows its type to `Known`. */
export type Guard<Known extends string> = (value: unknown) => value is Known;

/**
 * Makes the guard of a list of known values.
 *
 * @internal
 */
export function known<Known extends string>(values: readonly Known[]): Guard<Known> {
  return (value): value is Known => isOneOf(values, value);
}
