import pg from 'pg';
import { type PostgresServer, startPostgres } from '../../test/support/postgres/server.ts';

/** A PostgreSQL that the first snippet starts that needs one, with a database for each. */
export class Databases implements AsyncDisposable {
  #server: ReturnType<typeof startPostgres> | undefined;
  #count = 0;

  /** The address of an empty database, or why this machine has none. */
  async create(): Promise<{ readonly url: string } | { readonly missing: string }> {
    this.#server ??= startPostgres();
    const server = await this.#server;
    if ('missing' in server) {
      return server;
    }
    this.#count += 1;
    const name = `snippet_${this.#count}`;
    await administer(server, `create database ${name} template template0`);
    return { url: server.url(name) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const server = await this.#server;
    if (server !== undefined && 'stop' in server) {
      await server.stop();
    }
  }
}

async function administer(server: PostgresServer, statement: string): Promise<void> {
  const client = new pg.Client(server.url('postgres'));
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
