import { isCleverError } from '../../../index.js';
import type { SyncReport } from '../../../sync/index.js';
import { EXIT, type ExitCode, type Finish } from '../../session/exit-codes.js';
import { CommandFailure } from '../../session/failure.js';
import type { CommandIo } from '../../terminal/io.js';
import { type OpenSync, type OpenTables, openSync, openTables } from './open.js';
import type { DatabaseOptions, SyncOptions } from './options.js';
import { syncProgress } from './progress.js';
import { planTable, reportLine, statusTable, verdictText } from './table.js';

/** Opens a sync, shows its progress, and closes both. */
async function withSync(
  io: CommandIo,
  options: SyncOptions,
  work: (opened: OpenSync, stopProgress: () => void) => Promise<void>,
): Promise<void> {
  const progress = syncProgress(io, options.json === true);
  const opened = await openSync(io, options, (event) => progress.observe(event));
  try {
    await opened.sync.migrate();
    await work(opened, () => progress.stop());
  } finally {
    progress.stop();
    await opened.close();
  }
}

/** `sync run`: brings one district, or every connected one, in step. */
export async function runOnce(
  io: CommandIo,
  options: SyncOptions & { readonly full?: boolean },
  finish: Finish,
): Promise<void> {
  await withSync(io, options, async ({ sync, districtIds }, stopProgress) => {
    const codes: ExitCode[] = [];
    for (const districtId of await districtIds()) {
      io.signal.throwIfAborted();
      try {
        const report = await sync.run(districtId, options.full === true ? { full: true } : {});
        stopProgress();
        await printReport(io, options, report);
        codes.push(codeOf(report));
      } catch (error) {
        // One district's failure ends the run of that district alone.
        stopProgress();
        if (io.signal.aborted || options.district !== undefined) {
          throw error;
        }
        io.err(`${districtId}  failed: ${messageOf(error)}\n`);
        codes.push(EXIT.failure);
      }
    }
    finish(worst(codes));
  });
}

/** `sync plan`: what a run would do. */
export async function runPlan(
  io: CommandIo,
  options: SyncOptions & { readonly ids?: boolean },
  finish: Finish,
): Promise<void> {
  await withSync(io, options, async ({ sync, districtIds }, stopProgress) => {
    const [districtId, ...others] = await districtIds();
    if (districtId === undefined || others.length > 0) {
      throw new CommandFailure(
        `choose one district with --district: ${[districtId, ...others].join(', ')}`,
        EXIT.usage,
      );
    }
    const plan = await sync.plan(districtId);
    stopProgress();
    const ids: Record<string, Record<string, string[]>> = {};
    if (options.ids === true) {
      for (const kind of Object.keys(plan.kinds) as (keyof typeof plan.kinds)[]) {
        for (const operation of ['created', 'updated', 'archived', 'restored'] as const) {
          const found: string[] = [];
          for await (const id of plan.ids(kind, operation)) {
            found.push(id);
          }
          if (found.length > 0) {
            ids[kind] = { ...ids[kind], [operation]: found };
          }
        }
      }
    }
    if (options.json === true) {
      const { run, kinds, verdict, summary } = plan;
      const shown = { run, districtId, kinds, verdict, summary, ...(options.ids === true ? { ids } : {}) };
      await io.out(`${JSON.stringify(shown)}\n`);
    } else {
      const lists = Object.entries(ids).flatMap(([kind, operations]) =>
        Object.entries(operations).map(([operation, list]) => `${kind}, ${operation}: ${list.join(' ')}\n`),
      );
      await io.out(`${planTable(plan)}\n\n${verdictText(plan)}\n${lists.length > 0 ? `\n${lists.join('')}` : ''}`);
    }
    finish(plan.verdict.isHeld ? EXIT.held : EXIT.ok);
  });
}

/** `sync watch`: runs every district when it is due, until it is stopped. */
export async function runWatch(io: CommandIo, options: SyncOptions & { readonly interval: number }): Promise<void> {
  await withSync(io, options, async ({ sync, districtIds }, stopProgress) => {
    while (!io.signal.aborted) {
      const known = new Map((await sync.status()).map((district) => [district.districtId, district]));
      for (const districtId of await districtIds()) {
        const district = known.get(districtId);
        const isDue = district?.nextSyncAt === undefined || district.nextSyncAt.getTime() <= io.now();
        if (io.signal.aborted || (district !== undefined && !isDue && district.askedAt === undefined)) {
          continue;
        }
        try {
          const report = await sync.run(districtId);
          stopProgress();
          await printReport(io, options, report);
        } catch (error) {
          stopProgress();
          if (io.signal.aborted) {
            return;
          }
          io.err(`${districtId}  failed: ${messageOf(error)}\n`);
        }
      }
      try {
        await io.sleep(options.interval * 1_000);
      } catch {
        return;
      }
    }
  });
}

/** `sync approve`: releases a held plan. */
export async function runApprove(
  io: CommandIo,
  run: number,
  options: DatabaseOptions & { readonly by?: string },
): Promise<void> {
  await withTables(io, options, async ({ sync }) => {
    const by = options.by ?? io.env['USER'] ?? io.env['USERNAME'];
    if (by === undefined || by === '') {
      throw new CommandFailure('say with --by who approves it.', EXIT.usage);
    }
    await sync.approve(run, { by });
    const text = 'Approved. The next run applies this very plan, and no other.';
    await io.out(options.json === true ? `${JSON.stringify({ run, approvedBy: by })}\n` : `${text}\n`);
  });
}

/** `sync status`: the state of every district. */
export async function runStatus(io: CommandIo, options: DatabaseOptions): Promise<void> {
  await withTables(io, options, async ({ sync }) => {
    const districts = await sync.status();
    await io.out(options.json === true ? `${JSON.stringify(districts)}\n` : `${statusTable(districts)}\n`);
  });
}

/** `sync explain`: why a record is, or is not, there. */
export async function runExplain(io: CommandIo, id: string, options: DatabaseOptions): Promise<void> {
  await withTables(io, options, async ({ sync }) => {
    const explanation = await sync.explain(id);
    if (options.json === true) {
      await io.out(`${JSON.stringify(explanation)}\n`);
      return;
    }
    const { kind, districtId, summary, history } = explanation;
    const lines = history.map(
      ({ at, op, run, eventId, fields }) =>
        `  ${at.toISOString()}  ${op}  run ${run}${eventId === undefined ? '' : `, event ${eventId}`}${fields.length === 0 ? '' : `: ${fields.join(', ')}`}`,
    );
    const head = kind === undefined ? '' : `${kind} of district ${districtId}. `;
    await io.out(`${[`${head}${summary}`, ...lines].join('\n')}\n`);
  });
}

/** `sync purge`: deletes everything of a district for good. */
export async function runPurge(
  io: CommandIo,
  districtId: string,
  options: DatabaseOptions & { readonly yes?: boolean },
): Promise<void> {
  await withTables(io, options, async ({ sync }) => {
    const question = `Delete everything of district ${districtId} from the tables, for good?`;
    if (options.yes !== true && (await io.confirm(question)) !== true) {
      throw new CommandFailure('nothing was deleted. Confirm the question, or pass --yes.', EXIT.usage);
    }
    const report = await sync.purge(districtId);
    await io.out(
      options.json === true
        ? `${JSON.stringify(report)}\n`
        : `Deleted ${report.records} records and all that belongs to them.\n`,
    );
  });
}

async function withTables(
  io: CommandIo,
  options: DatabaseOptions,
  work: (opened: OpenTables) => Promise<void>,
): Promise<void> {
  const opened = await openTables(io, options);
  try {
    await work(opened);
  } finally {
    await opened.close();
  }
}

async function printReport(io: CommandIo, options: SyncOptions, report: SyncReport): Promise<void> {
  if (options.json === true) {
    const { plan, ...rest } = report;
    const held =
      plan === undefined ? {} : { plan: { kinds: plan.kinds, verdict: plan.verdict, summary: plan.summary } };
    await io.out(`${JSON.stringify({ ...rest, ...held })}\n`);
    return;
  }
  const held = report.plan === undefined ? '' : `\n${planTable(report.plan)}\n\n${verdictText(report.plan)}\n`;
  await io.out(`${reportLine(report)}\n${held}`);
}

function codeOf({ outcome }: SyncReport): ExitCode {
  return outcome === 'held' ? EXIT.held : outcome === 'disconnected' ? EXIT.access : EXIT.ok;
}

/** The code of several districts: a failure counts more than what waits for a person. */
function worst(codes: readonly ExitCode[]): ExitCode {
  return ([EXIT.failure, EXIT.access, EXIT.held] as const).find((code) => codes.includes(code)) ?? EXIT.ok;
}

function messageOf(error: unknown): string {
  return isCleverError(error)
    ? error.message
    : 'unexpectedly. Run it alone, with --district and --verbose, to see more.';
}
