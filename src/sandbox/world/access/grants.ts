import type { KnownRole } from '../../../values/index.js';
import type { District } from '../district.js';
import type { SavedState } from '../state/state-schema.js';
import { randomHex } from './random-hex.js';

/** The login of a person. */
export interface Login {
  readonly district: District;
  readonly userId: string;
  readonly role: KnownRole;
  readonly connection: 'district' | 'library';
}

/** What a bearer token grants access to: a login or a district. */
export type Grant =
  | { readonly kind: 'district'; readonly district: District; readonly scopes: readonly string[] }
  | ({ readonly kind: 'user' } & Login);

/** What the app sent with a login, for the exchange of its code. */
export interface LoginDetails {
  /** Returned in the id_token. */
  readonly nonce?: string | undefined;
  /** The `S256` challenge that the exchange has to meet. */
  readonly codeChallenge?: string | undefined;
}

/** The login that a redeemed code belongs to. */
export interface Redeemed extends LoginDetails {
  readonly login: Login;
}

interface Code extends Redeemed {
  readonly redirectUri: string;
  readonly expiresAt: number;
}

/** Source: dev.clever.com/docs/error-messages. */
const CODE_LIFETIME_MS = 60_000;

/** All valid codes and tokens. */
export class Grants {
  readonly #districts: readonly District[];
  readonly #codes = new Map<string, Code>();
  readonly #userTokens = new Map<string, { readonly grant: Grant; readonly expiresAt: number }>();
  readonly #revoked = new Set<string>();
  readonly #clock: () => number;
  readonly #userTokenLifetimeMs: number;

  constructor(districts: readonly District[], clock: () => number, userTokenLifetimeMs: number) {
    this.#clock = clock;
    this.#userTokenLifetimeMs = userTokenLifetimeMs;
    this.#districts = districts;
  }

  /** Issues a code for a login, which can be used once, within a minute, with one redirect URI. */
  issueCode(login: Login, redirectUri: string, details: LoginDetails = {}): string {
    const now = this.#clock();
    for (const [code, { expiresAt }] of this.#codes) {
      if (expiresAt <= now) {
        this.#codes.delete(code);
      }
    }
    const code = randomHex(40);
    this.#codes.set(code, { ...details, login, redirectUri, expiresAt: now + CODE_LIFETIME_MS });
    return code;
  }

  /** Consumes a code, whether or not it is valid. */
  redeemCode(value: string, redirectUri: string): Redeemed | undefined {
    const code = this.#codes.get(value);
    this.#codes.delete(value);
    const isGood = code !== undefined && code.redirectUri === redirectUri && this.#clock() < code.expiresAt;
    return isGood ? code : undefined;
  }

  /** Issues a user token: `il` and 38 characters (observed). */
  issueUserToken(login: Login): string {
    const token = `il${randomHex(38)}`;
    const grant: Grant = { kind: 'user', ...login };
    this.#userTokens.set(token, { grant, expiresAt: this.#clock() + this.#userTokenLifetimeMs });
    return token;
  }

  /** Revokes a user's or a district's token; returns `false` when no such token exists. */
  revoke(token: string): boolean {
    const isKnown = this.resolve(token) !== undefined;
    if (isKnown) {
      this.#revoked.add(token);
    }
    return isKnown;
  }

  /** Returns what a token grants; `undefined` when the token is unknown, revoked or has expired. */
  resolve(token: string): Grant | undefined {
    if (this.#revoked.has(token)) {
      return undefined;
    }
    const user = this.#userTokens.get(token);
    if (user !== undefined && this.#clock() >= user.expiresAt) {
      this.#userTokens.delete(token);
      return undefined;
    }
    return user?.grant ?? this.#resolveDistrictToken(token);
  }

  /** Returns the tokens for a saved state. Codes are left out, because they expire within a minute. */
  save(): Pick<SavedState, 'userTokens' | 'revokedTokens'> {
    const userTokens = [...this.#userTokens].flatMap(([token, { grant, expiresAt }]) =>
      grant.kind === 'user' && this.resolve(token) !== undefined
        ? [{ token, districtId: grant.district.id, ...whoOf(grant), expiresAt }]
        : [],
    );
    return { userTokens, revokedTokens: [...this.#revoked] };
  }

  /** Continues from a saved state. */
  load({ userTokens, revokedTokens }: Pick<SavedState, 'userTokens' | 'revokedTokens'>): void {
    for (const { token, districtId, expiresAt, ...who } of userTokens) {
      const district = this.#districts.find(({ id }) => id === districtId);
      if (district !== undefined) {
        this.#userTokens.set(token, { grant: { kind: 'user', district, ...who }, expiresAt });
      }
    }
    for (const token of revokedTokens) {
      this.#revoked.add(token);
    }
  }

  #resolveDistrictToken(token: string): Grant | undefined {
    const district = this.#districts.find(({ appToken }) => appToken?.value === token);
    return district?.appToken === undefined
      ? undefined
      : { kind: 'district', district, scopes: district.appToken.scopes };
  }
}

function whoOf({ userId, role, connection }: Login): Omit<Login, 'district'> {
  return { userId, role, connection };
}
