/**
 * A sync as it is often written by hand: lists at first, events from then on. It is right, until a mutant changes a
 * line of it: the SDK's own has no place for these defects.
 */
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CleverClient } from 'clever-sdk';
import type { RosterSyncOptions, SyncChange, SyncOperation, SyncStore } from 'clever-sdk/sync';
import type { Transaction } from '../../../examples/certified/database.ts';

interface Data {
  readonly id: string;
  readonly [member: string]: unknown;
}

interface Known {
  readonly id: string;
  readonly kind: string;
  readonly data: Data;
  readonly isGone: boolean;
}

const KINDS = ['schools', 'terms', 'courses', 'users', 'sections'];
const PAGE = 1_000;
const MOST_TRIES = 6;
/** Clever keeps events for 30 days. */
const KEPT_MS = 29 * 24 * 60 * 60 * 1_000;

/** Where the events of a district go on. */
interface Position {
  /** The last event. */
  readonly id: string;
  /** With another token, the district was connected again: events may not report what changed meanwhile. */
  readonly token: string;
}

export function naiveSync(options: {
  readonly clever: CleverClient;
  readonly store: SyncStore<Transaction>;
  readonly onChanges: NonNullable<RosterSyncOptions<Transaction>['onChanges']>;
}) {
  const { clever, store, onChanges } = options;
  const counts = { created: 0, updated: 0, archived: 0, restored: 0 };
  const positions = new Map<string, Position>();

  const tokenOf = async (districtId: string): Promise<string> => {
    const token = (await clever.oauth.districtTokens()).find(({ owner }) => owner.id === districtId);
    if (token === undefined) {
      throw new Error('not connected');
    }
    return token.access_token;
  };

  const run = async (districtId: string) => {
    const reader = new Reader(() => tokenOf(districtId));
    const [district] = await reader.list('districts');
    if (typeof district?.['pause_start'] === 'string') {
      return { districtId, mode: 'full', outcome: 'paused', ...counts };
    }
    const known = await read(store, districtId);
    const last = positions.get(districtId);
    const token = await tokenOf(districtId);
    const mode = last?.token === token && Date.now() - timeOf(last.id) < KEPT_MS ? 'events' : 'full';
    const { found, position } =
      mode === 'events' ? await byEvents(reader, known, last?.id ?? '') : await inFull(reader);
    if (isTooMuch(known, found)) {
      return { districtId, mode, outcome: 'held', ...counts };
    }
    await apply(districtId, known, found);
    if (position !== undefined) {
      positions.set(districtId, { id: position, token });
    }
    return { districtId, mode, outcome: 'done', ...counts };
  };

  const apply = async (districtId: string, known: ReadonlyMap<string, Known>, found: readonly Known[]) => {
    const foundIds = new Set(found.map(({ id }) => id));
    const gone = [...known.values()].filter(({ id, isGone }) => !isGone && !foundIds.has(id));
    const changes = [
      ...found.flatMap((record) => changeOf(districtId, known.get(record.id), record)),
      ...gone.map((record) => change(districtId, record, 'archived')),
    ];
    await store.transaction(async ({ query, tx }) => {
      await write(query, districtId, [...found, ...gone.map((record) => ({ ...record, isGone: true }))]);
      for (let first = 0; first < changes.length; first += PAGE) {
        await onChanges(changes.slice(first, first + PAGE), { tx, district: districtId, run: 1 });
      }
    });
  };

  return {
    async migrate() {
      await store.query(
        'create table if not exists naive (id text primary key, district_id text, kind text, data text, is_gone boolean)',
      );
    },
    run,
    async purge(districtId: string) {
      await store.query('delete from naive where district_id = $1::text', [districtId]);
      positions.delete(districtId);
      return { districtId };
    },
  };
}

/** Reads all lists. The position is that of before, so that what changes meanwhile comes as an event. */
async function inFull(reader: Reader) {
  const position = await reader.newestEvent();
  const found: Known[] = [];
  for (const kind of KINDS) {
    for (const data of await reader.list(kind)) {
      found.push({ id: data.id, kind, data, isGone: false });
    }
  }
  return { found, position };
}

/** Applies the events after a position to what is known. */
async function byEvents(reader: Reader, known: ReadonlyMap<string, Known>, after: string) {
  const found = new Map([...known].filter(([, { isGone }]) => !isGone));
  let position = after;
  for (const event of (await reader.list('events', `&starting_after=${after}`)) as readonly unknown[] as Event[]) {
    const [kind = '', what] = event.type.split('.');
    const data = event.data.object;
    if (what === 'deleted') {
      found.delete(data.id);
    } else if (KINDS.includes(kind)) {
      found.set(data.id, { id: data.id, kind, data, isGone: false });
    }
    position = event.id;
  }
  return { found: [...found.values()], position };
}

interface Event {
  readonly id: string;
  readonly type: string;
  readonly data: { readonly object: Data };
}

/** The first eight digits of an id are its time, in seconds. */
function timeOf(eventId: string): number {
  return Number.parseInt(eventId.slice(0, 8), 16) * 1_000;
}

/** A district whose people vanish at once may have made a mistake: ask before the app follows. */
function isTooMuch(known: ReadonlyMap<string, Known>, found: readonly Known[]): boolean {
  const before = [...known.values()].filter(({ kind, isGone }) => kind === 'users' && !isGone);
  const ids = new Set(found.map(({ id }) => id));
  const gone = before.filter(({ id }) => !ids.has(id)).length;
  return gone > 20 && gone > before.length / 2;
}

function changeOf(districtId: string, before: Known | undefined, after: Known): SyncChange[] {
  if (before === undefined) {
    return [change(districtId, after, 'created')];
  }
  if (before.isGone) {
    return [change(districtId, after, 'restored')];
  }
  return JSON.stringify(before.data) === JSON.stringify(after.data) ? [] : [change(districtId, after, 'updated')];
}

function change(districtId: string, { id, kind, data }: Known, op: SyncOperation): SyncChange {
  return { seq: 0, run: 1, fields: [], districtId, id, kind, op, record: data } as unknown as SyncChange;
}

/** Reads what a token may see. */
class Reader {
  readonly #findToken: () => Promise<string>;
  #token: string | undefined;

  constructor(findToken: () => Promise<string>) {
    this.#findToken = findToken;
  }

  async newestEvent(): Promise<string | undefined> {
    const { data } = await this.#get('/v3.1/events?limit=1&ending_before=last');
    return data[0]?.data.id;
  }

  async list(kind: string, query = ''): Promise<readonly Data[]> {
    const records: Data[] = [];
    let path: string | undefined = `/v3.1/${kind}?limit=${PAGE}${query}`;
    while (path !== undefined) {
      const page: Page = await this.#get(path);
      records.push(...page.data.map(({ data }) => data));
      path = page.links?.find(({ rel }) => rel === 'next')?.uri;
    }
    return records;
  }

  async #get(path: string): Promise<Page> {
    for (let attempt = 1; ; attempt += 1) {
      this.#token ??= await this.#findToken();
      try {
        const answer = await fetch(`${process.env['CLEVER_API_ORIGIN']}${path}`, {
          headers: { authorization: `Bearer ${this.#token}` },
        });
        if (answer.ok) {
          return (await answer.json()) as Page;
        }
        if (answer.status === 401) {
          this.#token = undefined;
        } else if (answer.status === 429) {
          await sleep(waitOf(answer.headers));
        } else if (answer.status < 500) {
          throw new RangeError(`${answer.status}`);
        }
      } catch (error) {
        if (error instanceof RangeError) {
          throw error;
        }
      }
      if (attempt === MOST_TRIES) {
        throw new Error('Clever does not answer');
      }
      await sleep(50 * attempt);
    }
  }
}

/** How long Clever wants the app to wait after a 429. */
function waitOf(headers: Headers): number {
  const seconds = Number(headers.get('retry-after') ?? 0);
  const resetAtMs = Number(headers.get('x-ratelimit-reset') ?? 0) * 1_000;
  return Math.min(Math.max(seconds * 1_000, resetAtMs - Date.now(), 0), 60_000);
}

interface Page {
  readonly data: readonly { readonly data: Data }[];
  readonly links?: readonly { readonly rel: string; readonly uri: string }[];
}

async function read({ query }: SyncStore, districtId: string): Promise<ReadonlyMap<string, Known>> {
  const rows = await query('select id, kind, data, is_gone from naive where district_id = $1::text', [districtId]);
  const known = rows.map((row) => ({
    id: String(row['id']),
    kind: String(row['kind']),
    data: JSON.parse(String(row['data'])) as Data,
    isGone: row['is_gone'] === true,
  }));
  return new Map(known.map((record) => [record.id, record]));
}

async function write(query: SyncStore['query'], districtId: string, records: readonly Known[]): Promise<void> {
  const rows = records.map(({ id, kind, data, isGone }) => ({
    id,
    kind,
    data: JSON.stringify(data),
    is_gone: isGone,
    district_id: districtId,
  }));
  await query(
    `insert into naive (id, district_id, kind, data, is_gone)
     select id, district_id, kind, data, is_gone from jsonb_to_recordset($1::text::jsonb)
       as given (id text, district_id text, kind text, data text, is_gone boolean)
     on conflict (id) do update set data = excluded.data, is_gone = excluded.is_gone`,
    [JSON.stringify(rows)],
  );
}
