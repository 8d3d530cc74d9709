/**
 * Writes a text so that spellings which differ only in case, spaces and punctuation become equal: `Pre-K` and `PRE K`,
 * `P.E.` and `pe`, `Arts & Music` and `arts and music`.
 *
 * What separates two digits stays a separator and a minus stays a minus: `1-2` is not `12`, `-1` is not `1`.
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
 * Builds a lookup from folded spellings to values.
 *
 * @param entries - Gives pairs of a spelling and its value. The first of two equal spellings wins. Asked at the first
 * question, so that importing a table costs nothing and bundlers drop the ones that nobody asks.
 * @returns The value of a text in any case, spacing and punctuation; `undefined` for any other text and for what is no text.
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
