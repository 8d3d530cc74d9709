import { TIMEOUT } from '../errors/catalogue/connection.js';
import { type CleverError, CleverTimeoutError } from '../errors/index.js';
import { harmlessCause } from '../privacy/harmless-cause.js';
import { type Outcome, sendOnce } from './attempt.js';
import { budgetFor, type Permit } from './budget/index.js';
import { Deadline } from './deadline.js';
import type { ClientEvent } from './events.js';
import { errorOf, isRepeatable, unsentError } from './failure.js';
import type { ResolvedRequestOptions } from './options.js';
import type { TransportConfig, TransportRequest, TransportResponse } from './request.js';
import { aheadOf, askedWait, ignoredHeaders, readRateReport } from './response-headers.js';
import { decideRetry } from './retry.js';

/** A checked request. It holds copies of what the caller gave, so later changes of that do not affect it. */
export interface PreparedRequest {
  readonly request: TransportRequest;
  readonly options: ResolvedRequestOptions;
  /** On the configured origin. */
  readonly url: string;
  /** As sent. */
  readonly body: string | undefined;
}

/** Sends a request, again if need be, and reads its answer. See `Transport.send` for what it throws. */
export function sendRequest(
  config: TransportConfig,
  prepared: PreparedRequest,
  emit: (event: ClientEvent) => void,
): Promise<TransportResponse> {
  return new Call(config, prepared, emit).perform();
}

/** One call: its attempts, the waits between them, and the limits around them all. */
class Call {
  readonly #config: TransportConfig;
  readonly #request: TransportRequest;
  readonly #emit: (event: ClientEvent) => void;
  readonly #options: ResolvedRequestOptions;
  readonly #url: string;
  readonly #body: string | undefined;
  #attempt = 0;

  constructor(config: TransportConfig, prepared: PreparedRequest, emit: (event: ClientEvent) => void) {
    this.#config = config;
    this.#request = prepared.request;
    this.#options = prepared.options;
    this.#url = prepared.url;
    this.#body = prepared.body;
    this.#emit = emit;
  }

  async perform(): Promise<TransportResponse> {
    const { signals, totalTimeoutMs } = this.#options;
    const whole = new Deadline(signals, totalTimeoutMs);
    try {
      for (;;) {
        this.#attempt += 1;
        const outcome = await this.#try(whole);
        if (outcome.kind === 'success') {
          const { status, rateLimit, requestId } = outcome.answer;
          return { status, json: outcome.json, rateLimit, requestId, attempts: this.#attempt };
        }
        await whole.sleep(this.#delayAfter(outcome, whole.remainingMs));
      }
    } catch (error) {
      throw whole.isExpired ? this.#outOfTime() : error;
    } finally {
      whole.close();
    }
  }

  /** One attempt: the token, the request and the whole body under one limit, the wait for the budget apart. */
  async #try(whole: Deadline): Promise<Outcome> {
    const deadline = new Deadline([whole.signal], this.#options.timeoutMs);
    try {
      return await deadline.run(() => this.#exchange(deadline, whole));
    } catch (error) {
      if (deadline.isExpired) {
        return { kind: 'failure', reason: 'timeout' };
      }
      throw error;
    } finally {
      deadline.close();
    }
  }

  async #exchange(deadline: Deadline, whole: Deadline): Promise<Outcome> {
    const { signal } = deadline;
    const { method, pathTemplate, authorization, onBody } = this.#request;
    const credentials = await authorization?.();
    const headers = {
      ...(credentials === undefined ? {} : { authorization: credentials }),
      accept: 'application/json',
      // Browsers that do not allow it drop it by themselves.
      'user-agent': this.#config.userAgent,
      ...(this.#body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    const permit = await this.#acquirePermit(credentials, deadline, whole);
    if (signal.aborted) {
      permit?.settle('unsent');
      throw signal.reason;
    }
    const attempt = this.#attempt;
    this.#emit({ kind: 'request', method, pathTemplate, attempt });
    const startedAt = performance.now();
    const { maxResponseBytes } = this.#options;
    const wire = { method, url: this.#url, headers, body: this.#body, maxResponseBytes };
    const onHead = (status: number, head: Headers): void => {
      const { clock } = this.#config;
      if (clock !== undefined) {
        clock.aheadMs = aheadOf(this.#now(), head) ?? clock.aheadMs;
      }
      for (const ignored of ignoredHeaders(head, this.#now())) {
        this.#emit({ kind: 'ignored_wait', method, pathTemplate, attempt, ...ignored });
      }
      permit?.settle(readRateReport(status, head, this.#now()));
    };
    const sent = sendOnce(this.#config.fetch, wire, signal, { onHead, onBody });
    const outcome = await sent.finally(() => permit?.settle());
    if (outcome.answer !== undefined && !signal.aborted) {
      const { status, rateLimit, requestId } = outcome.answer;
      const durationMs = performance.now() - startedAt;
      this.#emit({ kind: 'response', method, pathTemplate, attempt, status, durationMs, rateLimit, requestId });
    }
    return outcome;
  }

  /** Waits for the budget that all calls with this token share. The wait does not count for the time of the attempt. */
  async #acquirePermit(
    credentials: string | undefined,
    deadline: Deadline,
    whole: Deadline,
  ): Promise<Permit | undefined> {
    const { rateBudget, fetch = globalThis.fetch, origin } = this.#config;
    if (rateBudget === undefined || credentials === undefined || deadline.signal.aborted) {
      return undefined;
    }
    const { method, pathTemplate, priority = 'interactive' } = this.#request;
    const { retry } = this.#options;
    const maxWaitMs = retry === false ? 0 : retry.maxRetryAfterMs;
    const attempt = this.#attempt;
    const permitRequest = {
      // A call that may not wait for a window does not wait for other calls either.
      priority: retry === false ? 'interactive' : priority,
      signal: deadline.signal,
      mayWait: (waitMs: number) => waitMs <= maxWaitMs && waitMs < whole.remainingMs,
      onWait: (delayMs: number) => this.#emit({ kind: 'wait', method, pathTemplate, attempt, delayMs }),
    };
    const result = await deadline.untimed(budgetFor(rateBudget, fetch).acquire(origin, credentials, permitRequest));
    if ('waitMs' in result) {
      throw unsentError(this.#request, attempt - 1, result, this.#now());
    }
    return result;
  }

  /** The wait before the next attempt; throws when the call has failed for good. */
  #delayAfter(outcome: Extract<Outcome, { kind: 'failure' }>, remainingMs: number): number {
    const { method, pathTemplate, isSafeToRepeat } = this.#request;
    const { retry, timeoutMs, maxResponseBytes } = this.#options;
    const { reason } = outcome;
    const attempt = this.#attempt;
    const [status, asked] =
      outcome.reason === 'status'
        ? [outcome.answer.status, askedWait(outcome.answer.status, outcome.answer.headers, this.#now())]
        : [];
    const failed = { method, isSafeToRepeat, attempt, reason, status, asked };
    const decision = decideRetry(failed, retry, remainingMs, Math.random());
    if (!decision.retry) {
      const isWaitTooLong = decision.because !== 'final';
      const error = errorOf({
        request: this.#request,
        outcome,
        attempts: attempt,
        timeoutMs,
        maxResponseBytes,
        asked,
        nowMs: this.#now(),
        isWaitTooLong,
      });
      throw decision.because === 'out_of_time' && status !== 429 ? this.#outOfTime(error) : error;
    }
    const { delayMs } = decision;
    if (reason !== 'redirect' && reason !== 'too_large') {
      this.#emit({ kind: 'retry', method, pathTemplate, attempt, reason, status, delayMs });
    }
    return delayMs;
  }

  #now(): number {
    return (this.#config.now ?? Date.now)();
  }

  #outOfTime(cause?: CleverError): CleverTimeoutError {
    const { method, pathTemplate } = this.#request;
    return new CleverTimeoutError(TIMEOUT, {
      method,
      pathTemplate,
      attempts: this.#attempt,
      timeoutMs: this.#options.totalTimeoutMs,
      limit: 'total',
      cause: cause && harmlessCause(cause),
      isRetryable: isRepeatable(this.#request),
    });
  }
}
