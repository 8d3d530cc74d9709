/** What a change asks of the version's number. */
export type Kind = 'patch' | 'minor' | 'major';

/** A difference between the API of two versions. */
export interface Finding {
  readonly kind: Kind;
  /** The entry, as apps import it. */
  readonly entry: string;
  /** The name of what changed, as a changeset may mention it: `CleverClient.district`. */
  readonly name: string;
  /** What happened to it, as the end of a sentence that begins with its name. */
  readonly what: string;
  /** Whether it is called major because nothing better is known. */
  readonly isDoubtful: boolean;
}

const ORDER: readonly Kind[] = ['patch', 'minor', 'major'];

/** The greatest of some kinds, or `undefined` when there are none. */
export function greatest(kinds: Iterable<Kind>): Kind | undefined {
  const all = new Set(kinds);
  return ORDER.findLast((kind) => all.has(kind));
}

/** Whether a change of the first kind may be released as one of the second. */
export function covers(released: Kind | undefined, needed: Kind): boolean {
  return released !== undefined && ORDER.indexOf(released) >= ORDER.indexOf(needed);
}

/** How the second version differs from the first, or `undefined` when it is not greater. */
export function raiseOf(from: string, to: string): Kind | undefined {
  const [a, b] = [numbersOf(from), numbersOf(to)];
  const index = b.findIndex((number, at) => number !== a[at]);
  const kinds: readonly Kind[] = ['major', 'minor', 'patch'];
  return index >= 0 && (b[index] ?? 0) > (a[index] ?? 0) ? kinds[index] : undefined;
}

function numbersOf(version: string): readonly number[] {
  return (/^v?(\d+)\.(\d+)\.(\d+)/u.exec(version) ?? []).slice(1).map(Number);
}
