/** The parts of an address, in the order in which a reader compares them. */
const PARTS = [
  ['protocol', 'the scheme'],
  ['hostname', 'the host'],
  ['port', 'the port'],
  ['pathname', 'the path'],
  ['search', 'the query'],
] as const satisfies readonly (readonly [keyof URL, string])[];

/**
 * Says in which one part two addresses differ: `the port`, `a slash at the end`. `undefined` when they differ in more
 * than one part, in none that a reader could see, or one is no address.
 */
export function differenceBetween(one: string, other: string): string | undefined {
  if (!URL.canParse(one) || !URL.canParse(other)) {
    return undefined;
  }
  const [left, right] = [new URL(one), new URL(other)];
  const [first, ...more] = PARTS.filter(([part]) => left[part] !== right[part]);
  if (first === undefined || more.length > 0) {
    return undefined;
  }
  const [part, name] = first;
  return part === 'pathname' && withoutSlash(left[part]) === withoutSlash(right[part]) ? 'a slash at the end' : name;
}

function withoutSlash(path: string): string {
  return path.replace(/\/$/u, '');
}
