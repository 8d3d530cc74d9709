/** The parameters of a pull. */
export interface Pull {
  /** Without a slash at the end. */
  readonly origin: string;
  readonly collection: 'users' | 'events';
  readonly pageSize: number;
  /** The number of parallel readers, for clients that support it. */
  readonly parallel: number;
  /** The folder of the clients that were generated from Clever's specification. */
  readonly generated: string | undefined;
}

/**
 * Reads a collection to its end and returns the number of records. Must hold each record as a separate
 * object.
 */
export type Contender = (pull: Pull) => Promise<number>;

/** Uses a record, so that the engine cannot optimize it away. */
export function touch(record: { readonly id?: unknown }): number {
  return typeof record.id === 'string' ? 1 : 0;
}

/** Returns the position after a page, from its `next` link. */
export function positionAfter(
  links: readonly { readonly rel?: string; readonly uri?: string }[] | undefined,
  origin: string,
): string | undefined {
  const next = links?.find(({ rel }) => rel === 'next')?.uri;
  return next === undefined ? undefined : (new URL(next, origin).searchParams.get('starting_after') ?? undefined);
}
