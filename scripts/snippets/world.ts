import type { CleverClient, CleverIdentity } from 'clever-sdk';
import type { Sandbox, SandboxPerson } from 'clever-sdk/sandbox';
import type { RosterSync } from 'clever-sdk/sync';
import type { Pool } from 'pg';

/** The app whose credentials the snippets read from the environment. Its sandbox knows no other. */
const APP = { clientId: 'app-of-the-snippets', clientSecret: 'secret-of-the-snippets' };

/** The app of the snippets. */
export const APP_ORIGIN = 'https://app.example.com';

/** Every address at which a snippet expects Clever to send people back, the primary one first. */
const REDIRECT_URIS = [
  '/auth/clever/callback',
  '/auth/clever',
  '/auth/clever/entry',
  '/auth/callback/clever',
  '/api/auth/callback/clever',
  '/api/auth/oauth2/callback/clever',
].map((path) => APP_ORIGIN + path);

const COOKIE_SECRET = Buffer.from('a secret that signs the cookies.').toString('base64');

/** A person's return from Clever, to an app that kept the state. */
interface Callback {
  readonly url: string;
  readonly state: string;
}

/**
 * What one snippet finds when it runs: a Clever, an app that it knows, and a database. Each part is made when it is
 * asked for, and a snippet that asks for none pays for none.
 */
export class World implements AsyncDisposable {
  readonly #databaseUrl: string | undefined;
  readonly #closing: (() => unknown)[] = [];
  /** The snippet's app, where one runs: what its own address answers. */
  site: ((request: Request) => Response | Promise<Response>) | undefined;
  #sandbox: Promise<Sandbox> | undefined;
  #clever: Promise<CleverClient> | undefined;
  #callback: Promise<Callback> | undefined;
  #pool: Promise<Pool> | undefined;
  #sync: Promise<RosterSync> | undefined;

  constructor(databaseUrl: string | undefined) {
    this.#databaseUrl = databaseUrl;
  }

  /** The environment of the app. The sandbox knows its credentials, whichever part asks first. */
  get env(): Record<string, string> {
    return {
      CLEVER_CLIENT_ID: APP.clientId,
      CLEVER_CLIENT_SECRET: APP.clientSecret,
      CLEVER_REDIRECT_URI: REDIRECT_URIS[0] ?? '',
      COOKIE_SECRET,
      SESSION_SECRET: COOKIE_SECRET,
      STATUS_PAGE_SECRET: COOKIE_SECRET,
      AUTH_CLEVER_ID: APP.clientId,
      AUTH_CLEVER_SECRET: APP.clientSecret,
      AUTH_SECRET: COOKIE_SECRET,
      BETTER_AUTH_SECRET: COOKIE_SECRET,
      NUXT_OAUTH_CLEVER_CLIENT_ID: APP.clientId,
      NUXT_OAUTH_CLEVER_CLIENT_SECRET: APP.clientSecret,
      NUXT_SESSION_PASSWORD: COOKIE_SECRET,
      ...(this.#databaseUrl === undefined ? {} : { DATABASE_URL: this.#databaseUrl, ...pgSettings(this.#databaseUrl) }),
    };
  }

  /** The database of this snippet alone. */
  get databaseUrl(): string {
    if (this.#databaseUrl === undefined) {
      throw new Error(
        'This snippet was not known to need a database: see `needsDatabase` in scripts/snippets/execute.ts.',
      );
    }
    return this.#databaseUrl;
  }

  /** Closes something after the snippet. */
  closeLater(close: () => unknown): void {
    this.#closing.push(close);
  }

  sandbox(): Promise<Sandbox> {
    this.#sandbox ??= import('clever-sdk/sandbox').then(({ createSandbox }) =>
      createSandbox({ seed: 1, students: 200, ...APP, redirectUris: REDIRECT_URIS }),
    );
    return this.#sandbox;
  }

  /** A person who can log in; the same one in every run. */
  async person(query: Parameters<Sandbox['people']>[0]): Promise<SandboxPerson> {
    const [person] = (await this.sandbox()).people(query);
    if (person === undefined) {
      throw new Error('The sandbox of the snippets has no such person.');
    }
    return person;
  }

  clever(): Promise<CleverClient> {
    this.#clever ??= Promise.all([import('clever-sdk'), this.sandbox()]).then(([{ createCleverClient }, sandbox]) =>
      createCleverClient({ ...sandbox.clientOptions() }),
    );
    return this.#clever;
  }

  async districtId(): Promise<string> {
    return (await this.sandbox()).districts[0].id;
  }

  async districtToken(): Promise<string> {
    return (await this.sandbox()).districts[0].token;
  }

  async district(): Promise<ReturnType<CleverClient['district']>> {
    return (await this.clever()).district({ token: await this.districtToken() });
  }

  /** A teacher has allowed the login, and is on the way back to the app. */
  callback(): Promise<Callback> {
    this.#callback ??= this.#comeBack();
    return this.#callback;
  }

  async #comeBack(): Promise<Callback> {
    const sandbox = await this.sandbox();
    const teacher = await this.person({ role: 'teacher' });
    const { url, state } = (await this.clever()).oauth.authorizationUrl();
    let address = new URL(teacher.loginUrl(url));
    while (address.origin !== APP_ORIGIN) {
      const { headers } = await sandbox.fetch(address, { redirect: 'manual' });
      address = new URL(headers.get('location') ?? APP_ORIGIN, address);
    }
    return { url: address.href, state };
  }

  /** Who the teacher is, as the app gets to know it. */
  async identity(): Promise<CleverIdentity> {
    const { oauth } = await this.clever();
    const { url, state } = await this.callback();
    return oauth.identify(await oauth.exchangeCallback(url, { expectedState: state }));
  }

  pool(): Promise<Pool> {
    this.#pool ??= import('pg').then(({ Pool }) => {
      const pool = new Pool({ connectionString: this.databaseUrl });
      pool.on('error', () => undefined); // the database is dropped after the snippet
      this.closeLater(() => pool.end());
      return pool;
    });
    return this.#pool;
  }

  /** A sync whose tables exist, and which has read the district once. */
  sync(): Promise<RosterSync> {
    this.#sync ??= this.#makeSync();
    return this.#sync;
  }

  async #makeSync(): Promise<RosterSync> {
    const { createRosterSync, fromPg } = await import('clever-sdk/sync');
    const sync = createRosterSync({ clever: await this.clever(), store: fromPg(await this.pool()) });
    await sync.migrate();
    await sync.run(await this.districtId());
    return sync;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const close of this.#closing.reverse()) {
      await close();
    }
    await (await this.#sandbox)?.close();
  }
}

/** The same database for `new Pool()`, which reads variables of PostgreSQL's own. */
function pgSettings(databaseUrl: string): Record<string, string> {
  const { hostname, port, pathname, username } = new URL(databaseUrl);
  return { PGHOST: hostname, PGPORT: port, PGDATABASE: pathname.slice(1), PGUSER: username };
}
