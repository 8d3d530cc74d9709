import type { SyncStore } from 'clever-sdk/sync';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sqlStateOf } from '../../src/sync/store/sql-state.js';
import { describesRow, majorOf, proves, versionOf } from '../support/evidence.js';
import { sharedPostgres } from '../support/postgres/index.js';
import { type Connected, type LibraryName, libraries } from './libraries.js';

const postgres = await sharedPostgres();

/** What Drizzle on postgres.js cannot do. */
const LOSS = proves('a connection that is lost in a transaction');

type Step = PromiseWithResolvers<void>;

/** Texts that a careless way of sending them would change. */
const TEXTS = [
  'O\'Brien "the" \\ back',
  'Zoë 李 🎒 \u{1F468}\u200D\u{1F469}',
  '{}',
  '{1,2}',
  '',
  ' ',
  '$1',
  '?',
  'null',
  '\n\t%s',
];

describe.for(Object.keys(libraries) as LibraryName[])('the store of %s', (name) => {
  const { packages, needsPostgres, survivesLoss, open } = libraries[name];
  if (needsPostgres && postgres === undefined) {
    it.skip('(skipped: no PostgreSQL)');
    return;
  }

  let connected: Connected;
  let store: SyncStore<unknown>;
  beforeAll(async () => {
    connected = await open(postgres);
    store = connected.store;
    await store.query('create schema "Od d"');
    await store.query('create table "Od d".people (id text primary key, age double precision, data jsonb)');
  }, 60_000);
  afterAll(() => connected?.close());
  describesRow(() => ({
    ...{ part: 'stores', name, version: packages.map((one) => `${one} ${versionOf(one)}`).join(', ') },
    ...(needsPostgres && postgres !== undefined && { on: [majorOf(postgres.version)] }),
  }));
  beforeEach(() => store.query('truncate "Od d".people'));

  const insert = 'insert into "Od d".people (id) values ($1::text)';
  const ids = async (): Promise<unknown[]> =>
    (await store.query('select id from "Od d".people order by id')).map(({ id }) => id);
  const failure = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => undefined,
      (error: unknown) => error,
    );

  it('sends and returns texts as they are', async () => {
    for (const text of TEXTS) {
      expect(await store.query('select $1::text as same', [text])).toEqual([{ same: text }]);
    }
  });

  it('sends nulls', async () => {
    expect(await store.query('select $1::text as a, $2::text is null as b', [null, null])).toEqual([
      { a: null, b: true },
    ]);
  });

  it('sends JSON, arrays included, as the text that it is', async () => {
    const people = TEXTS.map((text, index) => ({ id: `p${index}`, data: { text, list: [text], none: null } }));
    await store.query(
      `insert into "Od d".people (id, data)
       select id, data from jsonb_to_recordset($1::text::jsonb) as sent (id text, data jsonb)`,
      [JSON.stringify(people)],
    );
    const stored = await store.query('select id, data::text as data from "Od d".people order by id');
    expect(stored.map(({ id, data }) => ({ id, data: JSON.parse(data as string) as unknown }))).toEqual(people);
  });

  it('sends parameters that are used twice, out of order, and as numbers', async () => {
    const [row] = await store.query(
      'select $2::text as second, $1::text as first, $2::text || $1::text as both, $3::text::bigint + 1 > 5 as isMore',
      ['a', 'b', '5'],
    );
    expect(row).toEqual({ second: 'b', first: 'a', both: 'ba', ismore: true });
  });

  it('sends many parameters', async () => {
    const values = Array.from({ length: 12 }, (_, index) => `v${index + 1}`);
    const sum = values.map((_, index) => `$${index + 1}::text`).join(' || ');
    expect(await store.query(`select ${sum} as all_of_them`, values)).toEqual([{ all_of_them: values.join('') }]);
  });

  it('leaves question marks, casts, comments and quoted parameters alone', async () => {
    const [row] = await store.query(
      `select '{"a": 1}'::jsonb ? 'a' as has, 'why? $1 it''s'::text as text, $1::text as "odd? $2" -- isn't this $2?`,
      ['x'],
    );
    expect(row).toEqual({ has: true, text: "why? $1 it's", 'odd? $2': 'x' });
    expect(await store.query(`select '{"a": 1}'::jsonb ? 'b' as has`)).toEqual([{ has: false }]);
  });

  it('returns text, double precision and boolean columns as strings, numbers and booleans', async () => {
    const [row] = await store.query(
      `select 1::text as text, 1.5::float8 as float, 1764400000000.25::float8 as big, true as yes, false as no,
         null::text as no_text, null::float8 as no_float, null::boolean as no_boolean`,
    );
    expect(row).toEqual({
      text: '1',
      float: 1.5,
      big: 1_764_400_000_000.25,
      yes: true,
      no: false,
      no_text: null,
      no_float: null,
      no_boolean: null,
    });
  });

  it('returns rows in order, with the names of their columns, and an empty list for none', async () => {
    const rows = await store.query('select n::text as row_number from generate_series(1, 300) as n order by n');
    expect(rows.map((row) => row['row_number'])).toEqual(Array.from({ length: 300 }, (_, index) => String(index + 1)));
    expect(await store.query('select id from "Od d".people')).toEqual([]);
    expect(await store.query(insert, ['a'])).toEqual([]);
    expect(await store.query(`${insert} returning id as new_id`, ['b'])).toEqual([{ new_id: 'b' }]);
  });

  it('leaves the list of values as it is', async () => {
    const values = Object.freeze(['a', null]);
    await store.query('select $1::text as a, $2::text as b', values);
    expect(values).toEqual(['a', null]);
  });

  it('commits a transaction whose work resolves, and returns what it resolved to', async () => {
    const result = await store.transaction(async ({ query }) => {
      await query(insert, ['a']);
      return ['done'];
    });
    expect(result).toEqual(['done']);
    expect(await ids()).toEqual(['a']);
  });

  it('rolls back when the work throws, and throws the same', async () => {
    for (const thrown of [new Error('work'), undefined, null, 'text', { code: '23505' }]) {
      const seen = await store
        .transaction(async ({ query }) => {
          await query(insert, ['a']);
          throw thrown;
        })
        .then(
          () => 'resolved',
          (error: unknown) => ({ error }),
        );
      expect(seen).toEqual({ error: thrown });
      expect((seen as { readonly error: unknown }).error).toBe(thrown);
    }
    expect(await ids()).toEqual([]);
  });

  it("rolls back when a statement fails, and throws the library's own error", async () => {
    let inside: unknown;
    const outside = await failure(
      store.transaction(async ({ query }) => {
        await query(insert, ['a']);
        inside = await failure(query(insert, ['a']));
        throw inside;
      }),
    );
    expect(outside).toBe(inside);
    expect(sqlStateOf(outside)).toBe('23505');
    expect(await ids()).toEqual([]);
  });

  it('rejects when a statement failed and the work went on', async () => {
    const error = await failure(
      store.transaction(async ({ query }) => {
        await query(insert, ['a']);
        await failure(query('select * from "Od d".nothing'));
        return 'not committed';
      }),
    );
    expect(error).toBeDefined();
    expect(['25P02', '42P01']).toContain(sqlStateOf(error));
    expect(await ids()).toEqual([]);
  });

  it('rejects when a constraint fails at the commit', async () => {
    await store.query('drop table if exists "Od d".late');
    await store.query('create table "Od d".late (id text unique deferrable initially deferred)');
    const error = await failure(
      store.transaction(async ({ query }) => {
        await query(`insert into "Od d".late values ('a'), ('a')`);
      }),
    );
    expect(sqlStateOf(error)).toBe('23505');
    expect(await store.query('select id from "Od d".late')).toEqual([]);
  });

  it('is usable after failures', async () => {
    for (let round = 0; round < 12; round += 1) {
      await failure(store.query('select nonsense'));
      await failure(store.transaction(({ query }) => query('select nonsense')));
    }
    await store.transaction(({ query }) => query(insert, ['a']));
    expect(await ids()).toEqual(['a']);
  });

  it("gives the library's own transaction, whose writes are committed and rolled back with the rest", async () => {
    const write = (id: string, end: () => void): Promise<unknown> =>
      failure(
        store.transaction(async ({ query, tx }) => {
          await query(insert, [`${id}-sync`]);
          await connected.writeBy(tx, `${id}-hook`);
          expect(await query('select count(*)::text as count from "Od d".people')).toEqual([{ count: '2' }]);
          end();
        }),
      );
    expect(await write('a', () => undefined)).toBeUndefined();
    expect(await ids()).toEqual(['a-hook', 'a-sync']);
    await store.query('truncate "Od d".people');
    expect(
      await write('b', () => {
        throw new Error('hook');
      }),
    ).toEqual(new Error('hook'));
    expect(await ids()).toEqual([]);
  });

  it('says whether it has one connection', () => {
    expect(store.hasOneConnection).toBe(!needsPostgres);
    expect(store.library).toMatch(/^[A-Z]?[\w.]+$/iu);
  });

  if (needsPostgres) {
    it('runs two transactions at once, which see no uncommitted rows of each other', async () => {
      const [written, read, done] = [1, 2, 3].map(() => Promise.withResolvers<void>()) as [Step, Step, Step];
      const seen = await Promise.all([
        store.transaction(async ({ query }) => {
          await query(insert, ['a']);
          written.resolve();
          await read.promise;
          const rows = await query('select id from "Od d".people');
          done.resolve();
          return rows;
        }),
        store.transaction(async ({ query }) => {
          await written.promise;
          await query(insert, ['b']);
          const rows = await query('select id from "Od d".people');
          expect(await store.query('select id from "Od d".people')).toEqual([]);
          read.resolve();
          await done.promise;
          return rows;
        }),
      ]);
      expect(seen).toEqual([[{ id: 'a' }], [{ id: 'b' }]]);
      expect(await ids()).toEqual(['a', 'b']);
    });
  }

  if (survivesLoss) {
    it('rejects when its connection is ended from outside, and goes on with another', LOSS, async () => {
      const error = await failure(
        store.transaction(async ({ query }) => {
          await query(insert, ['a']);
          const [row] = await query('select pg_backend_pid()::text as pid');
          await store.query('select pg_terminate_backend($1::text::int)', [
            (row?.['pid'] as string | undefined) ?? null,
          ]);
          await query(insert, ['b']);
        }),
      );
      expect(error).toBeInstanceOf(Error);
      expect(await failure(store.query('select true as ok'))).toBeUndefined();
      expect(await ids()).toEqual([]);
    });
  }

  if (survivesLoss) {
    it("throws the work's error when its connection is gone as well", LOSS, async () => {
      const error = await failure(
        store.transaction(async ({ query }) => {
          const [row] = await query('select pg_backend_pid()::text as pid');
          await store.query('select pg_terminate_backend($1::text::int)', [
            (row?.['pid'] as string | undefined) ?? null,
          ]);
          await failure(query('select true as ok'));
          throw new Error('work');
        }),
      );
      expect(error).toEqual(new Error('work'));
      expect(await failure(store.query('select true as ok'))).toBeUndefined();
    });
  }
});
