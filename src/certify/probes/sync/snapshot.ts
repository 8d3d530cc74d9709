import type { SandboxDistrict } from '../../../sandbox/index.js';
import { readShared, type Shared, type SharedRecord } from '../../clever/shared.js';
import { NotTried, type SyncScene } from '../probe.js';
import { KnownRoster } from './known-roster.js';

/** What Clever shares and what the app knows, at one moment. */
export interface Snapshot {
  readonly shared: Shared;
  readonly known: KnownRoster;
}

/** The first snapshot of a probe: it also says which kinds of record and which roles this app keeps. */
export interface Before extends Snapshot {
  keeps(record: SharedRecord): boolean;
}

/** By how much the app is out of step. */
export interface Difference {
  /** Shared, of a kind that the app keeps, and not active. */
  readonly missing: readonly SharedRecord[];
  /** No longer shared, and active. */
  readonly stale: readonly SharedRecord[];
}

/** Looks at a district, from both sides. */
export async function look(scene: SyncScene, district: SandboxDistrict): Promise<Snapshot> {
  return { shared: await readShared(scene.world, district), known: new KnownRoster(await scene.roster()) };
}

/**
 * Looks at a district after its first sync.
 *
 * @throws NotTried when the app does not have all of it, because then nothing can be said about what happens next.
 */
export async function lookBefore(scene: SyncScene, district: SandboxDistrict): Promise<Before> {
  const before = withKept(await look(scene, district));
  const { missing } = differenceOf(before, before);
  const isEmpty = [...before.shared.records.values()].every((record) => !before.keeps(record));
  if (isEmpty || missing.length > 0) {
    const what = isEmpty ? 'nothing of the district' : `all but ${listed(missing)} of the district`;
    throw new NotTried(`After the first sync the app's roster had ${what}, so the rest was not tried.`);
  }
  return before;
}

/** Adds which kinds and roles the app keeps: those of which it has a record. An app need not keep all. */
export function withKept(snapshot: Snapshot): Before {
  const { shared, known } = snapshot;
  const kept = new Set([...shared.records.values()].filter(({ id }) => known.isActive(id)).flatMap(classesOf));
  return { ...snapshot, keeps: (record) => classesOf(record).some((one) => kept.has(one)) };
}

/** Compares what the app knows with what Clever shares. */
export function differenceOf({ shared: earlier, keeps }: Before, { shared, known }: Snapshot): Difference {
  return {
    missing: [...shared.records.values()].filter((record) => keeps(record) && !known.isActive(record.id)),
    stale: [...earlier.records.values()].filter(({ id }) => !shared.records.has(id) && known.isActive(id)),
  };
}

/** What is different, as sentences; empty when nothing is. */
export function describeDifference({ missing, stale }: Difference): string[] {
  return [
    ...(missing.length === 0 ? [] : [`Shared by Clever, and not active in the app's roster: ${listed(missing)}.`]),
    ...(stale.length === 0
      ? []
      : [`No longer shared by Clever, and still active in the app's roster: ${listed(stale)}.`]),
  ];
}

/** How many of each kind: `3 students, 1 section`. */
export function listed(records: readonly SharedRecord[]): string {
  const counts = new Map<string, number>();
  for (const record of records) {
    const name = nameOf(record);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => `${count} ${count === 1 ? name : `${name}s`}`).join(', ');
}

/** The records with these ids. */
export function recordsOf({ shared }: Snapshot, ids: readonly string[]): SharedRecord[] {
  return ids.flatMap((id) => shared.records.get(id) ?? []);
}

/** Records that had one id of the app's own, and now have another. */
export function reborn(before: Before, after: Snapshot): SharedRecord[] {
  return [...before.shared.records.values()].filter(({ id }) => {
    const [was, is] = [before.known.appIdsOf(id), after.known.appIdsOf(id)];
    return after.known.isActive(id) && was.length > 0 && !was.some((one) => is.includes(one));
  });
}

/** Records of which the app has more active lines than before, and more than one. */
export function doubled(records: Iterable<SharedRecord>, before: Before, after: Snapshot): SharedRecord[] {
  return [...records].filter(({ id }) => after.known.activeLinesOf(id) > Math.max(1, before.known.activeLinesOf(id)));
}

function classesOf({ kind, roles }: SharedRecord): string[] {
  return kind === 'users' ? roles.map((role) => `user ${role}`) : [kind];
}

function nameOf({ kind, roles: [role = 'person'] }: SharedRecord): string {
  return kind === 'users' ? (role === 'staff' ? 'staff member' : role.replace('_', ' ')) : kind.slice(0, -1);
}
