/**
 * What happened and what to do about it, in full sentences. The error replaces each `{name}` with a number,
 * an option or a parameter's name, and never with part of a record or a token.
 */
export interface CatalogueEntry {
  readonly what: string;
  readonly do: string;
}

/** An entry for an error that has a reason. */
export interface ReasonEntry<Reason extends string> extends CatalogueEntry {
  readonly reason: Reason;
}

/** One entry for each reason. */
export type ByReason<Reason extends string> = { readonly [Each in Reason]: ReasonEntry<Each> };

/** The values that replace each `{name}` of an entry. */
export type MessageValues = Readonly<Record<string, string | number>>;
