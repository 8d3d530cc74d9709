import { groupBy } from '../../util/group-by.js';
import type { ProbeResult, Suite, Verdict } from '../verdict.js';
import { isProblem, SUITES } from '../verdict.js';

/** The results of a run, by what a reader has to do about them. */
export interface Sorted {
  /** What is wrong with the run: a failure, or a verdict that is not the one that was expected. */
  readonly problems: readonly ProbeResult[];
  /** Failures that were expected. */
  readonly known: readonly ProbeResult[];
  readonly warnings: readonly ProbeResult[];
  /** Probes tried something, and a person has to look at the result. */
  readonly reviews: readonly ProbeResult[];
  /** Nothing was tried: only a person can answer. */
  readonly questions: readonly ProbeResult[];
  readonly skipped: readonly ProbeResult[];
  readonly passed: readonly ProbeResult[];
}

/** Puts each result in one group. */
export function sortResults(results: readonly ProbeResult[]): Sorted {
  const groups = groupBy(results, groupOf);
  const of = (name: keyof Sorted): readonly ProbeResult[] => groups.get(name) ?? [];
  return {
    problems: of('problems'),
    known: of('known'),
    warnings: of('warnings'),
    reviews: of('reviews'),
    questions: of('questions'),
    skipped: of('skipped'),
    passed: of('passed'),
  };
}

/** Whether a reader will change something, and try again. */
export function isToRepeat(result: ProbeResult): boolean {
  return isProblem(result) || result.verdict === 'fail' || result.verdict === 'warn';
}

/** The group of a result. */
export function groupOf(result: ProbeResult): keyof Sorted {
  if (isProblem(result)) {
    return 'problems';
  }
  const groups: Readonly<Record<Verdict, keyof Sorted>> = {
    pass: 'passed',
    fail: 'known',
    warn: 'warnings',
    review: isQuestion(result) ? 'questions' : 'reviews',
    skipped: 'skipped',
  };
  return groups[result.verdict];
}

/** Whether no probe exists for a requirement: nothing was seen, so only a person can answer. */
function isQuestion({ verdict, evidence, screenshots }: ProbeResult): boolean {
  return verdict === 'review' && evidence.length === 0 && screenshots.length === 0;
}

/** The suites that have results, with these, in their order. */
export function bySuite(results: readonly ProbeResult[]): readonly (readonly [Suite, readonly ProbeResult[]])[] {
  const groups = groupBy(results, ({ suite }) => suite);
  return SUITES.flatMap((suite) => {
    const own = groups.get(suite);
    return own === undefined ? [] : [[suite, own] as const];
  });
}

/** Skipped results by why they were skipped: the first sentence of their evidence. The largest group first. */
export function byReason(skipped: readonly ProbeResult[]): readonly (readonly [string, readonly ProbeResult[]])[] {
  const groups = groupBy(skipped, ({ evidence }) => evidence[0] ?? 'Not tried.');
  return [...groups].sort(([, one], [, other]) => other.length - one.length);
}

/** How many results have a verdict: `2 failed`, `1 with a warning`. */
export function countsOf(results: readonly ProbeResult[]): ReadonlyMap<Verdict, number> {
  return new Map([...groupBy(results, ({ verdict }) => verdict)].map(([verdict, own]) => [verdict, own.length]));
}
