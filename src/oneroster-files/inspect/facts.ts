import type { FileFacts } from '../csv/read-rows.js';
import type { ReportProblem } from './problem.js';

/** What is known of a file before it is read. */
export function newFacts(): FileFacts {
  return { hasMark: false, isUtf16: false, firstOtherLineEnd: undefined };
}

/** Reports what was noticed about a file as a whole. */
export function reportFacts(file: string, facts: FileFacts, report: ReportProblem): void {
  if (facts.isUtf16) {
    report({ severity: 'error', rule: 'encoding', file, message: 'is in UTF-16; write it in UTF-8.' });
  }
  if (facts.hasMark) {
    const message =
      'begins with a byte order mark, which some readers take for a part of the first name; leave it out.';
    report({ severity: 'warning', rule: 'byte-order-mark', file, line: 1, message });
  }
  if (facts.firstOtherLineEnd !== undefined) {
    report({
      severity: 'clever',
      rule: 'line-ends',
      file,
      line: facts.firstOtherLineEnd,
      message: "does not end its lines by CR and LF, as RFC 4180 has it; Clever's importer reads no other line ends.",
    });
  }
}
