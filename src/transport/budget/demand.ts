/** The requests that wait for a permit, by priority. */
export interface Demand {
  /** Calls whose caller waits for this very request. */
  readonly interactive: number;
  /** Requests of listings. */
  readonly bulk: number;
}

/** What kind of call a request belongs to: one whose caller waits for this very request, or a listing of many. */
export type Priority = keyof Demand;

/** How many of them may be sent now. */
export interface Share extends Demand {
  /** After which time it is worth asking again, in milliseconds; `undefined` when all may be sent. */
  readonly waitMs: number | undefined;
}
