import type { ProbeResult } from '../verdict.js';
import { isProblem } from '../verdict.js';
import type { Certification } from './certification.js';
import { printable } from './printable.js';
import { bySuite } from './sorted.js';
import { expectationText } from './text-report.js';
import { SUITE_WORDS } from './words.js';

/**
 * A run as JUnit XML, as GitHub's actions, GitLab and Jenkins read it: a test suite for each suite, a test case for
 * each probe. A problem is a failure. A probe that was skipped, or that fails as expected, is skipped. Warnings and
 * what a person has to look at pass, and their evidence is the case's output. No secret and no person is in it.
 */
export function junitReport(certification: Certification): string {
  const { probes, durationMs, startedAt, app } = printable(certification);
  const suites = bySuite(probes).map(([suite, results]) =>
    element(
      'testsuite',
      {
        name: SUITE_WORDS[suite].title,
        ...countsOf(results),
        time: seconds(results.reduce((sum, result) => sum + result.durationMs, 0)),
        timestamp: startedAt.slice(0, 19),
        hostname: URL.canParse(app) ? new URL(app).hostname : app,
      },
      results.map(testCase),
    ),
  );
  // Jenkins's schema knows no number of skipped cases here.
  const { skipped: _, ...counts } = countsOf(probes);
  const all = { name: 'Clever certification', ...counts, time: seconds(durationMs) };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', all, suites)}`;
}

function countsOf(results: readonly ProbeResult[]) {
  return {
    tests: results.length,
    failures: results.filter(isProblem).length,
    errors: 0,
    skipped: results.filter(isSkipped).length,
  };
}

function isSkipped(result: ProbeResult): boolean {
  return !isProblem(result) && (result.verdict === 'skipped' || result.verdict === 'fail');
}

function testCase(result: ProbeResult): string {
  const { id, suite, title, durationMs } = result;
  const attributes = { name: `${title} (${id})`, classname: `clever.${suite}`, time: seconds(durationMs) };
  return element('testcase', attributes, [outcomeOf(result)]);
}

function outcomeOf(result: ProbeResult): string {
  const { verdict, expected, evidence, advice, requirement, source, repeat, question } = result;
  const seen = evidence.join('\n');
  if (isProblem(result)) {
    const pinned = expected === undefined ? [] : [expectationText(verdict, expected)];
    const text = [
      ...pinned,
      ...evidence,
      ...(verdict === 'pass' ? [] : [`What to do: ${advice}`]),
      `Asked for: ${requirement} (${source})`,
      `Again: npx clever-sdk ${repeat}`,
    ];
    const message = pinned[0] ?? evidence[0] ?? requirement;
    return element('failure', { message, type: verdict }, [escapeXml(text.join('\n'))]);
  }
  if (isSkipped(result)) {
    const reason = verdict === 'fail' ? `known failure: ${seen}` : seen;
    return element('skipped', { message: reason }, []);
  }
  const output = [
    ...(verdict === 'pass' ? [] : [`${verdict}:`]),
    ...evidence,
    ...(question === undefined ? [] : [question]),
  ];
  return output.length === 0 ? '' : element('system-out', {}, [escapeXml(output.join('\n'))]);
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1_000).toFixed(3);
}

/** An element. Its children are XML already. */
function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  children: readonly string[],
): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeAttribute(String(value))}"`);
  const inside = children.join('');
  return inside === ''
    ? `<${name}${written.join('')}/>\n`
    : `<${name}${written.join('')}>${lineBefore(inside)}${inside}</${name}>\n`;
}

/** A line break before elements, and none before text, to which it would belong. */
function lineBefore(inside: string): string {
  return inside.startsWith('<') ? '\n' : '';
}

/** An attribute, in which a line end would become a blank. */
function escapeAttribute(text: string): string {
  return escapeXml(text).replace(/[\n\t]/gu, (character) => `&#${character.charCodeAt(0)};`);
}

/** XML knows five characters by name, and has no place for others, not even escaped. */
function escapeXml(text: string): string {
  return text.replace(/[\ufffe\uffff]/gu, '').replace(/[&<>"']/gu, (character) => `&#${character.charCodeAt(0)};`);
}
