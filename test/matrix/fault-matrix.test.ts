import { createCleverClient, type DistrictClient } from 'clever-sdk';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { loadWhatReads } from '../support/load-what-reads.js';
import { FAULTS } from './faults.js';
import { READERS, type Reader, type Row } from './readers.js';
import { check, makeSandbox, readThrough, readUndisturbed } from './run.js';
import { stopTime, untilSettled } from './virtual-time.js';

/*
 * Every fault × every way to read × once and always. Whatever happens, either the records are those of an
 * undisturbed reading, each exactly once, or an SDK error says what happened and its cursor resumes with
 * the same records. ./faults.ts has the table; its 'fewer' marks the faults that no client can distinguish
 * from a shorter listing.
 */

const cells = READERS.flatMap((reader) =>
  FAULTS.flatMap((row) => (['once', 'always'] as const).map((often) => ({ reader, row, often, outcome: row[often] }))),
);

describe('in the process, with all defaults, the rate budget included', () => {
  const sandbox = makeSandbox();
  const open = (): DistrictClient =>
    createCleverClient({ ...sandbox.clientOptions() }).district({ token: sandbox.districts[0].token });
  let undisturbed: ReadonlyMap<Reader, readonly Row[]>;

  // Also loads, while time still passes, the parts that are loaded on first use.
  beforeAll(async () => {
    await loadWhatReads();
    undisturbed = await readUndisturbed(READERS, open);
    // Once, and not for each test: time never goes back, so both sides agree on the token's budget.
    stopTime();
  });
  afterAll(() => vi.useRealTimers());

  it.each(cells)('$reader.name: $row.name, $often: $outcome', async ({ reader, row, often, outcome }) => {
    const survived = await untilSettled(readThrough(sandbox, reader, row, often, open));
    expect(survived.happened).toBeGreaterThan(0);
    check(outcome, reader, survived, undisturbed.get(reader) ?? []);
  });

  const [shared] = READERS.filter(({ isOrdered }) => !isOrdered) as [Reader];
  it.each(FAULTS)('a guessed position of a parallel reading costs no record: $name', async (row) => {
    const survived = await untilSettled(readThrough(sandbox, { ...shared, before: 2 }, row, 'once', open));
    expect(survived.happened).toBe(1);
    check('same', shared, survived, undisturbed.get(shared) ?? []);
  });
});
