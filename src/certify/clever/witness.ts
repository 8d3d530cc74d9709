import { createHash } from 'node:crypto';

/** A request for `/oauth/authorize`: the app sent a browser to Clever. */
export interface Authorization {
  readonly number: number;
  readonly responseType: string | undefined;
  readonly redirectUri: string | undefined;
  readonly clientId: string | undefined;
  /** Names the state without being it: two authorizations with the same state have the same mark. */
  readonly stateMark: string | undefined;
  /** The names of all parameters. */
  readonly parameters: readonly string[];
}

/** A request for a token: the app exchanged a code, or tried to. */
export interface Exchange {
  readonly number: number;
  /** Names the code without being it: see {@link markOf}. */
  readonly codeMark: string | undefined;
  readonly redirectUri: string | undefined;
  /** How the app proved who it is. */
  readonly credentials: 'basic' | 'body' | 'query' | 'none';
  readonly grantType: string | undefined;
  readonly status: number;
}

/** A request for data: `/me`, a person, a list, the token list. */
export interface ApiCall {
  readonly number: number;
  readonly method: string;
  /** With placeholders for ids: `/v3.1/users/{id}`. */
  readonly path: string;
  /** As it was sent, with ids. Not for evidence. */
  readonly rawPath: string;
  readonly query: URLSearchParams;
  /** Names the bearer token without being it; `undefined` for other credentials, or none. */
  readonly tokenMark: string | undefined;
  /** 500 stands for a connection that broke. */
  readonly status: number;
  /** By the sandbox's clock, in milliseconds. */
  readonly startedAtMs: number;
  /** By this machine's clock, in milliseconds. */
  readonly atMs: number;
}

/** What was seen since some moment. */
export interface Seen {
  readonly authorizations: readonly Authorization[];
  readonly exchanges: readonly Exchange[];
  readonly calls: readonly ApiCall[];
}

/** What kind of secret a text has in it. */
export type SecretKind = 'code' | 'user token' | 'district token' | 'client secret';

/** Names a secret without being it, so that evidence and logs can tell two of them apart. */
export function markOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url').slice(0, 12);
}

/** Shorter texts are found anywhere by accident. */
const SHORTEST_SECRET = 8;

/** Sees every request that reaches Clever, and remembers what it says about the app. */
export class Witness {
  readonly #authorizations: Authorization[] = [];
  readonly #exchanges: Exchange[] = [];
  readonly #calls: ApiCall[] = [];
  readonly #secrets = new Map<string, SecretKind>();
  #count = 0;

  /** The number of requests so far: what {@link since} takes. */
  get mark(): number {
    return this.#count;
  }

  /** Counts a request. */
  next(): number {
    this.#count += 1;
    return this.#count;
  }

  /** Remembers a secret, so that it is found where it does not belong, and replaced in evidence. */
  knows(secret: string | undefined, kind: SecretKind): void {
    if (secret !== undefined && secret.length >= SHORTEST_SECRET) {
      this.#secrets.set(secret, kind);
    }
  }

  authorized(authorization: Authorization): void {
    this.#authorizations.push(authorization);
  }

  exchanged(exchange: Exchange): void {
    this.#exchanges.push(exchange);
  }

  called(call: ApiCall): void {
    this.#calls.push(call);
  }

  /** What was seen after a mark; by default, everything. */
  since(mark = 0): Seen {
    const after = <T extends { readonly number: number }>(list: readonly T[]): T[] =>
      list.filter(({ number }) => number > mark);
    return {
      authorizations: after(this.#authorizations),
      exchanges: after(this.#exchanges),
      calls: after(this.#calls),
    };
  }

  /** Every exchange of one code. */
  exchangesOf(code: string): readonly Exchange[] {
    const mark = markOf(code);
    return this.#exchanges.filter(({ codeMark }) => codeMark === mark);
  }

  /** The kinds of secret that a text has in it. */
  secretsIn(text: string): readonly SecretKind[] {
    const kinds = new Set<SecretKind>();
    for (const [secret, kind] of this.#secrets) {
      if (text.includes(secret) || text.includes(encodeURIComponent(secret))) {
        kinds.add(kind);
      }
    }
    return [...kinds];
  }

  /** A text without any secret that was seen. */
  redact(text: string): string {
    let redacted = text;
    for (const [secret, kind] of this.#secrets) {
      redacted = redacted.replaceAll(secret, `[${kind}]`).replaceAll(encodeURIComponent(secret), `[${kind}]`);
    }
    return redacted;
  }
}
