import type { KnownRole } from '../../values/index.js';
import type { District } from '../district.js';

/** Somebody's login. */
export interface Login {
  readonly district: District;
  readonly userId: string;
  readonly role: KnownRole;
  readonly connection: 'district' | 'library';
}

/** Whom a bearer token stands for. */
export type Grant =
  | { readonly kind: 'district'; readonly district: District; readonly scopes: readonly string[] }
  | ({ readonly kind: 'user' } & Login);

interface Code {
  readonly login: Login;
  readonly redirectUri: string;
  readonly expiresAt: number;
}

/** Source: dev.clever.com/docs/error-messages. */
const CODE_LIFETIME_MS = 60_000;

/** Random hexadecimal digits. */
function randomHex(length: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(Math.ceil(length / 2)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .slice(0, length);
}

/** Every code and token in circulation. */
export class Grants {
  readonly #districtTokens: ReadonlyMap<string, Grant>;
  readonly #codes = new Map<string, Code>();
  readonly #userTokens = new Map<string, { readonly grant: Grant; readonly expiresAt: number }>();
  readonly #clock: () => number;
  readonly #userTokenLifetimeMs: number;

  constructor(districts: readonly District[], clock: () => number, userTokenLifetimeMs: number) {
    this.#clock = clock;
    this.#userTokenLifetimeMs = userTokenLifetimeMs;
    this.#districtTokens = new Map(
      districts.flatMap((district): [string, Grant][] =>
        district.appToken === undefined
          ? []
          : [[district.appToken.value, { kind: 'district', district, scopes: district.appToken.scopes }]],
      ),
    );
  }

  /** A code for a login, good once and for a minute, at one redirect URI. */
  issueCode(login: Login, redirectUri: string): string {
    const now = this.#clock();
    for (const [code, { expiresAt }] of this.#codes) {
      if (expiresAt <= now) {
        this.#codes.delete(code);
      }
    }
    const code = randomHex(40);
    this.#codes.set(code, { login, redirectUri, expiresAt: now + CODE_LIFETIME_MS });
    return code;
  }

  /** Uses a code up, whether or not it is good. */
  redeemCode(value: string, redirectUri: string): Login | undefined {
    const code = this.#codes.get(value);
    this.#codes.delete(value);
    const isGood = code !== undefined && code.redirectUri === redirectUri && this.#clock() < code.expiresAt;
    return isGood ? code.login : undefined;
  }

  /** A user token: `il` and 38 characters (observed). */
  issueUserToken(login: Login): string {
    const token = `il${randomHex(38)}`;
    const grant: Grant = { kind: 'user', ...login };
    this.#userTokens.set(token, { grant, expiresAt: this.#clock() + this.#userTokenLifetimeMs });
    return token;
  }

  /** Whom a token stands for; `undefined` when it is unknown or has expired. */
  resolve(token: string): Grant | undefined {
    const user = this.#userTokens.get(token);
    if (user !== undefined && this.#clock() >= user.expiresAt) {
      this.#userTokens.delete(token);
      return undefined;
    }
    return user?.grant ?? this.#districtTokens.get(token);
  }
}
