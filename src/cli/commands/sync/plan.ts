import type { SyncKind, SyncOperation, SyncPlan } from '../../../sync/index.js';
import { EXIT, type Finish } from '../../session/exit-codes.js';
import type { CommandIo } from '../../terminal/io.js';
import { visible, visibleJson } from '../../terminal/visible.js';
import { withSync } from './open.js';
import type { SyncOptions } from './options.js';
import { planTable, verdictText } from './table.js';

const OPERATIONS: readonly SyncOperation[] = ['created', 'updated', 'restored', 'archived'];

/** The ids of a plan, by kind and operation. */
type PlannedIds = Partial<Record<SyncKind, Partial<Record<SyncOperation, string[]>>>>;

/** `sync plan`: what a run would do. */
export async function runPlan(
  io: CommandIo,
  options: SyncOptions & { readonly ids?: boolean },
  finish: Finish,
): Promise<void> {
  await withSync(io, options, async ({ sync, progress, onlyDistrictId }) => {
    const districtId = await onlyDistrictId();
    const plan = await sync.plan(districtId).catch((error: unknown) => {
      progress.stop();
      if (io.signal.aborted && options.json !== true) {
        io.err('Interrupted. Nothing was changed.\n');
      }
      throw error;
    });
    progress.stop();
    const ids = options.ids === true ? await idsOf(plan) : undefined;
    const { run, kinds, verdict, summary } = plan;
    await io.out(
      options.json === true
        ? `${visibleJson({ run, districtId, kinds, verdict, summary, ids })}\n`
        : `${planTable(plan, io.terminal.columns)}\n\n${verdictText(plan)}\n${idLines(ids)}`,
    );
    finish(verdict.isHeld ? EXIT.held : EXIT.ok);
  });
}

async function idsOf(plan: SyncPlan): Promise<PlannedIds> {
  const ids: PlannedIds = {};
  for (const kind of Object.keys(plan.kinds) as SyncKind[]) {
    for (const operation of OPERATIONS) {
      const found: string[] = [];
      for await (const id of plan.ids(kind, operation)) {
        found.push(id);
      }
      if (found.length > 0) {
        ids[kind] = { ...ids[kind], [operation]: found };
      }
    }
  }
  return ids;
}

/** One id a line, for `grep`: `users  archived  6683d2501129021822000000`. */
function idLines(ids: PlannedIds = {}): string {
  const lines = Object.entries(ids).flatMap(([kind, operations]) =>
    Object.entries(operations).flatMap(([operation, list]) =>
      list.map((id) => `${kind}  ${operation}  ${visible(id)}\n`),
    ),
  );
  return lines.length === 0 ? '' : `\n${lines.join('')}`;
}
