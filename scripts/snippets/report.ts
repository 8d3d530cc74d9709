import type { Result } from './execute.ts';

/** What is printed about a run: every failure at its place, the reasons of what is not run, and the counts. */
export function reportOf(results: readonly Result[]): string {
  const failures = results.flatMap((result) =>
    result.kind === 'failed' ? [`${result.snippet.file}:${result.line}: ${result.text}`] : [],
  );
  const reasons = Object.entries(
    Object.groupBy(
      results.filter((result) => result.kind === 'not run' || result.kind === 'skipped'),
      ({ reason }) => reason,
    ),
  ).flatMap(([reason, which = []]) => [
    `  ${reason}`,
    ...which.map(({ snippet }) => `    ${snippet.file}:${snippet.line}`),
  ]);
  const count = (kind: Result['kind']): number => results.filter((result) => result.kind === kind).length;
  const executed = results.filter((result) => result.kind === 'executed');
  const withOutput = executed.filter(({ snippet }) => snippet.output !== undefined).length;
  const withClaims = executed.filter(({ claims }) => claims > 0).length;
  return [
    ...failures,
    ...(reasons.length === 0 ? [] : ['Not run, because', ...reasons]),
    `${results.length} snippets: ${executed.length} executed (the output of ${withOutput} and the values in the comments of ` +
      `${withClaims} compared), ${count('not run') + count('skipped')} not run, ${count('failed')} failed`,
  ].join('\n');
}
