import { resolve } from 'node:path';
import { type Certification, formReport, htmlReport, jsonReport, junitReport } from '../../../certify/index.js';
import { writeWhole } from '../../session/atomic-file.js';
import { EXIT } from '../../session/exit-codes.js';
import { CommandFailure } from '../../session/failure.js';
import type { CertifyCommandOptions } from './options.js';

/** A report that is written to a file. */
interface ReportFile {
  readonly file: string;
  readonly report: (certification: Certification) => string;
}

/**
 * The files that a command writes.
 *
 * @throws {@link CommandFailure} when two reports have the same name: one would replace the other.
 */
export function filesOf({ report, junit, json, form }: CertifyCommandOptions): readonly ReportFile[] {
  const wanted: readonly (readonly [string | true | undefined, ReportFile['report']])[] = [
    [report, htmlReport],
    [junit, junitReport],
    [json, jsonReport],
    [form, formReport],
  ];
  const files = wanted.flatMap(([file, make]) => (typeof file === 'string' ? [{ file, report: make }] : []));
  if (new Set(files.map(({ file }) => resolve(file))).size < files.length) {
    throw new CommandFailure('two reports have the same file: give each a name of its own.', EXIT.usage);
  }
  return files;
}

/** Writes all reports, each as a whole. */
export async function writeReports(files: readonly ReportFile[], certification: Certification): Promise<void> {
  for (const { file, report } of files) {
    await writeWhole(file, report(certification));
  }
}
