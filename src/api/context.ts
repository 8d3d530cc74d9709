import type { AdviceName } from '../errors/catalogue/statuses.js';
import type { SensitiveField } from '../privacy/index.js';
import type { ValidationMode } from '../records/index.js';
import { type Authorization, REQUEST_KEYS, type RequestOptions, type Transport } from '../transport/index.js';
import { keysOf } from '../util/keys-of.js';

/** The API versions that the SDK supports. */
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

/** The settings that all calls of one client share: the token, the API version, the transport and the defaults. */
export interface ClientContext {
  readonly transport: Transport;
  /** `undefined` if the transport adds its own. */
  readonly authorization: Authorization | undefined;
  readonly apiVersion: ApiVersion;
  readonly validation: ValidationMode;
  /** Records per request; `undefined` for user tokens, for which Clever offers no paging. */
  readonly pageSize: number | undefined;
  readonly prefetch: number;
  /**
   * The current time in Unix milliseconds, by the clock of the service once it has answered. Used to compute the age
   * of an event cursor.
   */
  readonly now: () => number;
  /** The sensitive student fields to keep; all others are removed from every record. */
  readonly sensitiveFields: ReadonlySet<SensitiveField>;
  /** The set of advice for statuses that have a special meaning for this kind of token. */
  readonly advice: AdviceName;
}
