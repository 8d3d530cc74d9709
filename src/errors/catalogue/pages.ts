import type { PaginationFailureReason } from '../codes.js';
import type { ByReason } from './entry.js';

/** The next page of a listing cannot be read. */
export const PAGES: ByReason<Exclude<PaginationFailureReason, 'invalid_cursor' | 'max_items'>> = {
  repeated_link: {
    reason: 'repeated_link',
    what: 'The `next` link leads back to a page that was already read, so the listing would never end.',
    do: "Resume from the error's `cursor`; if it happens again, report it to Clever.",
  },
  unreadable_link: {
    reason: 'unreadable_link',
    what: 'The page says that another one follows, but its `next` link cannot be read. The page itself was delivered.',
    do: "Resume from the error's `cursor`; if it happens again, report it to Clever.",
  },
  foreign_link: {
    reason: 'foreign_link',
    what: 'The `next` link points to another {target}. It was not followed, and the token was not sent there.',
    do: 'Check the configured origin.',
  },
  unordered: {
    reason: 'unordered',
    what:
      'The ids of the records are not in the order that Clever documents, so the SDK cannot tell which records an ' +
      'earlier reading delivered.',
    do: "Resume from the error's `cursor`; if it happens again, start over without `from`, and report it to Clever.",
  },
};
