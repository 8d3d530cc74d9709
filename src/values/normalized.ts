import { lookup } from './fold.js';

/**
 * What a normalizer makes of a value: the value as it was given, untouched, and the known value that it means. `value` is
 * `undefined` when the meaning is not known, which includes `''`, `null` and a missing member.
 */
export type Normalized<Known extends string> =
  | { readonly raw: unknown; readonly value: Known; readonly isKnown: true }
  | { readonly raw: unknown; readonly value: undefined; readonly isKnown: false };

/** The spellings that a normalizer understands for each known value, beside the value's own. */
export type Variants<Known extends string> = Readonly<Record<Known, readonly string[]>>;

/**
 * Builds a normalizer from the known values and their variants. A known value always means itself.
 *
 * @internal
 */
export function normalizer<Known extends string>(
  known: readonly Known[],
  variants: Variants<Known>,
): (raw: unknown) => Normalized<Known> {
  const find = lookup<Known>(() => [
    ...known.map((value) => [value, value] as const),
    ...known.flatMap((value) => variants[value].map((variant) => [variant, value] as const)),
  ]);
  return (raw) => {
    const value = find(typeof raw === 'number' ? String(raw) : raw);
    return value === undefined ? { raw, value, isKnown: false } : { raw, value, isKnown: true };
  };
}
