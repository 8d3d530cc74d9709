import { CleverError, CleverRateLimitError, createCleverClient, type DistrictClient, type Paginated } from 'clever-sdk';
import type { Sandbox } from 'clever-sdk/sandbox';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { loadWhatReads } from '../support/load-what-reads.js';
import { FAULTS, type FaultRow } from './faults.js';
import type { Row } from './readers.js';
import { makeSandbox } from './run.js';
import { stopTime, untilSettled } from './virtual-time.js';

/*
 * Random sequences of faults, changes, interruptions and resumptions: in any combination, every record is
 * delivered exactly once. The title shows the seed, and a failure also prints the shortest sequence that
 * fails:
 *
 *     SOAK_SEED=<seed> npm test -- test/matrix/soak.test.ts     the same sequences again
 *     SOAK_RUNS=<number>                                        the number of sequences
 *     npm run soak                                              thousands
 */

const RUNS = Number(process.env['SOAK_RUNS'] || (process.env['npm_lifecycle_event'] === 'soak' ? 5_000 : 200));
const SEED = Number(process.env['SOAK_SEED'] || process.env['PROPERTY_SEED'] || Math.floor(Math.random() * 2 ** 31));

/**
 * Omits the faults that cannot be distinguished from a shorter listing, and a moved cursor where an empty
 * page has turned it into something that is not an id.
 */
const noticeable = FAULTS.filter(({ once }) => once !== 'fewer');
const slips = (row: FaultRow): boolean => 'repeatPage' in row.fault || 'moveCursor' in row.fault;
const tables = [noticeable.filter((row) => !slips(row)), noticeable.filter(({ fault }) => !('emptyPage' in fault))];

/** A part of the reading: it starts where the one before it stopped, and has its own way to read. */
interface Leg {
  readonly way: 'items' | 'pages' | 'toArray';
  readonly pageSize: number;
  readonly prefetch: number;
  readonly parallel: number;
  readonly retries: boolean;
  /** The number of pages after which the loop ends; only with `pages`, which has a cursor to resume from. */
  readonly stopAfter: number;
}

interface Sequence {
  readonly collection: 'users' | 'events';
  readonly faults: readonly { readonly row: FaultRow; readonly skip: number; readonly times: number }[];
  readonly legs: readonly Leg[];
  /** What happens to the roster after a number of requests. */
  readonly changes: readonly {
    readonly at: number;
    readonly kind: 'update' | 'create' | 'remove';
    readonly who: number;
  }[];
}

const leg: fc.Arbitrary<Leg> = fc.record({
  way: fc.constantFrom('items', 'pages', 'toArray'),
  pageSize: fc.integer({ min: 4, max: 40 }),
  prefetch: fc.nat({ max: 3 }),
  parallel: fc.oneof(fc.constant(1), fc.integer({ min: 2, max: 8 })),
  retries: fc.boolean(),
  stopAfter: fc.oneof(fc.constant(Number.POSITIVE_INFINITY), fc.nat({ max: 6 })),
});

const sequence: fc.Arbitrary<Sequence> = fc.constantFrom(...tables).chain((table) =>
  fc.record({
    collection: fc.constantFrom('users', 'users', 'events'),
    faults: fc.array(
      fc.record({
        row: fc.constantFrom(...table),
        skip: fc.nat({ max: 12 }),
        times: fc.integer({ min: 1, max: 4 }),
      }),
      { maxLength: 6 },
    ),
    legs: fc.array(leg, { minLength: 1, maxLength: 4 }),
    changes: fc.array(
      fc.record({
        at: fc.integer({ min: 1, max: 15 }),
        kind: fc.constantFrom('update', 'create', 'remove'),
        who: fc.nat({ max: 1_000 }),
      }),
      { maxLength: 3 },
    ),
  }),
);

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Reads one leg and waits as long as an error asks for. Returns the cursor to resume from; `undefined` at
 * the end of the listing.
 */
async function readLeg(
  listing: Paginated<Row>,
  { way, stopAfter }: Leg,
  take: (row: Row) => void,
): Promise<string | undefined> {
  try {
    if (way === 'items') {
      for await (const row of listing) {
        take(row);
      }
    } else if (way === 'toArray') {
      for (const row of await listing.toArray({ maxItems: 10_000 })) {
        take(row);
      }
    } else {
      let left = stopAfter;
      for await (const { data, cursor } of listing.pages()) {
        data.forEach(take);
        if (left === 0) {
          return cursor;
        }
        left -= 1;
      }
    }
    return undefined;
  } catch (error) {
    if (!(error instanceof CleverError) || error.cursor === undefined) {
      throw error;
    }
    if (error instanceof CleverRateLimitError) {
      await pause(error.retryAfterMs ?? 60_000);
    }
    return error.cursor;
  }
}

/** More consecutive readings than any sequence needs. */
const MOST_READINGS = 100;

async function readThrough(sandbox: Sandbox, { collection, legs }: Sequence): Promise<Row[]> {
  const [{ token }] = sandbox.districts;
  const rows: Row[] = [];
  let from: string | undefined;
  for (let count = 0; count < MOST_READINGS; count += 1) {
    // The last leg is repeated until the listing ends.
    const last: Leg = { ...(legs.at(-1) as Leg), stopAfter: Number.POSITIVE_INFINITY };
    const now = legs[count] ?? last;
    const { pageSize, prefetch, parallel } = now;
    const retry = now.retries ? {} : { retry: false as const };
    const asking = { pageSize, prefetch, ...retry, ...(from === undefined ? {} : { from }) };
    // Each client acts like a separate process.
    const { users, events }: DistrictClient = createCleverClient({ ...sandbox.clientOptions() }).district({ token });
    const listing = collection === 'events' ? events.list(asking) : users.list({ ...asking, parallel });
    const cursor = await readLeg(listing, now, (row) => void rows.push(row));
    if (cursor === undefined) {
      return rows;
    }
    from = JSON.parse(JSON.stringify(cursor)) as string;
  }
  throw new Error('The reading does not end.');
}

/** Makes the changes of a sequence, each when its request arrives. Returns a function that reverts them. */
function plan(sandbox: Sandbox, { changes }: Sequence, ids: readonly string[]): () => void {
  const [{ users }] = sandbox.districts;
  const make = (): string => users.create({ name: { first: 'A', last: 'B' }, roles: { teacher: {} } }).id;
  const guests = new Set(changes.flatMap(({ kind }) => (kind === 'remove' ? [make()] : [])));
  let asked = 0;
  const when = (): boolean => {
    asked += 1;
    for (const { at, kind, who } of changes) {
      const [guest] = guests;
      if (at !== asked) {
        continue;
      }
      if (kind === 'create') {
        guests.add(make());
      } else if (kind === 'update') {
        users.update(ids[who % ids.length] ?? '', { email: `${asked}@example.com` });
      } else if (guest !== undefined && guests.delete(guest)) {
        users.delete(guest);
      }
    }
    return false;
  };
  sandbox.faults.add({ path: '/v3.1/users', when, status: 500 });
  return () => {
    for (const guest of guests) {
      users.delete(guest);
    }
  };
}

const inOrder = (rows: readonly Row[]): Row[] =>
  rows.toSorted((one, other) => Number(one.id > other.id) - Number(one.id < other.id));

const sandboxes = { users: makeSandbox(), events: makeSandbox() };
const whole: Record<Sequence['collection'], Row[]> = { users: [], events: [] };

beforeAll(async () => {
  await loadWhatReads();
  for (const collection of ['users', 'events'] as const) {
    const quiet: Sequence = { collection, faults: [], changes: [], legs: fc.sample(leg, { numRuns: 1, seed: 1 }) };
    whole[collection] = await readThrough(sandboxes[collection], quiet);
    await readThrough(sandboxes[collection], { ...quiet, legs: [{ ...(quiet.legs[0] as Leg), parallel: 4 }] });
  }
  stopTime();
});
afterAll(() => vi.useRealTimers());

it(`delivers every record exactly once through ${RUNS} random sequences, seed ${SEED}`, {
  timeout: 1_200_000,
}, async () => {
  const survives = async (drawn: Sequence): Promise<void> => {
    const { collection, faults, changes } = drawn;
    const [sandbox, all] = [sandboxes[collection], whole[collection]];
    const takeBack =
      collection === 'users'
        ? plan(
            sandbox,
            drawn,
            all.map(({ id }) => id),
          )
        : () => undefined;
    for (const { row, skip, times } of faults) {
      sandbox.faults.add({ ...row.fault, path: `/v3.1/${collection}`, skip, times });
    }
    try {
      const rows = inOrder(await untilSettled(readThrough(sandbox, drawn)));
      if (collection === 'events' || changes.length === 0) {
        expect(rows.map((row) => row.id)).toEqual(all.map((row) => row.id));
      } else {
        const ids = rows.map(({ id }) => id);
        const stayed = new Set(all.map(({ id }) => id));
        expect(ids.filter((id) => stayed.has(id))).toEqual([...stayed]);
        expect(new Set(ids).size).toBe(ids.length);
      }
    } finally {
      sandbox.faults.clear();
      takeBack();
    }
  };
  await fc.assert(fc.asyncProperty(sequence, survives), { seed: SEED, numRuns: RUNS });
});
