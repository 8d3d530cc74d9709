/**
 * What happened, and what to do about it: full sentences. `{name}` is filled in when the error is made, with a number, an
 * option or a parameter's name, and never with something of a record or a token.
 */
export interface CatalogueEntry {
  readonly what: string;
  readonly do: string;
}

/** An entry of an error that has a reason. */
export interface ReasonEntry<Reason extends string> extends CatalogueEntry {
  readonly reason: Reason;
}

/** One entry for each reason. */
export type ByReason<Reason extends string> = { readonly [Each in Reason]: ReasonEntry<Each> };

/** What is filled in for the `{name}`s of an entry. */
export type MessageValues = Readonly<Record<string, string | number>>;
