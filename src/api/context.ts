import type { AdviceName } from '../errors/catalogue/statuses.js';
import type { SensitiveField } from '../privacy/index.js';
import type { ValidationMode } from '../records/index.js';
import { type Authorization, REQUEST_KEYS, type RequestOptions, type Transport } from '../transport/index.js';
import { keysOf } from '../util/keys-of.js';

/** The API versions that the SDK speaks. */
export type ApiVersion = 'v3.0' | 'v3.1';

/** Options that every call takes. */
export interface CallOptions extends RequestOptions {
  /** Overrides the client's `validation`. */
  readonly validation?: ValidationMode;
}

/** The members of {@link CallOptions}. */
export const CALL_KEYS: readonly (keyof CallOptions)[] = [
  ...REQUEST_KEYS,
  ...keysOf<Omit<CallOptions, keyof RequestOptions>>()({ validation: true }),
];

/** What the calls of one client share: one token, one API version, one way to send. */
export interface ClientContext {
  readonly transport: Transport;
  /** `undefined` where the transport brings its own. */
  readonly authorization: Authorization | undefined;
  readonly apiVersion: ApiVersion;
  readonly validation: ValidationMode;
  /** Records per request where paging is offered; `undefined` for user tokens, to which Clever offers none. */
  readonly pageSize: number | undefined;
  readonly prefetch: number;
  /** The current time in Unix milliseconds: what the age of an event cursor is measured by. */
  readonly now: () => number;
  /** The sensitive student fields to hand out; all others are removed from every record. */
  readonly sensitiveFields: ReadonlySet<SensitiveField>;
  /** Whose advice ends the error message of a status that means something else for this kind of token. */
  readonly advice: AdviceName;
}
