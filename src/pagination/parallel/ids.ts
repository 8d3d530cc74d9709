/*
 * Clever's ids are ObjectIds: 24 hex digits, of which the first eight are the second of creation and the last
 * six a counter. Listings ascend by them, so an id is a place in a listing, and a number between two ids is a
 * place between two records.
 */

/** An id as a number; `undefined` for one of another shape, because no place can be computed between it and others. */
export function numberOf(id: string): bigint | undefined {
  return /^[\da-f]{24}$/u.test(id) ? BigInt(`0x${id}`) : undefined;
}

/** The id of a number. */
export function idOf(number: bigint): string {
  return number.toString(16).padStart(24, '0');
}

type RawRecord = Record<string, unknown>;

/** The id of a record; `undefined` for one that has none. */
export function idIn(record: RawRecord | undefined): string | undefined {
  const id = record?.['id'];
  return typeof id === 'string' ? id : undefined;
}

/** Whether an id comes after another; `false` where either is missing. */
export function isGreater(id: string | undefined, other: string | undefined): boolean {
  return id !== undefined && other !== undefined && id > other;
}

/** Whether every record has an id and each is greater than the one before it. */
export function isAscending(records: readonly RawRecord[]): boolean {
  let last = '';
  for (const { id } of records) {
    if (typeof id !== 'string' || id <= last) {
      return false;
    }
    last = id;
  }
  return true;
}

/** Of ascending records, those after one id and before another, where `undefined` is no limit. */
export function between(
  records: readonly RawRecord[],
  after: string | undefined,
  before: string | undefined,
): readonly RawRecord[] {
  const isInside = (id: string): boolean =>
    (after === undefined || id > after) && (before === undefined || id < before);
  const [first, last] = [idIn(records[0]), idIn(records.at(-1))];
  if (first === undefined || last === undefined || (isInside(first) && isInside(last))) {
    return records;
  }
  return records.filter((record) => isInside(idIn(record) ?? ''));
}
