import { createCleverClient, type DistrictClient } from 'clever-sdk';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FAULTS } from './faults.js';
import { READERS, type Reader, type Row } from './readers.js';
import { check, makeSandbox, readThrough, readUndisturbed } from './run.js';

/* The rows of the fault matrix that differ over a real connection. */

const cells = READERS.flatMap((reader) =>
  FAULTS.filter(({ isOfSockets }) => isOfSockets).flatMap((row) =>
    (['once', 'always'] as const).map((often) => ({ reader, row, often, outcome: row[often] })),
  ),
);

const sandbox = makeSandbox();
let undisturbed: ReadonlyMap<Reader, readonly Row[]>;

/**
 * A fault that passes is retried at once and often enough for a slow machine; one that persists is not
 * waited for.
 */
function open(often: 'once' | 'always' | 'never', isSlow: boolean): DistrictClient {
  const retry = often === 'always' ? false : ({ retries: 20, baseDelayMs: 0 } as const);
  const timeoutMs = isSlow ? 150 : 30_000;
  return createCleverClient({ ...sandbox.clientOptions(), retry, timeoutMs }).district({
    token: sandbox.districts[0].token,
  });
}

beforeAll(async () => {
  await sandbox.listen();
  undisturbed = await readUndisturbed(READERS, () => open('never', false));
});
afterAll(() => sandbox.close());

it.each(cells)('$reader.name: $row.name, $often: $outcome', async ({ reader, row, often, outcome }) => {
  const isSlow = row.always === 'timeout';
  // The reading that resumes after an error has enough time, and meets no fault.
  const clients = [open(often, isSlow), open('never', false)];
  const survived = await readThrough(sandbox, reader, row, often, () => clients.shift() as DistrictClient);
  expect(survived.happened).toBeGreaterThan(0);
  check(outcome, reader, survived, undisturbed.get(reader) ?? []);
});
