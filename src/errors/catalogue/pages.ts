import type { PaginationFailureReason } from '../codes.js';
import type { ByReason } from './entry.js';

/** The pages of a listing do not lead on. */
export const PAGES: ByReason<Exclude<PaginationFailureReason, 'invalid_cursor' | 'max_items'>> = {
  repeated_link: {
    reason: 'repeated_link',
    what: 'The `next` link leads back to a page that was already read. Reading on would never end.',
    do: "Start over from the error's `cursor`; if it repeats, report it to Clever.",
  },
  foreign_link: {
    reason: 'foreign_link',
    what: 'The `next` link leads to another {target}. It was not followed, and the token was not sent there.',
    do: 'Check the configured origin.',
  },
  unordered: {
    reason: 'unordered',
    what: 'The ids of the records do not ascend, which a parallel reading relies on.',
    do: 'Start over without `parallel`, and report it to Clever.',
  },
};
