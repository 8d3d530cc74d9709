import { randomValue } from '../../util/random.js';
import { fromPayload, type Memory, NOTHING, toPayload } from './memory.js';
import type { PendingLogin } from './pending-login.js';
import { LIFETIME_SECONDS, type Sealer } from './sealer.js';

const NAME = 'clever_login';
/** The number of bindings that one browser can have, if several of its tabs start a first login at the same time. */
const SLOTS = 10;
/** The maximum number of sealed cookies to open. A browser with only this app's own cookies has one. */
const MAX_OPENED = 8;
/** The maximum number of an older version's cookies to drop with one response. */
const MAX_DROPPED = 16;
/** The lengths of a binding's random part (90 bits) and of its proof (see {@link Sealer.prove}). */
const [RANDOM_LENGTH, PROOF_LENGTH] = [15, 6];

/** What a browser's cookies say about its logins. */
export interface Browser {
  /** The browser's bindings, each with the name of its cookie. */
  readonly bindings: readonly Pair[];
  readonly memory: Memory;
  /** The names of cookies that an older version of the SDK has set. */
  readonly outdated: readonly string[];
}

/**
 * The cookies of a browser's logins. Their number and size do not grow with the number of logins:
 *
 * - A binding: a random value, the same for all of the browser's logins, which their `state` contains. Tabs that start
 * their first login at the same time each get a cookie of their own, one of {@link SLOTS}. If two get the same one, the
 * later binding overwrites the other, which {@link LoginCookies.isOverwritten} recognises.
 * - The {@link Memory}, sealed.
 *
 * Together they have fewer than 2,000 characters. Their names begin with `__Host-`, except for an app on this machine
 * without TLS, so that no other host of the domain can set them. Source: RFC 6265bis section 4.1.3.2.
 */
export class LoginCookies {
  readonly #sealer: Sealer;
  readonly #name: string;
  readonly #attributes: string;
  readonly #outdatedName: RegExp;
  readonly #outdatedAttributes: string;
  #slot = Math.floor(Math.random() * SLOTS);

  constructor(sealer: Sealer, redirectUri: string) {
    const { protocol, pathname } = new URL(redirectUri);
    const isSecure = protocol === 'https:';
    // Lax, because the browser returns from another site with a top-level GET.
    const common = `HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
    this.#sealer = sealer;
    this.#name = isSecure ? `__Host-${NAME}` : NAME;
    this.#attributes = `Path=/; ${common}`;
    this.#outdatedName = isSecure ? /^__Secure-clever_login\.[\w-]{1,40}$/u : /^clever_login\.[\w-]{2,40}$/u;
    this.#outdatedAttributes = `Path=${pathname.replace(/\/[^/]*$/u, '') || '/'}; ${common}`;
  }

  /**
   * Reads a browser's cookies. Several may have the same name, because a browser also sends those of longer paths,
   * which may hide the right one: each of them counts.
   */
  async read(request: Request): Promise<Browser> {
    const pairs = (request.headers.get('cookie') ?? '').split(';').map(pairOf);
    const bindings = pairs.filter(([name, value]) => this.#isBindingName(name) && BINDING.test(value));
    const outdated = pairs.map(([name]) => name).filter((name) => this.#outdatedName.test(name));
    return {
      bindings,
      memory: await this.#openMemory(pairs),
      outdated: [...new Set(outdated)].slice(0, MAX_DROPPED),
    };
  }

  /** Returns the binding for a new login, with the `Set-Cookie` value that keeps it in the browser. */
  async bind({ bindings }: Browser): Promise<{ binding: string; cookie: string }> {
    const [name, binding] = bindings[0] ?? (await this.#newBinding());
    return { binding, cookie: this.#set(name, binding) };
  }

  /**
   * Whether this app has overwritten a login's binding by another one: two tabs have started at the same time, possibly
   * at two processes, and both got the same cookie.
   */
  async isOverwritten({ binding: lost }: PendingLogin, { bindings }: Browser): Promise<boolean> {
    const inItsPlace = bindings.filter(([, binding]) => binding[0] === lost[0] && binding !== lost);
    for (const [, binding] of inItsPlace.slice(0, MAX_OPENED)) {
      if (await this.#sealer.isProven(binding.slice(0, -PROOF_LENGTH), binding.slice(-PROOF_LENGTH))) {
        return true;
      }
    }
    return false;
  }

  /** Returns the `Set-Cookie` value that keeps a memory. */
  async remember(memory: Memory): Promise<string> {
    return this.#set(this.#name, await this.#sealer.seal('memory', toPayload(memory)));
  }

  /** Returns the `Set-Cookie` values that drop an older version's cookies. */
  drop({ outdated }: Browser): string[] {
    return outdated.map((name) => `${name}=; Max-Age=0; ${this.#outdatedAttributes}`);
  }

  async #openMemory(pairs: readonly Pair[]): Promise<Memory> {
    const sealed = pairs.filter(([name]) => name === this.#name).slice(0, MAX_OPENED);
    for (const [, value] of sealed) {
      const opened = await this.#sealer.open('memory', value);
      if (opened !== undefined) {
        return fromPayload(opened);
      }
    }
    return NOTHING;
  }

  /**
   * A binding begins with the number of its cookie. The numbers take turns, because tabs that start at the same time
   * should not overwrite each other's binding.
   */
  async #newBinding(): Promise<Pair> {
    this.#slot = (this.#slot + 1) % SLOTS;
    const value = `${this.#slot}${randomValue().slice(0, RANDOM_LENGTH)}`;
    return [`${this.#name}.${this.#slot}`, value + (await this.#sealer.prove(value, PROOF_LENGTH))];
  }

  #isBindingName(name: string): boolean {
    return name.startsWith(`${this.#name}.`) && /^\d$/u.test(name.slice(this.#name.length + 1));
  }

  #set(name: string, value: string): string {
    return `${name}=${value}; Max-Age=${LIFETIME_SECONDS}; ${this.#attributes}`;
  }
}

const BINDING = new RegExp(`^[\\w-]{${1 + RANDOM_LENGTH + PROOF_LENGTH}}$`, 'u');

type Pair = readonly [name: string, value: string];

function pairOf(text: string): Pair {
  const [name = '', ...value] = text.split('=');
  return [name.trim(), value.join('=').trim()];
}
