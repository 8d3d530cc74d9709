/** A way to pull a roster, and the clients that are compared. The others are compared with the first. */
export interface Case {
  readonly name: string;
  /** For the table. */
  readonly title: string;
  readonly collection: 'users' | 'events';
  readonly records: number;
  readonly pageSize: number;
  readonly latencyMs: number;
  readonly gzip: boolean;
  /**
   * Whether students have all eight sensitive fields, which the SDK removes. Districts send none by
   * default.
   */
  readonly isSensitive: boolean;
  readonly parallel: number;
  readonly contenders: readonly string[];
  /** The target for the SDK, in records per second relative to the bare loop. */
  readonly target?: number;
}

const plain = {
  collection: 'users',
  records: 100_000,
  pageSize: 1_000,
  latencyMs: 0,
  gzip: false,
  isSensitive: false,
  parallel: 1,
  contenders: ['bare', 'sdk'],
} as const;

/** Every case, in the order of a run. */
export const CASES: readonly Case[] = [
  {
    ...plain,
    name: 'items',
    title: 'users, 1,000 a page',
    contenders: ['bare', 'sdk', 'openapi-fetch', 'hey-api', 'npm-clever'],
    target: 0.95,
  },
  {
    ...plain,
    name: 'latency',
    title: 'users, 10,000 a page, 50 ms',
    records: 200_000,
    pageSize: 10_000,
    latencyMs: 50,
    target: 1.25,
  },
  {
    ...plain,
    name: 'parallel',
    title: 'users, 1,000 a page, 50 ms, `parallel: 4`',
    latencyMs: 50,
    parallel: 4,
    target: 3.3,
  },
  { ...plain, name: 'small', title: 'users, 100 a page', records: 20_000, pageSize: 100 },
  { ...plain, name: 'sensitive', title: 'users with all sensitive fields, removed, 1,000 a page', isSensitive: true },
  { ...plain, name: 'gzip', title: 'users, 1,000 a page, gzip', gzip: true },
  { ...plain, name: 'events', title: 'events, 1,000 a page', collection: 'events' },
];

/**
 * Pairs of pulls that show whether memory stays flat: the second pull is ten times as large, with the same
 * page size.
 */
export const MEMORY: readonly (readonly [small: Case, big: Case])[] = (
  [
    ['record by record', 'sdk', 1],
    ['page by page', 'sdk-pages', 1],
    ['`parallel: 4`', 'sdk', 4],
    ['of the bare loop', 'bare', 1],
  ] as const
).map(([title, contender, parallel]) => {
  const of = (records: number): Case => ({
    ...plain,
    name: 'memory',
    title,
    records,
    parallel,
    contenders: [contender],
  });
  return [of(100_000), of(1_000_000)];
});
