/** One way to pull, and who does it. The first contender is what the others are compared with. */
export interface Case {
  readonly name: string;
  /** For `--case` and the table. */
  readonly title: string;
  readonly collection: 'users' | 'events';
  readonly records: number;
  readonly pageSize: number;
  readonly latencyMs: number;
  readonly gzip: boolean;
  /** Whether students come with all eight sensitive fields, which the SDK removes. Districts send none by default. */
  readonly isSensitive: boolean;
  readonly parallel: number;
  readonly contenders: readonly string[];
  /** What the SDK is to reach, in records per second against the bare loop. */
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

/** Every case of a run, in its order. */
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

/** Pulls whose peaks show whether memory stays flat: each of ten times as much as the other, at the same page size. */
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
