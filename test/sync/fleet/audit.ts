import type { Ask } from '../support/database.js';

/*
 * What happened, as the database saw it: triggers write down who took, renewed and gave back which lease, who wrote
 * under which epoch, and which runs ended. The name of a worker is the `application_name` of its connections.
 */

const AUDIT = `
create table audit_leases (
  n bigserial primary key, at timestamptz not null default clock_timestamp(), worker text not null, district text not null,
  op text not null, owner text, epoch bigint not null, until_before timestamptz, due_before timestamptz, asked_before timestamptz,
  failures integer not null
);
create table audit_ends (
  n bigserial primary key, at timestamptz not null default clock_timestamp(), worker text not null, district text not null,
  epoch bigint not null, run bigint not null, state text not null
);
create table audit_writes (
  n bigserial primary key, at timestamptz not null default clock_timestamp(), worker text not null, district text not null,
  epoch bigint not null, owner text, what text not null
);
create table hook_rows (
  n bigserial primary key, at timestamptz not null default clock_timestamp(), worker text not null, district text not null,
  epoch bigint not null, owner text, run bigint not null, changes integer not null
);
create index audit_leases_of_epoch on audit_leases (district, epoch);
create index audit_ends_of_epoch on audit_ends (district, epoch);

create function audit_lease() returns trigger language plpgsql as $$
declare op text := case
  when new.lease_epoch <> old.lease_epoch then 'take'
  when old.lease_owner is not null and new.lease_owner is null then 'release'
  when new.lease_until is distinct from old.lease_until then 'renew'
end;
begin
  if op is not null then
    insert into audit_leases (worker, district, op, owner, epoch, until_before, due_before, asked_before, failures)
    values (current_setting('application_name'), new.id, op, coalesce(new.lease_owner, old.lease_owner), new.lease_epoch,
      old.lease_until, old.next_sync_at, old.asked_at, new.failures);
  end if;
  return new;
end $$;
create trigger audit_lease after update on clever.sync_districts for each row execute function audit_lease();

create function audit_run() returns trigger language plpgsql as $$
begin
  insert into audit_writes (worker, district, epoch, owner, what)
  select current_setting('application_name'), id, lease_epoch, lease_owner, 'run' from clever.sync_districts where id = new.district_id;
  if new.state in ('done', 'paused', 'disconnected') then
    insert into audit_ends (worker, district, epoch, run, state)
    select current_setting('application_name'), id, lease_epoch, new.id, new.state
    from clever.sync_districts where id = new.district_id;
  end if;
  return new;
end $$;
create trigger audit_run after insert or update of state on clever.runs for each row execute function audit_run();

create function audit_changes() returns trigger language plpgsql as $$
begin
  insert into audit_writes (worker, district, epoch, owner, what)
  select current_setting('application_name'), id, lease_epoch, lease_owner, 'changes'
  from clever.sync_districts where id in (select distinct district_id from written);
  return null;
end $$;
create trigger audit_changes after insert on clever.changes referencing new table as written
  for each statement execute function audit_changes();

create table own_records (
  kind text, id text, district_id text, data jsonb, is_live boolean, primary key (kind, id)
);
`;

/** Adds the triggers to the tables of a sync, and the tables of the workers' hook. */
export async function installAudit(ask: Ask): Promise<void> {
  await ask(AUDIT);
}

/**
 * Whatever shows that two held a district at once, or that one wrote that did not hold it: empty when all went well.
 */
export async function findTwoHolders(ask: Ask): Promise<string[]> {
  const rows = await ask(`
with takes as (select * from audit_leases where op = 'take')
select 'taken while another one held it' as what, worker, district, epoch from takes
where until_before >= at
union all
select 'taken twice under one epoch', min(worker), district, epoch from takes group by district, epoch having count(*) > 1
union all
select 'epoch left out or taken back', worker, district, epoch from (
  select *, row_number() over (partition by district order by n) as place from takes
) as placed where epoch <> place
union all
select 'renewed or given back by another', lease.worker, lease.district, lease.epoch
from audit_leases as lease join takes using (district, epoch)
where lease.op <> 'take' and (lease.worker, lease.owner) is distinct from (takes.worker, takes.owner)
union all
select 'wrote ' || written.what || ' without holding it', written.worker, written.district, written.epoch
from (
  select worker, district, epoch, owner, what, at from audit_writes
  union all
  select worker, district, epoch, owner, 'with its hook', at from hook_rows
) as written
left join takes using (district, epoch)
where (written.worker, written.owner) is distinct from (takes.worker, takes.owner)`);
  return rows.map(({ what, worker, district, epoch }) => `${what}: ${worker}, district ${district}, epoch ${epoch}`);
}

/** A run of a district that came to its end. */
export interface EndedRun {
  readonly district: string;
  /** When its lease was taken, in Unix milliseconds of the database. */
  readonly beganAt: number;
  /** Since when the district had been due, or asked for, without a run that came to its end. */
  readonly dueAt: number;
}

/** The runs that came to their end, in the order in which they began. */
export async function endedRuns(ask: Ask): Promise<EndedRun[]> {
  const rows = await ask(`
select takes.district, ${ms('takes.at')} as began, ${ms('least(due_before, asked_before)')} as due,
  exists (select from audit_ends as ended where ended.district = takes.district and ended.epoch = takes.epoch) as has_ended
from audit_leases as takes where op = 'take' order by n`);
  const dueSince = new Map<string, number>();
  const ended: EndedRun[] = [];
  for (const { district, began, due, has_ended: hasEnded } of rows) {
    const name = String(district);
    const beganAt = Number(began);
    const dueAt = dueSince.get(name) ?? (due === null ? beganAt : Number(due));
    if (hasEnded === true) {
      dueSince.delete(name);
      ended.push({ district: name, beganAt, dueAt });
    } else {
      dueSince.set(name, dueAt);
    }
  }
  return ended;
}

/** When the last run of each district began that came to its end, in Unix milliseconds. */
export async function latestBegins(ask: Ask): Promise<ReadonlyMap<string, number>> {
  const rows = await ask(`
select district, ${ms('max(takes.at)')} as began
from audit_leases as takes join audit_ends using (district, epoch)
where op = 'take' group by district`);
  return new Map(rows.map(({ district, began }) => [String(district), Number(began)]));
}

/** How often a district was taken over from a process that had died. */
export async function countTakeovers(ask: Ask): Promise<number> {
  const [row] = await ask(
    `select count(*)::float8 as number from audit_leases where op = 'take' and until_before is not null`,
  );
  return Number(row?.['number']);
}

/** Now, by the database's clock, in Unix milliseconds. */
export async function databaseNow(ask: Ask): Promise<number> {
  const [row] = await ask(`select ${ms('clock_timestamp()')} as now`);
  return Number(row?.['now']);
}

function ms(time: string): string {
  return `(extract(epoch from ${time}) * 1000)::float8`;
}

/** Lengths of time, in milliseconds. */
export interface Spread {
  readonly count: number;
  readonly median: number;
  readonly longest: number;
}

/** Sums waits up. */
export function spreadOf(waits: readonly number[]): Spread {
  const sorted = waits.toSorted((a, b) => a - b);
  return {
    count: sorted.length,
    median: Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0),
    longest: Math.round(sorted.at(-1) ?? 0),
  };
}

/**
 * How long districts waited between the beginnings of two runs that came to their end, within a span of time. Where
 * the span cuts a wait off at its beginning or end, what is left of it counts towards the longest, so that a district
 * that no run reaches is seen, and not towards the median.
 */
export function waitsBetweenRuns(
  runs: readonly EndedRun[],
  districts: readonly string[],
  [from, to]: readonly [number, number],
): Spread {
  const whole: number[] = [];
  const cut: number[] = [];
  for (const district of districts) {
    const begins = runs
      .filter((run) => run.district === district && run.beganAt >= from && run.beganAt <= to)
      .map(({ beganAt }) => beganAt);
    whole.push(...begins.slice(1).map((at, index) => at - (begins[index] as number)));
    cut.push((begins[0] ?? to) - from, to - (begins.at(-1) ?? from));
  }
  const { count, median } = spreadOf(whole);
  return { count, median, longest: spreadOf([...whole, ...cut]).longest };
}
