import type { CommonOptions } from '../../session/options.js';
import type { CommandIo } from '../../terminal/io.js';
import { visibleJson } from '../../terminal/visible.js';
import { type PrintedReport, planTable, reportLine, verdictText } from './table.js';

/** Prints how a run ended: a line, and what the guard holds of it. */
export async function printReport(io: CommandIo, options: CommonOptions, report: PrintedReport): Promise<void> {
  const { plan, ...rest } = report;
  if (options.json === true) {
    const { kinds, verdict, summary } = plan ?? {};
    await io.out(`${visibleJson({ ...rest, ...(plan === undefined ? {} : { plan: { kinds, verdict, summary } }) })}\n`);
    return;
  }
  await io.out(`${reportLine(report)}\n${heldText(report, io.terminal.columns)}`);
}

/** What waits for approval: the plan, or a word about one that was printed when the run was held. */
function heldText({ plan, outcome, run }: PrintedReport, columns: number | undefined): string {
  if (plan !== undefined) {
    return `\n${planTable(plan, columns)}\n\n${verdictText(plan)}\n`;
  }
  return outcome === 'held' ? `It still waits for approval: clever-sdk sync approve ${run}\n` : '';
}
