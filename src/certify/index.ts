/**
 * Tries an app as Clever would before it is certified: a sandbox plays Clever, and does wrong on purpose.
 *
 * @packageDocumentation
 */

export { certify } from './certify.js';
export { CertifyError, type CertifyErrorReason } from './error.js';
export type { CertifyEvent } from './events.js';
export type { CertifyOptions, RosterLine } from './options.js';
export {
  type Certification,
  formReport,
  htmlReport,
  jsonReport,
  junitReport,
  type ObservedFacts,
  type TextReportOptions,
  textReport,
} from './report/index.js';
export type { ProbeResult, Reading, Screenshot, Suite, Verdict } from './verdict.js';
