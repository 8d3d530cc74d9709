/** A SQLSTATE. Its class, the first two characters, rules out the codes of Node (`EPIPE`) and of Prisma (`P2010`). */
const SQL_STATE = /^(?:\d[\dA-Z]|F0|HV|P0|XX)[\dA-Z]{3}$/u;

/** Where libraries keep the error of the database, or its code. */
const NESTED = ['cause', 'meta', 'driverAdapterError', 'originalError'];
const CODES = ['code', 'originalCode'];
const DEPTH = 6;

/**
 * Returns PostgreSQL's five characters for what went wrong, wherever the library keeps them: `pg`, postgres.js, PGlite,
 * Kysely and Knex in `code`, Drizzle in the `cause`, Prisma in its `meta`.
 *
 * @returns `undefined` for an error that is not the database's: a lost connection, or one of the app.
 * @see {@link https://www.postgresql.org/docs/current/errcodes-appendix.html | PostgreSQL: error codes}
 */
export function sqlStateOf(error: unknown, depth = DEPTH): string | undefined {
  if (typeof error !== 'object' || error === null || depth === 0) {
    return undefined;
  }
  const parts = error as Readonly<Record<string, unknown>>;
  const own = CODES.map((name) => parts[name]).find((code) => typeof code === 'string' && SQL_STATE.test(code));
  if (own !== undefined) {
    return own as string;
  }
  for (const name of NESTED) {
    const nested = sqlStateOf(parts[name], depth - 1);
    if (nested !== undefined) {
      return nested;
    }
  }
  return undefined;
}
