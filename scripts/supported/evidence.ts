/**
 * How a behaviour of Clever is known, from the strongest evidence to the weakest.
 *
 * - `captured`: seen in answers of the live service
 * - `documented`: in the text of dev.clever.com or support.clever.com
 * - `specified`: only in the official specifications
 * - `secondary`: only known from other people's code or texts
 * - `inferred`: our interpretation; Clever may behave differently
 * - `own`: the sandbox's own, which Clever does not have
 */
export type Evidence = 'captured' | 'documented' | 'specified' | 'secondary' | 'inferred' | 'own';

/** The meaning of each kind of evidence, for readers. */
export const EVIDENCE: Readonly<Record<Evidence, string>> = {
  captured: 'seen in answers of the live service',
  documented: "in the text of Clever's documentation",
  specified: "only in Clever's official specifications",
  secondary: "only known from other people's code",
  inferred: 'our interpretation: Clever may behave differently',
  own: "the sandbox's own, not Clever's",
};

/** A behaviour in short form. The file is the part between `test/` and `.test.ts`. */
type Row = readonly [what: string, evidence: Evidence, file: string, title: string];

/** Behaviours by their area. */
export type Areas = Readonly<Record<string, readonly Row[]>>;
