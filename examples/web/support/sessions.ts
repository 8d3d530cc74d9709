import type { CleverIdentity } from 'clever-sdk';
import { generateSignedCookie } from 'hono/cookie';
import { parseSigned } from 'hono/utils/cookie';

/** The logged-in person, as far as the app shows them. Stored under `id`, never under an e-mail address. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly connection: CleverIdentity['connection'];
}

interface Session {
  readonly person: Person;
  readonly expiresAt: number;
}

const LIFETIME_SECONDS = 8 * 60 * 60;

/**
 * The app's sessions: a random id in a signed, HTTP-only cookie; all other data stays in this process. In a
 * real app, use the session library that your framework recommends.
 */
export class Sessions {
  readonly #sessions = new Map<string, Session>();
  readonly #secret: string;
  readonly #isSecure: boolean;

  /**
   * @param origin - The app's public origin; with https, the cookie is sent over TLS only.
   * @param secret - Signs the cookies.
   */
  constructor(origin: string, secret: string) {
    this.#isSecure = origin.startsWith('https:');
    this.#secret = secret;
  }

  /** Returns the person who is logged in on this browser. */
  async find(request: Request): Promise<Person | undefined> {
    const session = this.#sessions.get(await this.#idOf(request));
    return session !== undefined && session.expiresAt > Date.now() ? session.person : undefined;
  }

  /**
   * Begins a session and ends the browser's previous one, even if it belongs to another person: students
   * share devices, so neither that cookie nor a copy of it may work any more.
   *
   * @returns The `Set-Cookie` value.
   */
  async start(request: Request, identity: CleverIdentity): Promise<string> {
    this.#sessions.delete(await this.#idOf(request));
    this.#forgetExpired();
    const id = crypto.randomUUID();
    this.#sessions.set(id, { person: personOf(identity), expiresAt: Date.now() + LIFETIME_SECONDS * 1_000 });
    return this.#cookie(id, LIFETIME_SECONDS);
  }

  /**
   * Ends the session of this browser.
   *
   * @returns The `Set-Cookie` value that removes the cookie.
   */
  async end(request: Request): Promise<string> {
    this.#sessions.delete(await this.#idOf(request));
    return this.#cookie('', 0);
  }

  get #name(): string {
    return this.#isSecure ? '__Host-session' : 'session';
  }

  async #idOf(request: Request): Promise<string> {
    const cookies = await parseSigned(request.headers.get('cookie') ?? '', this.#secret, this.#name);
    return cookies[this.#name] || '';
  }

  #cookie(id: string, maxAge: number): Promise<string> {
    const scope = { path: '/', httpOnly: true, sameSite: 'Lax', secure: this.#isSecure } as const;
    return generateSignedCookie(this.#name, id, this.#secret, { ...scope, maxAge });
  }

  #forgetExpired(): void {
    const now = Date.now();
    for (const [id, { expiresAt }] of this.#sessions) {
      if (expiresAt <= now) {
        this.#sessions.delete(id);
      }
    }
  }
}

/** Clever may send no name and new roles: show what is known, and reject no one. */
function personOf({ id, name, role, connection }: CleverIdentity): Person {
  const fullName = [name.first, name.last].filter((part) => part !== '').join(' ');
  return { id, name: fullName || 'Unnamed user', role: ROLE_NAMES[role ?? ''] ?? 'Guest', connection };
}

const ROLE_NAMES: Readonly<Record<string, string>> = {
  student: 'Student',
  teacher: 'Teacher',
  staff: 'School admin',
  district_admin: 'District admin',
};
