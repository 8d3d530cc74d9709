import type { User } from 'clever-sdk';
import { drizzleSchema, type SyncTables, syncSql } from 'clever-sdk/sync';
import * as drizzle from 'drizzle-orm/pg-core';
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import { transpileModule } from 'typescript';
import { describe, expect, expectTypeOf, it } from 'vitest';

describe('what is made from the description of the tables', () => {
  it('types Kysely', () => {
    const db = new Kysely<SyncTables>({
      dialect: {
        createAdapter: () => new PostgresAdapter(),
        createDriver: () => new DummyDriver(),
        createIntrospector: (of) => new PostgresIntrospector(of),
        createQueryCompiler: () => new PostgresQueryCompiler(),
      },
    }).withSchema('clever');
    const query = db.selectFrom('users').select(['id', 'data', 'grade', 'deleted_at']);
    expect(query.compile().sql).toBe('select "id", "data", "grade", "deleted_at" from "clever"."users"');
    type Row = Awaited<ReturnType<typeof query.executeTakeFirstOrThrow>>;
    expectTypeOf<Row>().toEqualTypeOf<{ id: string; data: User; grade: string | null; deleted_at: Date | null }>();
  });

  it('makes a schema file for Drizzle that has every column of the tables', () => {
    const text = drizzleSchema({ schema: 'Od d' });
    const { outputText } = transpileModule(text, { compilerOptions: { module: 1 } });
    const module = { exports: {} as Record<string, drizzle.PgTable> };
    new Function('exports', 'require', outputText)(module.exports, () => drizzle);
    const { enrollments, users } = module.exports;
    const config = drizzle.getTableConfig(users as drizzle.PgTable);
    expect([config.schema, config.name]).toEqual(['Od d', 'users']);
    expect(config.columns.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['id', 'data', 'grade', 'deleted_at']),
    );
    expect(drizzle.getTableConfig(enrollments as drizzle.PgTable).primaryKeys[0]?.columns).toHaveLength(3);
  });

  it('honours the schema in every statement', () => {
    const sql = syncSql({ schema: 'Od"d' });
    expect(sql).not.toMatch(/(?:clever|public)\./u);
    for (const [, target] of sql.matchAll(
      /create (?:table|sequence|or replace function)(?: if not exists)? (\S+?)\./gu,
    )) {
      expect(target).toBe('"Od""d"');
    }
  });
});
