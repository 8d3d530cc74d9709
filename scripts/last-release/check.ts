import { announcedSince } from '../api-report/changesets.ts';
import type { Outcome } from '../api-report/rule.ts';
import { testsOfRelease } from './breaks.ts';
import { lastRelease } from './tag.ts';

/**
 * Checks that what apps relied on in the last release still holds: its public tests compile and pass against the
 * sources that are checked out. A test that must break is named by a major changeset:
 * `<!-- breaks: test/http/lms.test.ts -->`.
 */
export function checkLastRelease(root: string): Outcome {
  const release = lastRelease(root);
  if (release.tag === undefined) {
    return { holds: true, lines: [`${release.why} No tests of a release exist.`] };
  }
  const { tests, broken, output } = testsOfRelease(root, release.tag);
  if (tests.length === 0) {
    return { holds: false, lines: [`${release.tag} has no public tests.`] };
  }
  const announced = announcedIn(root, release.tag);
  const unexpected = broken.filter((file) => !announced.has(file));
  const expected = broken.filter((file) => announced.has(file));
  return {
    holds: unexpected.length === 0,
    lines: [
      ...(broken.length > 0 ? [output, ''] : []),
      ...expected.map((file) => `${file} breaks, as a major changeset says.`),
      ...unexpected.map((file) => `✗ ${file} of ${release.tag} breaks.`),
      unexpected.length === 0
        ? `${tests.length - expected.length} of ${tests.length} files of public tests of ${release.tag} pass.`
        : 'Apps that rely on this break, too. If that is meant, a changeset of kind major says so, and names each file: ' +
          `\`<!-- breaks: ${unexpected[0]} -->\`.`,
    ],
  };
}

/** The tests that major changesets name, or the change log once it has taken them over. */
function announcedIn(root: string, tag: string): ReadonlySet<string> {
  const texts = announcedSince(root, tag).flatMap(({ kind, text }) => (kind === 'major' ? [text] : []));
  return new Set(texts.flatMap((text) => [...text.matchAll(/<!-- breaks: (\S+) -->/gu)].map(([, file = '']) => file)));
}
