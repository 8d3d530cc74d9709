import type { CatalogueEntry, ReasonEntry } from './entry.js';

/** The answer is JSON, but cannot be the requested data. */
export const ENVELOPE: ReasonEntry<'envelope'> = {
  reason: 'envelope',
  what: 'The answer was JSON, but does not have any of the envelopes that Clever uses.',
  do: "Check that the configured origin is Clever's.",
};

/** The answer reports an error, although its status is a success. */
export const ERROR_INSIDE: ReasonEntry<'envelope'> = {
  reason: 'envelope',
  what: 'The answer reports an error, although its status is a success. None of it was used.',
  do: "Try again later; if the problem persists, ask Clever's support.",
};

/** A single read was answered with another record. */
export const OTHER_RECORD: ReasonEntry<'envelope'> = {
  reason: 'envelope',
  what: 'The answer is about another record than the one that was asked for. It was not used.',
  do: "Check that the configured origin is Clever's, and that no cache answers in its place.",
};

/**
 * A record that the schema cannot accept, with `validation: 'strict'`. `{issues}` lists paths and kinds,
 * never values.
 */
export const VALIDATION: CatalogueEntry = {
  what: 'Clever sent a record that does not match its documented shape ({issues}).',
  do: "Use `validation: 'lenient'` to receive the record as sent, with a `validation` event that lists the issues.",
};
