import { CleverConfigError } from '../../errors/config.js';
import type { SensitiveField, UserRole } from '../../index.js';
import { assertKnownKeys } from '../../options/known-keys.js';
import { checkSignal } from '../../options/signal.js';
import { defineInspect } from '../../privacy/index.js';
import { keysOf } from '../../util/keys-of.js';
import type { SyncChange } from '../changes/change.js';
import { readChanges } from '../changes/read-changes.js';
import type { SyncContext } from '../context.js';
import { isSyncKind, type SyncKind, type SyncRecords } from '../kinds.js';

/** Options of a reading of a mirror. */
export interface MirrorReadOptions {
  /** Only users with this role. Default: all. */
  readonly role?: UserRole;
  /** Ends the reading; it rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * A change of a mirror, and when it was stored.
 *
 * @typeParam Sensitive - The sensitive fields that students have, by name. Default: none.
 */
export type MirrorChange<Sensitive extends SensitiveField = never> = SyncChange<Sensitive> & {
  /** When the change was stored. */
  readonly at: Date;
};

/**
 * Reads the mirror of one district, as it is in the tables. Sends nothing to Clever. Made by `sync.mirror(districtId)`.
 *
 * @typeParam Sensitive - The sensitive fields that students have, by name. Default: none.
 */
export interface DistrictMirror<Sensitive extends SensitiveField = never> {
  /** Clever's id of the district. */
  readonly districtId: string;
  /** Reads the records of a kind that exist, ordered by their ids, up to 1000 at a time. Archived ones are left out. */
  records<Kind extends SyncKind>(
    kind: Kind,
    options?: MirrorReadOptions,
  ): AsyncIterable<readonly SyncRecords<Sensitive>[Kind][]>;
  /** Returns the position after all changes so far, for `changesSince()`. Keep it as it is. */
  checkpoint(): Promise<string>;
  /**
   * Reads the changes of the district after a position, in their order, up to 500 at a time. Unlike `sync.changes()`,
   * it remembers nothing.
   *
   * @throws `CleverConfigError` for what is no position, and for one that is older than the change log is kept
   * (`keepChanges`).
   */
  changesSince(
    checkpoint: string,
    options?: Pick<MirrorReadOptions, 'signal'>,
  ): AsyncIterable<readonly MirrorChange<Sensitive>[]>;
}

/** The most records that are read at once. */
const AT_ONCE = 1_000;
const READ_KEYS = keysOf<MirrorReadOptions>()({ role: true, signal: true });

/** Returns what reads the mirror of a district. */
export function mirrorOf(
  context: SyncContext,
  districtId: string,
  ready: () => Promise<void>,
): DistrictMirror<SensitiveField> {
  const { schema, store, options } = context;
  const mirror: DistrictMirror<SensitiveField> = {
    districtId,
    async *records(kind, readOptions = {}) {
      assertKnownKeys('mirror.records()', readOptions, READ_KEYS);
      checkSignal(readOptions.signal);
      if (!isSyncKind(kind)) {
        throw new CleverConfigError('mirror.records() needs a kind of record, such as `users`.');
      }
      await ready();
      const { role, signal } = readOptions;
      for (let after = ''; ; ) {
        signal?.throwIfAborted();
        const rows = await store.query(
          `
select stored.id, stored.data::text as data
from ${schema}.${kind} as stored
where stored.district_id = $1::text and stored.id > $2::text and stored.deleted_at is null
  and ($3::text is null or exists (
    select from ${schema}.user_roles as held where held.user_id = stored.id and held.role = $3::text
  ))
order by stored.id
limit ${AT_ONCE}`,
          [districtId, after, role ?? null],
        );
        if (rows.length > 0) {
          yield rows.map((row) => JSON.parse(String(row['data'])) as SyncRecords<SensitiveField>[typeof kind]);
        }
        if (rows.length < AT_ONCE) {
          return;
        }
        after = String(rows.at(-1)?.['id']);
      }
    },
    async checkpoint() {
      await ready();
      const [row] = await store.query(
        `
select coalesce(max(seq), 0)::text as seq, (extract(epoch from clock_timestamp()) * 1000)::bigint::text as at
from ${schema}.changes
where district_id = $1::text`,
        [districtId],
      );
      return `${String(row?.['seq'] ?? '0')}@${String(row?.['at'])}`;
    },
    async *changesSince(checkpoint, readOptions = {}) {
      assertKnownKeys('mirror.changesSince()', readOptions, ['signal']);
      checkSignal(readOptions.signal);
      await ready();
      for (let after = positionIn(checkpoint, options.keepChangesMs); ; ) {
        readOptions.signal?.throwIfAborted();
        const found = await readChanges(context, districtId, after);
        if (found.length === 0) {
          return;
        }
        yield found.map(({ change, at }) => ({ ...change, at }));
        after = String(found.at(-1)?.change.seq);
      }
    },
  };
  return Object.freeze(defineInspect(mirror, () => ({ mirror: 'district' })));
}

/** The number of the change log in a position. */
function positionIn(checkpoint: unknown, keepChangesMs: number): string {
  const { seq, at } =
    (typeof checkpoint === 'string' ? /^(?<seq>\d{1,18})@(?<at>\d{1,15})$/u.exec(checkpoint)?.groups : undefined) ?? {};
  if (seq === undefined) {
    throw new CleverConfigError('mirror.changesSince() needs a position that mirror.checkpoint() has returned.');
  }
  if (Date.now() - Number(at) > keepChangesMs) {
    throw new CleverConfigError(
      'The position is older than the change log is kept (`keepChanges`), so changes after it may be gone. Read everything once more.',
    );
  }
  return seq;
}
