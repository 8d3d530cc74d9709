import { CleverError, type CleverErrorInit } from './base.js';

/** Why there was no usable response. */
export type ConnectionFailureReason =
  /** No answer at all: DNS, refused, reset before the headers. */
  | 'network'
  /** The answer broke off in the middle of its body. */
  | 'body'
  /** The answer was complete and successful, and not JSON: an HTML page of a proxy, or cut text. */
  | 'not_json'
  /** JSON, and not in an envelope of Clever's. */
  | 'envelope'
  /** A redirect: the SDK follows none, because the bearer token must not travel. */
  | 'redirect'
  | 'timeout';

/** What is known about a request that got no usable response. */
export interface ConnectionFailure extends CleverErrorInit {
  readonly method: string;
  /** The path with placeholders, `/v3.1/users/{id}`. */
  readonly pathTemplate: string;
  readonly reason: ConnectionFailureReason;
  readonly attempts: number;
}

const explanations: Record<ConnectionFailureReason, string> = {
  network: 'no answer. Check the network and the configured origin, then try again.',
  body: 'the answer broke off before its end. Nothing of it was used; try again.',
  not_json:
    'the answer was not JSON, although its status was a success. A proxy or captive portal may stand between you and Clever.',
  envelope: "the answer was JSON, but in none of Clever's envelopes. Check that the configured origin is Clever's.",
  redirect:
    'the answer was a redirect, which is not followed so that the token stays home. Check the configured origin.',
  timeout: 'no answer in time.',
};

/** There was no usable response: the network failed, the body broke off, or what came was not Clever's JSON. */
export class CleverConnectionError<
  Code extends 'connection' | 'timeout' = 'connection' | 'timeout',
> extends CleverError<Code> {
  override get name(): string {
    return 'CleverConnectionError';
  }

  readonly method: string;
  /** The path with placeholders, for example `/v3.1/users/{id}`. */
  readonly pathTemplate: string;
  readonly reason: ConnectionFailureReason;
  /** How many times the request was sent. */
  readonly attempts: number;

  constructor(code: Code, failure: ConnectionFailure, explanation: string = explanations[failure.reason]) {
    super(code, `${failure.method} ${failure.pathTemplate}: ${explanation}`, { isRetryable: true, ...failure });
    this.method = failure.method;
    this.pathTemplate = failure.pathTemplate;
    this.reason = failure.reason;
    this.attempts = failure.attempts;
  }
}

/** The SDK gave up waiting: for one attempt (`timeoutMs`) or for the call as a whole (`totalTimeoutMs`). */
export class CleverTimeoutError extends CleverConnectionError<'timeout'> {
  override get name(): string {
    return 'CleverTimeoutError';
  }

  /** The limit that ran out, in milliseconds. */
  readonly timeoutMs: number;
  /** Which limit it was: that of one attempt or that of the whole call. */
  readonly scope: 'attempt' | 'total';

  constructor(
    failure: Omit<ConnectionFailure, 'reason'> & {
      readonly timeoutMs: number;
      readonly scope: 'attempt' | 'total';
      /** Ends the message. Default: to try again, or to raise the limit. */
      readonly advice?: string;
    },
  ) {
    const option = failure.scope === 'attempt' ? 'timeoutMs' : 'totalTimeoutMs';
    const advice = failure.advice ?? `Try again, or raise \`${option}\`.`;
    super(
      'timeout',
      { ...failure, reason: 'timeout' },
      `no complete answer within ${failure.timeoutMs} ms (\`${option}\`). ${advice}`,
    );
    this.timeoutMs = failure.timeoutMs;
    this.scope = failure.scope;
  }
}
