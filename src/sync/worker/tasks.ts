import type { SyncContext } from '../context.js';
import { dateIn, inMs } from '../times.js';

/** What concerns all districts and is done by whichever process comes first. */
export type TaskName = 'look' | 'discover';

/** How long a claim lasts at most, in milliseconds: the task of a process that died is then another one's. */
const CLAIM_MS = 120_000;

/**
 * Claims a task for this process, if none has done it within the interval, by the database's clock. {@link finishTask}
 * then notes that it is done.
 *
 * @param intervalMs - In milliseconds; 0 only notes that it is done now.
 */
export async function claimTask(
  { schema, store }: Pick<SyncContext, 'schema' | 'store'>,
  name: TaskName,
  intervalMs: number,
): Promise<boolean> {
  const claimed = await store.query(
    `
insert into ${schema}.sync_tasks as task (name, at)
values ($1::text, clock_timestamp() - $2::text::interval + $3::text::interval)
on conflict (name) do update set at = excluded.at
where task.at is null or task.at <= clock_timestamp() - $2::text::interval
returning name`,
    [name, `${intervalMs} milliseconds`, `${Math.min(intervalMs, CLAIM_MS)} milliseconds`],
  );
  return claimed.length > 0;
}

/** Notes that a claimed task is done: it is claimed again an interval from now. */
export async function finishTask(
  { schema, store }: Pick<SyncContext, 'schema' | 'store'>,
  name: TaskName,
): Promise<void> {
  await store.query(`update ${schema}.sync_tasks set at = clock_timestamp() where name = $1::text`, [name]);
}

/** Gives a claimed task back, because it failed: the next process that looks tries it again. */
export async function releaseTask(
  { schema, store }: Pick<SyncContext, 'schema' | 'store'>,
  name: TaskName,
): Promise<void> {
  await store.query(`update ${schema}.sync_tasks set at = null where name = $1::text`, [name]);
}

/** When a task was last done or claimed; `undefined` when it never was. */
export async function lastDone(
  { schema, store }: Pick<SyncContext, 'schema' | 'store'>,
  name: TaskName,
): Promise<Date | undefined> {
  const [row] = await store.query(`select ${inMs('at')} from ${schema}.sync_tasks where name = $1::text`, [name]);
  return dateIn(row, 'at');
}
