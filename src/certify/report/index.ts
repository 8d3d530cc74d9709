export type { Certification, ObservedFacts } from './certification.js';
export { formReport } from './form-report.js';
export { htmlReport } from './html/html-report.js';
export { jsonReport } from './json-report.js';
export { junitReport } from './junit-report.js';
export { type TextReportOptions, textReport } from './text-report.js';
