/** What a contender is to read. */
export interface Pull {
  /** Without a slash at the end. */
  readonly origin: string;
  readonly collection: 'users' | 'events';
  readonly pageSize: number;
  /** Readers side by side, for those who can. */
  readonly parallel: number;
  /** Where clients are that were generated from Clever's specification. */
  readonly generated: string | undefined;
}

/** Reads a collection to its end. Gives the number of its records, each of which it has held as an object of its own. */
export type Contender = (pull: Pull) => Promise<number>;

/** Something to do with a record, so that no engine can leave it out. */
export function touch(record: { readonly id?: unknown }): number {
  return typeof record.id === 'string' ? 1 : 0;
}

/** The position behind a page, by its `next` link. */
export function positionAfter(
  links: readonly { readonly rel?: string; readonly uri?: string }[] | undefined,
  origin: string,
): string | undefined {
  const next = links?.find(({ rel }) => rel === 'next')?.uri;
  return next === undefined ? undefined : (new URL(next, origin).searchParams.get('starting_after') ?? undefined);
}
