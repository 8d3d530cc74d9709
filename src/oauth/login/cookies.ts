import { EncryptJWT, jwtDecrypt } from 'jose';
import type { CookieKeys } from './cookie-keys.js';
import { isPendingLogin, type PendingLogin } from './pending-login.js';

/** How long a person may take to log in at Clever, and how long a finished login is remembered. */
const MAX_AGE_SECONDS = 10 * 60;
/** The number of pending or just finished logins that one browser may have, in its tabs. Older ones are dropped. */
const MAX_CARRIED = 5;
/** The maximum number of cookies to open. A browser with only this app's own cookies has fewer. */
const MAX_READ = 16;

const ALGORITHMS = { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] };
const AUDIENCE = 'clever-sdk/login';

/** A browser's logins, as read from its cookies. */
export interface Carried {
  /** The pending and the just finished logins, newest first. */
  readonly logins: readonly PendingLogin[];
  /** The names of cookies that are no longer needed. */
  readonly spent: readonly string[];
}

/**
 * The cookies that hold a browser's logins, one cookie per login, so that two tabs cannot overwrite each
 * other's. Each holds one sealed value that only this app can read or write: a JWE (RFC 7516) with direct
 * encryption by A256GCM, whose key is derived from the app's secret with SHA-256.
 */
export class LoginCookies {
  readonly #keys: CookieKeys;
  readonly #prefix: string;
  readonly #attributes: string;

  /**
   * @param redirectUri - The browser sends the cookies only to the folder of this URI, and only over TLS
   * except on this machine.
   */
  constructor(keys: CookieKeys, redirectUri: string) {
    const { protocol, pathname } = new URL(redirectUri);
    const isSecure = protocol === 'https:';
    const path = pathname.replace(/\/[^/]*$/u, '') || '/';
    this.#keys = keys;
    this.#prefix = isSecure ? '__Secure-clever_login.' : 'clever_login.';
    // Lax, because the browser returns from another site with a top-level GET.
    this.#attributes = `Path=${path}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
  }

  /**
   * Reads the browser's logins. A cookie that was tampered with, has expired or was sealed by another app is ignored.
   */
  async read(request: Request): Promise<Carried> {
    const pairs = (request.headers.get('cookie') ?? '')
      .split(';')
      .map((pair) => pair.trim())
      .filter((pair) => pair.startsWith(this.#prefix) && /^[\w.-]{1,64}=/u.test(pair))
      .slice(0, MAX_READ)
      .map((pair) => pair.split('=', 2) as [name: string, value?: string]);
    const logins: PendingLogin[] = [];
    const spent: string[] = [];
    for (const [name, value = ''] of pairs) {
      const opened = await this.#open(value);
      if (isPendingLogin(opened)) {
        logins.push(opened);
      } else {
        spent.push(name);
      }
    }
    logins.sort((one, other) => other.at - one.at);
    const tooMany = logins.slice(MAX_CARRIED).map(({ id }) => this.#prefix + id);
    return { logins, spent: [...spent, ...tooMany] };
  }

  /** Returns the `Set-Cookie` value that keeps a login. */
  async keep(login: PendingLogin): Promise<string> {
    const sealed = await this.#seal(login);
    return `${this.#prefix}${login.id}=${sealed}; Max-Age=${MAX_AGE_SECONDS}; ${this.#attributes}`;
  }

  /** Returns the `Set-Cookie` value that drops one of these cookies. */
  drop(name: string): string {
    return `${name}=; Max-Age=0; ${this.#attributes}`;
  }

  async #seal(login: PendingLogin): Promise<string> {
    const [key] = await this.#keys;
    return new EncryptJWT({ v: login })
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .setAudience(AUDIENCE)
      .setExpirationTime(`${MAX_AGE_SECONDS} s`)
      .encrypt(key as Uint8Array);
  }

  /**
   * Returns the sealed value; `undefined` if it was tampered with, has expired, or was sealed with an
   * unknown secret.
   */
  async #open(sealed: string): Promise<unknown> {
    for (const key of await this.#keys) {
      try {
        const { payload } = await jwtDecrypt(sealed, key, { ...ALGORITHMS, audience: AUDIENCE });
        return payload['v'];
      } catch {
        // Another secret may open it. If none does, the cookie is ignored, whatever the reason.
      }
    }
    return undefined;
  }
}
