import { type Attempt, isAttempt } from './pending-login.js';
import type { CookieSealer } from './sealer.js';

/** How long a person may take at Clever, and how long a finished callback is remembered. */
const MAX_AGE_SECONDS = 10 * 60;
/** Logins that one browser may have under way or just behind it: tabs. Older ones are dropped. */
const MAX_CARRIED = 5;
/** Cookies looked at: whoever sends more is not a browser of ours. */
const MAX_READ = 16;

/** What a browser carries of its logins. */
export interface Carried {
  /** The newest first. */
  readonly attempts: readonly Attempt[];
  /** Names of cookies that are of no use any more. */
  readonly spent: readonly string[];
}

/**
 * The cookies that hold a browser's logins: one for each, so that two tabs cannot overwrite one another's. Each is a
 * single sealed value that only this app can read or write.
 */
export class AttemptCookies {
  readonly #sealer: CookieSealer;
  readonly #prefix: string;
  readonly #attributes: string;

  /**
   * @param redirectUri - The cookies go to the folder of this URI and nowhere else, over TLS except on this machine.
   */
  constructor(sealer: CookieSealer, redirectUri: string) {
    const { protocol, pathname } = new URL(redirectUri);
    const isSecure = protocol === 'https:';
    const path = pathname.replace(/\/[^/]*$/u, '') || '/';
    this.#sealer = sealer;
    this.#prefix = isSecure ? '__Secure-clever_login.' : 'clever_login.';
    // Lax, because the browser comes back from another site, by a top-level GET.
    this.#attributes = `Path=${path}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
  }

  /** What the browser brought. A cookie that was tampered with, is expired or belongs to nobody counts as none. */
  async read(request: Request): Promise<Carried> {
    const pairs = (request.headers.get('cookie') ?? '')
      .split(';')
      .map((pair) => pair.trim())
      .filter((pair) => pair.startsWith(this.#prefix) && /^[\w.-]{1,64}=/u.test(pair))
      .slice(0, MAX_READ)
      .map((pair) => pair.split('=', 2) as [name: string, value?: string]);
    const attempts: Attempt[] = [];
    const spent: string[] = [];
    for (const [name, value = ''] of pairs) {
      const opened = await this.#sealer.open(value);
      if (opened !== undefined && isAttempt(opened)) {
        attempts.push(opened as unknown as Attempt);
      } else {
        spent.push(name);
      }
    }
    attempts.sort((one, other) => other.at - one.at);
    const tooMany = attempts.slice(MAX_CARRIED).map(({ id }) => this.#prefix + id);
    return { attempts, spent: [...spent, ...tooMany] };
  }

  /** The `Set-Cookie` value that keeps a login. */
  async keep(attempt: Attempt): Promise<string> {
    const sealed = await this.#sealer.seal(attempt, MAX_AGE_SECONDS);
    return `${this.#prefix}${attempt.id}=${sealed}; Max-Age=${MAX_AGE_SECONDS}; ${this.#attributes}`;
  }

  /** The `Set-Cookie` value that drops a cookie of these. */
  drop(name: string): string {
    return `${name}=; Max-Age=0; ${this.#attributes}`;
  }
}
