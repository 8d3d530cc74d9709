/**
 * How we know that Clever behaves so, from the strongest evidence to the weakest.
 *
 * - `captured`: seen in answers of the live service
 * - `documented`: in the prose of dev.clever.com or support.clever.com
 * - `specified`: in the official specifications alone
 * - `secondary`: known from other people's code or texts alone
 * - `inferred`: our reading; Clever may do otherwise
 * - `own`: the sandbox's own, which Clever does not have
 */
export type Evidence = 'captured' | 'documented' | 'specified' | 'secondary' | 'inferred' | 'own';

/** The meaning of each kind of evidence, for readers. */
export const EVIDENCE: Readonly<Record<Evidence, string>> = {
  captured: 'seen in answers of the live service',
  documented: "in the prose of Clever's documentation",
  specified: "in Clever's official specifications alone",
  secondary: "known from other people's code alone",
  inferred: 'our reading: Clever may do otherwise',
  own: "the sandbox's own, not Clever's",
};

/** A behaviour in short; of the file only what is between `test/` and `.test.ts`. */
type Row = readonly [what: string, evidence: Evidence, file: string, title: string];

/** Behaviours by their area. */
export type Areas = Readonly<Record<string, readonly Row[]>>;
