import type { SyncContext } from '../context.js';
import { dateIn, inMs } from '../times.js';

/** What concerns all districts and is done by whichever process comes first. */
export type TaskName = 'look' | 'discover';

/**
 * Claims a task for this process, if none has done it within the interval, by the database's clock.
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
insert into ${schema}.sync_tasks as task (name, at) values ($1::text, clock_timestamp())
on conflict (name) do update set at = excluded.at
where task.at is null or task.at <= clock_timestamp() - $2::text::interval
returning name`,
    [name, `${intervalMs} milliseconds`],
  );
  return claimed.length > 0;
}

/** Gives a claimed task back, because it failed: the next process that looks tries it again. */
export async function releaseTask(
  { schema, store }: Pick<SyncContext, 'schema' | 'store'>,
  name: TaskName,
): Promise<void> {
  await store.query(`update ${schema}.sync_tasks set at = null where name = $1::text`, [name]);
}

/** When a task was last claimed; `undefined` when it never was. */
export async function lastDone(
  { schema, store }: Pick<SyncContext, 'schema' | 'store'>,
  name: TaskName,
): Promise<Date | undefined> {
  const [row] = await store.query(`select ${inMs('at')} from ${schema}.sync_tasks where name = $1::text`, [name]);
  return dateIn(row, 'at');
}
