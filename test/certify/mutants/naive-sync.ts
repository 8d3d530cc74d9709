/**
 * A sync as it is often written by hand: all lists at each run. It is right, until a mutant changes a line of it: the
 * SDK's own has no place for these defects.
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

export function naiveSync(options: {
  readonly clever: CleverClient;
  readonly store: SyncStore<Transaction>;
  readonly onChanges: NonNullable<RosterSyncOptions<Transaction>['onChanges']>;
}) {
  const { clever, store, onChanges } = options;
  const ends = { created: 0, updated: 0, archived: 0, restored: 0 };

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
      return { districtId, mode: 'full', outcome: 'paused', ...ends };
    }
    const found: Known[] = [];
    for (const kind of KINDS) {
      for (const data of await reader.list(kind)) {
        found.push({ id: data.id, kind, data, isGone: false });
      }
    }
    const known = await read(store, districtId);
    if (isTooMuch(known, found)) {
      return { districtId, mode: 'full', outcome: 'held', ...ends };
    }
    await apply(districtId, known, found);
    return { districtId, mode: 'full', outcome: 'done', ...ends };
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
      return { districtId };
    },
  };
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

  async list(kind: string): Promise<readonly Data[]> {
    const records: Data[] = [];
    let path: string | undefined = `/v3.1/${kind}?limit=${PAGE}`;
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
