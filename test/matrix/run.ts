import type { DistrictClient } from 'clever-sdk';
import { createSandbox, type Sandbox } from 'clever-sdk/sandbox';
import { expect } from 'vitest';
import type { FaultRow, Often, Outcome } from './faults.js';
import { attempt, inOrder, type Reader, type Reading, type Row } from './readers.js';

/** A district with several pages of people and of events. Its clock is `Date.now`, even when that is a fake. */
export function makeSandbox(): Sandbox {
  const sandbox = createSandbox({ students: 40, clock: () => Date.now() });
  const [district] = sandbox.districts;
  for (const { id } of sandbox.people({ role: 'student', districtId: district.id })) {
    district.users.update(id, { name: { middle: 'Q' } });
  }
  return sandbox;
}

/** What every reader reads without a fault. */
export async function readUndisturbed(
  readers: readonly Reader[],
  open: () => DistrictClient,
): Promise<ReadonlyMap<Reader, readonly Row[]>> {
  const undisturbed = new Map<Reader, readonly Row[]>();
  for (const reader of readers) {
    const { rows, error } = await attempt(reader, open(), { pageSize: reader.pageSize });
    expect(error).toBeUndefined();
    expect(rows.length).toBeGreaterThan(3 * reader.pageSize);
    undisturbed.set(reader, inOrder(reader, rows));
  }
  return undisturbed;
}

/** The result of a reading that met a fault. */
export interface Survived {
  readonly first: Reading;
  /** Everything delivered, by the first reading and by the one that resumed from its error's cursor. */
  readonly rows: readonly Row[];
  /** The number of times that the fault happened. */
  readonly happened: number;
}

/** Reads in spite of a fault and, after an error, reads on from its cursor without the fault. */
export async function readThrough(
  sandbox: Sandbox,
  reader: Reader,
  { fault }: Pick<FaultRow, 'fault'>,
  often: Often,
  open: () => DistrictClient,
): Promise<Survived> {
  const { path, before, pageSize } = reader;
  // Endless empty pages would make an endless listing.
  const times = often === 'once' ? 1 : 'emptyPage' in fault ? 6 : Number.POSITIVE_INFINITY;
  const added = sandbox.faults.add({ ...fault, path, skip: before, times });
  const first = await attempt(reader, open(), { pageSize });
  sandbox.faults.clear();
  const { happened } = added;
  if (first.error === undefined) {
    return { first, rows: inOrder(reader, first.rows), happened };
  }
  const from = JSON.parse(JSON.stringify(first.error.cursor)) as string;
  const rest = await attempt(reader, open(), { pageSize, from });
  expect(rest.error).toBeUndefined();
  return { first, rows: inOrder(reader, [...first.rows, ...rest.rows]), happened };
}

/** Compares the result of a reading with the table. */
export function check(
  outcome: Outcome,
  { isOrdered }: Reader,
  { first, rows }: Survived,
  undisturbed: readonly Row[],
): void {
  expect(first.error?.code).toBe(outcome === 'same' || outcome === 'fewer' ? undefined : outcome);
  if (outcome === 'fewer') {
    const known = new Set(undisturbed.map(({ id }) => id));
    // One of several readers may find what another one misses.
    expect(rows.length).toBeLessThan(undisturbed.length + (isOrdered ? 0 : 1));
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    expect(rows.every(({ id }) => known.has(id))).toBe(true);
  } else {
    expect(rows).toEqual(undisturbed);
  }
}
