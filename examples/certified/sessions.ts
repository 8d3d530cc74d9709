import { createHash, randomBytes } from 'node:crypto';
import type { SendQuery } from 'clever-sdk/sync';
import { parse, serialize } from 'hono/utils/cookie';

/** The person who is logged in. `id` is the app's own. */
export interface Person {
  readonly id: string;
  readonly cleverId: string;
  readonly name: string;
  readonly role: string;
}

const LIFETIME_SECONDS = 8 * 60 * 60;

/** The app's sessions: a random cookie that scripts cannot read, and a row in the database. */
export class Sessions {
  readonly #send: SendQuery;
  readonly #isSecure: boolean;
  readonly #name: string;

  constructor(send: SendQuery, origin: string) {
    this.#send = send;
    this.#isSecure = origin.startsWith('https:');
    this.#name = this.#isSecure ? '__Host-session' : 'session';
  }

  /** Returns the person who is logged in on this browser. */
  async find(request: Request): Promise<Person | undefined> {
    const [row] = await this.#send(
      `select records.id::text, clever_id, name, role from sessions join records on records.id = person_id
       where hash = $1::text and expires_at > now()`,
      [this.#hashOf(request)],
    );
    return (
      row && { id: `${row['id']}`, cleverId: `${row['clever_id']}`, name: `${row['name']}`, role: `${row['role']}` }
    );
  }

  /** Begins a session in place of the browser's last one, even another person's: students share devices. */
  async replace(request: Request, personId: string, role: string): Promise<string> {
    await this.end(request);
    const cookie = randomBytes(32).toString('base64url');
    await this.#send(
      `insert into sessions values ($1::text, $2::text::uuid, $3::text, now() + interval '${LIFETIME_SECONDS} seconds')`,
      [hash(cookie), personId, role],
    );
    return this.#cookie(cookie, LIFETIME_SECONDS);
  }

  /** Ends the session of this browser. Returns the cookie that removes its cookie. */
  async end(request: Request): Promise<string> {
    await this.#send('delete from sessions where hash = $1::text or expires_at < now()', [this.#hashOf(request)]);
    return this.#cookie('', 0);
  }

  #hashOf(request: Request): string {
    return hash(parse(request.headers.get('cookie') ?? '', this.#name)[this.#name] ?? '');
  }

  #cookie(value: string, maxAge: number): string {
    const scope = { path: '/', httpOnly: true, sameSite: 'Lax', secure: this.#isSecure } as const;
    return serialize(this.#name, value, { ...scope, maxAge });
  }
}

function hash(cookie: string): string {
  return createHash('sha256').update(cookie).digest('hex');
}
