/**
 * Rewrites a text so that spellings that differ only in case, spaces and punctuation become equal: `Pre-K`
 * and `PRE K`, `P.E.` and `pe`, `Arts & Music` and `arts and music`.
 *
 * A separator between two digits and a minus sign are kept: `1-2` is not `12`, and `-1` is not `1`.
 *
 * @internal
 */
function fold(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replace(/[^\p{L}\p{N}]+/gu, (gap, at: number, whole: string) => {
      const before = whole.charAt(at - 1);
      const after = whole.charAt(at + gap.length);
      const separatesDigits = isDigit(before) && isDigit(after);
      const isMinus = isDigit(after) && (before === '' ? /[-\u2212\u2013]$/u : /\s[-\u2212\u2013]$/u).test(gap);
      return separatesDigits || isMinus ? '-' : '';
    });
}

/**
 * Creates a lookup from folded spellings to values.
 *
 * @param entries - Returns pairs of a spelling and its value. The first of two equal spellings is used.
 * Called at the first lookup, so that importing a table costs nothing and bundlers can drop unused tables.
 * @returns A function that returns the value of a text in any case, spacing and punctuation, and
 * `undefined` for any other value.
 *
 * @internal
 */
export function lookup<Value extends string>(
  entries: () => readonly (readonly [spelling: string, value: Value])[],
): (raw: unknown) => Value | undefined {
  let values: ReadonlyMap<string, Value> | undefined;
  return (raw) => {
    values ??= folded(entries());
    return typeof raw === 'string' ? values.get(fold(raw)) : undefined;
  };
}

function folded<Value>(entries: readonly (readonly [spelling: string, value: Value])[]): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>();
  for (const [spelling, value] of entries) {
    const key = fold(spelling);
    if (!values.has(key)) {
      values.set(key, value);
    }
  }
  return values;
}

function isDigit(character: string): boolean {
  return /^[0-9]$/u.test(character);
}

/**
 * The result of a normalizer: the value as passed, unchanged, and the known value that it means. `value` is
 * `undefined` when the meaning is unknown, which includes `''`, `null` and a missing member.
 */
export type Normalized<Known extends string> =
  | { readonly raw: unknown; readonly value: Known; readonly isKnown: true }
  | { readonly raw: unknown; readonly value: undefined; readonly isKnown: false };

/** The spellings that a normalizer accepts for each known value, in addition to the value itself. */
export type Variants<Known extends string> = Readonly<Record<Known, readonly string[]>>;

/**
 * Creates a normalizer from the known values and their variants. A known value always means itself.
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
