import { readSettings } from '../../session/environment.js';
import { EXIT, type ExitCode } from '../../session/exit-codes.js';
import type { CommandIo } from '../../terminal/io.js';
import { CHECKS } from './checks/index.js';
import { DiagnosticTarget, type DoctorOptions } from './diagnostic-target.js';
import { examine } from './examine.js';
import { report, reportJson, worst } from './report.js';

/** Examines a connection to Clever and reports what is wrong with it. */
export async function runDoctor(io: CommandIo, options: DoctorOptions): Promise<ExitCode> {
  const settings = await readSettings(io, options.settings);
  const examined = await examine(CHECKS, new DiagnosticTarget(io, options, settings), io.signal);
  if (options.json === true) {
    await io.out(reportJson(examined));
  } else {
    await io.out(report(examined, io.terminal), 'painted');
  }
  return worst(examined) === 'failed' ? EXIT.access : EXIT.ok;
}
