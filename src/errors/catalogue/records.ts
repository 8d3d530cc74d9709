import type { CatalogueEntry, ReasonEntry } from './entry.js';

/** JSON that cannot be what was asked for. */
export const ENVELOPE: ReasonEntry<'envelope'> = {
  reason: 'envelope',
  what: "The answer was JSON, but in none of Clever's envelopes.",
  do: "Check that the configured origin is Clever's.",
};

/** A record that the schema cannot accept, under `validation: 'strict'`. `{issues}` are paths and kinds, never values. */
export const VALIDATION: CatalogueEntry = {
  what: 'Clever sent a record that does not have its documented shape ({issues}).',
  do: "Use `validation: 'lenient'` to receive it as sent, with a `validation` event that says what is wrong.",
};
