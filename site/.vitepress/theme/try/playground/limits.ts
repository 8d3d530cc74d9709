/** What a sandbox is made from. */
export interface Seed {
  readonly seed: number;
  readonly students: number;
}

export const DEFAULT_SEED: Seed = { seed: 1, students: 200 };
/** More students than this would make a person wait on a phone. */
export const MOST_STUDENTS = 2_000;
/** How long the client that meets the faults waits for one answer. */
export const TIMEOUT_MS = 1_500;
/** How large its pages are: small ones, so that there are several. */
export const PAGE_SIZE = 75;
