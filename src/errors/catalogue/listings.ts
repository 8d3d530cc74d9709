import type { CatalogueEntry, ReasonEntry } from './entry.js';

const PASS_CURSOR = 'Pass the `cursor` of one of its pages, with the same filters.';

/** `from` is not a cursor of this listing. */
export const INVALID_CURSOR = {
  other_path: {
    reason: 'invalid_cursor',
    what: '`from` is not a cursor of this listing: it comes from another path or API version.',
    do: PASS_CURSOR,
  },
  other_filter: {
    reason: 'invalid_cursor',
    what: '`from` is not a cursor of this listing: it has a different `{filter}` filter.',
    do: PASS_CURSOR,
  },
  other_parts: {
    reason: 'invalid_cursor',
    what: '`from` is not a cursor of this listing: its parts do not match those of a parallel reading.',
    do: PASS_CURSOR,
  },
} satisfies Readonly<Record<string, ReasonEntry<'invalid_cursor'>>>;

/** A listing has more records than the caller accepts. */
export const MAX_ITEMS: ReasonEntry<'max_items'> = {
  reason: 'max_items',
  what: 'The listing has more than {maxItems} records.',
  do: "Raise `maxItems`, iterate instead, or pass `onLimit: 'truncate'` if you need only the first ones.",
};

/** An event cursor is older than the events that Clever keeps. */
export const CURSOR_EXPIRED: CatalogueEntry = {
  what:
    'The cursor is {days} days old, and Clever keeps events for 30 days. Events after it may be lost, which Clever ' +
    'does not report, so no event was delivered.',
  do:
    'Do a full sync: store district.events.latestCursor(), read the roster, then continue with `after` and ' +
    'the stored cursor.',
};
