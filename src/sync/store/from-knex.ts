import { createStore, type Value } from './create-store.js';
import type { StoreConnectionOptions, SyncStore } from './store.js';

/** What a store needs to send a statement. A `Knex.Transaction` has it. */
export interface KnexTransaction {
  /** Sends one statement. */
  raw(text: string, bindings: readonly Value[]): PromiseLike<unknown>;
}

/** What a store needs of Knex with its client `pg`. A `Knex` has it. */
export interface KnexDatabase<Tx extends KnexTransaction> extends KnexTransaction {
  /** Opens a transaction, and commits it when the work is done. */
  transaction(work: (tx: Tx) => Promise<void>): Promise<unknown>;
}

/**
 * Keeps a sync's tables in the database of Knex, with its client `pg`.
 *
 * A `postProcessResponse` of yours must leave the answers to raw statements (`{ rows }`) as they are.
 *
 * @returns a store whose hook is given the `Knex.Transaction`.
 *
 * @example
 * ```ts
 * import { fromKnex, type KnexDatabase, type KnexTransaction } from 'clever-sdk/sync';
 *
 * declare const knex: KnexDatabase<KnexTransaction>; // Knex({ client: 'pg', connection })
 * const store = fromKnex(knex);
 * ```
 */
export function fromKnex<Tx extends KnexTransaction>(
  knex: KnexDatabase<Tx>,
  { hasOneConnection = false }: StoreConnectionOptions = {},
): SyncStore<Tx> {
  return createStore<KnexTransaction, Tx>({
    name: 'Knex',
    hasOneConnection,
    database: knex,
    send: async (handle, text, values) => {
      const statement = inKnexForm(text, values);
      return ((await handle.raw(statement.text, statement.bindings)) as { readonly rows: readonly unknown[] }).rows;
    },
    begin: (scope) => knex.transaction(scope),
  });
}

/** A comment, a text, a quoted name, a parameter, or a question mark on its own. */
const TOKENS = /--[^\n]*|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\d+)|\?/gu;

/** Knex knows no `$1`: it wants a `?` for each use of a value, in order of use, and `\?` for a question mark. */
function inKnexForm(sql: string, values: readonly Value[]): { text: string; bindings: Value[] } {
  const bindings: Value[] = [];
  const text = sql.replace(TOKENS, (token, number?: string) => {
    if (number === undefined) {
      return token.replaceAll('?', '\\?');
    }
    bindings.push(values[Number(number) - 1] ?? null);
    return '?';
  });
  return { text, bindings };
}
