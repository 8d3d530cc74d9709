/** The form of an address. Source: SFTP instructions 2.1.1 ("x@y.z"). */
const ADDRESS = /^(?<local>[^\s@]+)@[^\s@]+\.[^\s@.]+$/u;

/**
 * What exporters write where there is nothing to write (observed), without separators: `N/A`, `no-email@example.org`.
 * That Clever identifies no person by it is inferred.
 */
const PLACEHOLDERS: ReadonlySet<string> = new Set([
  'n/a',
  'na',
  'nil',
  'none',
  'null',
  'noemail',
  'nomail',
  'noaddress',
  'noreply',
  'donotreply',
  'notavailable',
  'notapplicable',
  'unknown',
]);

/**
 * Returns the address of a cell, in lower case for comparison; `undefined` for a cell that cannot identify a person,
 * because it has no address in it, or one that stands for none.
 */
export function identifyingAddress(cell: string): string | undefined {
  const local = ADDRESS.exec(cell)?.groups?.['local'];
  return local === undefined || isPlaceholder(local) ? undefined : cell.toLowerCase();
}

/** Returns the digits of a telephone number; `undefined` for a cell that cannot identify a person. */
export function identifyingPhone(cell: string): string | undefined {
  const digits = cell.replaceAll(/\D/gu, '');
  // Numbers have 10 or 11 digits (SFTP instructions 2.1.1). One digit repeated stands for no number.
  return /^\d{10,11}$/u.test(digits) && !/^1?(?<digit>\d)\k<digit>{9,}$/u.test(digits) ? digits : undefined;
}

/** Returns an id; `undefined` for a cell that stands for none. */
export function identifyingId(cell: string): string | undefined {
  return isPlaceholder(cell) ? undefined : cell;
}

function isPlaceholder(text: string): boolean {
  const word = text.toLowerCase().replaceAll(/[\s._-]/gu, '');
  return /^0*$/u.test(word) || PLACEHOLDERS.has(word);
}
