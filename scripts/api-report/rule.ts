import { fileAt, filesAt, lastRelease } from '../last-release/tag.ts';
import { announcedSince, judged } from './changesets.ts';
import { compareReports, neededKind } from './compare.ts';
import { covers, type Finding, greatest } from './findings.ts';

/** Where the reports are, in the project. */
export const REPORTS = 'docs/api-report';

/** Whether a rule holds, and what to print about it. */
export interface Outcome {
  readonly holds: boolean;
  readonly lines: readonly string[];
}

/**
 * Compares reports with those of the last release: a difference needs a changeset of its kind, or a version that is as
 * much greater.
 *
 * @param reports - The texts of the reports, by the names of their files.
 */
export function compareWithLastRelease(root: string, reports: ReadonlyMap<string, string>): Outcome {
  const release = lastRelease(root);
  if (release.tag === undefined) {
    return { holds: true, lines: [`${release.why} The API can change freely until then.`] };
  }
  const files = filesAt(root, release.tag, REPORTS);
  if (files.length === 0) {
    return { holds: false, lines: [`${release.tag} has no API reports in ${REPORTS}.`] };
  }
  const before = files.map((file) => fileAt(root, release.tag, file) ?? '');
  const changesets = announcedSince(root, release.tag);
  const findings = judged(compareReports(before, reports.values()), changesets);
  const needed = neededKind(findings);
  if (needed === undefined) {
    return { holds: true, lines: [`The API is that of ${release.tag}.`] };
  }
  const released = greatest(changesets.map(({ kind }) => kind));
  const holds = covers(released, needed);
  return {
    holds,
    lines: [
      `The API differs from that of ${release.tag}:`,
      ...linesOf(findings),
      holds
        ? `The next release is ${released}, as these changes need.`
        : `These changes need a changeset of kind ${needed}, and the greatest is ${released ?? 'none'}: \`npm run changeset\`.`,
      ...(!holds && findings.some(({ isDoubtful }) => isDoubtful) ? [ABOUT_DOUBT] : []),
    ],
  };
}

const ABOUT_DOUBT =
  'What is marked (?) was not understood, and may be compatible. If so, write `<!-- compatible: NAME: reason -->` in the changeset.';

/** Findings as lines, the gravest first. */
export function linesOf(findings: readonly Finding[]): readonly string[] {
  const of = (kind: Finding['kind']): readonly Finding[] => findings.filter((finding) => finding.kind === kind);
  return [...of('major'), ...of('minor'), ...of('patch')].map(
    ({ kind, entry, name, what, isDoubtful }) =>
      `  ${kind}${isDoubtful ? ' (?)' : ''}  ${entry === name ? '' : `${entry}: `}${name} ${what}`,
  );
}
