import type { Explanation } from '../../../sync/index.js';
import type { DatabaseOptions } from '../../session/database-options.js';
import { EXIT } from '../../session/exit-codes.js';
import { CommandFailure } from '../../session/failure.js';
import type { CommandIo } from '../../terminal/io.js';
import { visible, visibleJson } from '../../terminal/visible.js';
import { approverOf } from './approver.js';
import { withTables } from './open.js';
import type { ServeOptions } from './serve.js';
import { statusTable, timeText } from './table.js';

/*
 * What operators ask for: these commands read nothing from Clever.
 */

/** `sync approve`: releases a held plan. */
export async function runApprove(
  io: CommandIo,
  run: number,
  options: DatabaseOptions & { readonly by?: string },
): Promise<void> {
  const by = approverOf(io, options);
  await withTables(io, options, async (sync) => {
    await sync.approve(run, { by });
    await io.out(
      options.json === true
        ? `${visibleJson({ run, approvedBy: by })}\n`
        : `Run ${run} is approved by ${visible(by)}. The next \`clever-sdk sync run\` applies this very plan, and no other.\n`,
    );
  });
}

/** `sync status`: the state of every district. */
export async function runStatus(io: CommandIo, options: ServeOptions): Promise<void> {
  if (options.port !== undefined || options.by !== undefined) {
    throw new CommandFailure('--port and --by are for the page: add --serve.', EXIT.usage);
  }
  await withTables(io, options, async (sync) => {
    const districts = await sync.status();
    if (options.json === true) {
      await io.out(`${visibleJson(districts)}\n`);
    } else if (districts.length === 0) {
      await io.out('No district has been synced yet.\n');
    } else {
      await io.out(`${statusTable(districts, io.terminal.columns)}\n`);
    }
  });
}

/** `sync explain`: why a record is, or is not, in the tables. */
export async function runExplain(io: CommandIo, id: string, options: DatabaseOptions): Promise<void> {
  await withTables(io, options, async (sync) => {
    const explanation = await sync.explain(id);
    await io.out(options.json === true ? `${visibleJson(explanation)}\n` : explanationText(explanation));
  });
}

function explanationText({ kind, districtId, summary, isOdd, history }: Explanation): string {
  const lines = history.map(({ at, op, run, eventId, fields }) => {
    const from = eventId === undefined ? `run ${run}` : `run ${run}, event ${visible(eventId)}`;
    const members = fields.length === 0 ? '' : `: ${fields.map(visible).join(', ')}`;
    return `  ${timeText(at)} UTC  ${op} by ${from}${members}`;
  });
  return [
    ...(kind === undefined ? [] : [`One of ${kind} in district ${visible(districtId ?? '')}.`]),
    summary,
    ...(isOdd ? ['What Clever sent last lacks its documented shape, and is kept in the column `odd`.'] : []),
    ...lines,
    '',
  ].join('\n');
}

/** `sync purge`: deletes everything of a district for good. */
export async function runPurge(
  io: CommandIo,
  districtId: string,
  options: DatabaseOptions & { readonly yes?: boolean },
): Promise<void> {
  await withTables(io, options, async (sync) => {
    const question = `Delete everything of district ${visible(districtId)} from the tables, for good?`;
    if (options.yes !== true && (await io.confirm(question)) !== true) {
      throw new CommandFailure('nothing was deleted. Answer yes at a terminal, or pass --yes.', EXIT.usage);
    }
    const report = await sync.purge(districtId);
    const text = `Deleted ${new Intl.NumberFormat('en').format(report.records)} records and all that belongs to them.`;
    await io.out(options.json === true ? `${visibleJson(report)}\n` : `${text}\n`);
  });
}
