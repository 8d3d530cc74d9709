import { TIMEOUT } from '../errors/catalogue/connection.js';
import { DISTRICT_DISCONNECTED } from '../errors/catalogue/districts.js';
import { CleverDistrictDisconnectedError, CleverTimeoutError, hasCode } from '../errors/index.js';
import { harmlessCause } from '../privacy/harmless-cause.js';
import { Secret } from '../privacy/index.js';
import { notAnEnvelope } from '../records/envelope.js';
import type { DistrictToken } from '../schemas/tokens.js';
import { Deadline } from '../transport/deadline.js';
import type { Transport, TransportRequest, TransportResponse } from '../transport/index.js';
import { resolveRequestOptions } from '../transport/options.js';
import { isObject } from '../util/is-object.js';
import { type OAuthConfig, TOKENS_PATH } from './context.js';
import { districtTokens } from './district-tokens.js';

/**
 * A district token in use. Each look-up creates a new object, so two can be distinguished without comparing
 * secrets.
 */
interface Lease {
  readonly authorization: Secret;
}

/**
 * Sends requests with a district's own token, which it looks up in the app's token list when first needed
 * and once more after a 401. It wraps the transport, so that it applies to every call of a district client.
 *
 * Source: dev.clever.com/docs/onboarding (tokens can rotate; fetch again after a 401).
 */
export class DistrictConnection implements Pick<Transport, 'send'> {
  readonly #config: OAuthConfig;
  readonly #districtId: string;
  #leasing: Promise<Lease> | undefined;

  constructor(config: OAuthConfig, districtId: string) {
    this.#config = config;
    this.#districtId = districtId;
  }

  /**
   * @throws {@link CleverDistrictDisconnectedError} when the district is not connected.
   */
  async send(request: TransportRequest): Promise<TransportResponse> {
    const { signals, totalTimeoutMs } = resolveRequestOptions(this.#config.request, request.options);
    const deadline = new Deadline(signals, totalTimeoutMs);
    try {
      return await this.#sendInside(deadline, request);
    } catch (error) {
      throw deadline.isExpired && error === deadline.signal.reason ? outOfTime(request, totalTimeoutMs) : error;
    } finally {
      deadline.close();
    }
  }

  /** Look-ups are shared: a caller's limits end only that caller's wait, not the look-up. */
  async #sendInside(deadline: Deadline, request: TransportRequest): Promise<TransportResponse> {
    const leasing = this.#current();
    const lease = await deadline.run(() => leasing);
    try {
      return await this.#sendWith(lease, request);
    } catch (error) {
      if (!hasCode(error, 'authentication')) {
        throw districtErrorOf(error);
      }
    }
    // Many calls may fail at once. The first one starts a new look-up, and the others share its result.
    if (this.#leasing === leasing) {
      this.#leasing = undefined;
    }
    const fresh = await deadline.run(() => this.#current());
    try {
      return await this.#sendWith(fresh, request);
    } catch (error) {
      throw hasCode(error, 'authentication')
        ? new CleverDistrictDisconnectedError(DISTRICT_DISCONNECTED.unauthorized, { cause: harmlessCause(error) })
        : districtErrorOf(error);
    }
  }

  #sendWith({ authorization }: Lease, request: TransportRequest): Promise<TransportResponse> {
    return this.#config.apiTransport.send({ ...request, authorization: () => authorization.reveal() });
  }

  /** The current token, looked up once for all callers: no single caller's signal or time limit ends the look-up. */
  #current(): Promise<Lease> {
    if (this.#leasing === undefined) {
      const lease = this.#lookUp();
      this.#leasing = lease;
      lease.catch(() => {
        if (this.#leasing === lease) {
          this.#leasing = undefined;
        }
      });
    }
    return this.#leasing;
  }

  async #lookUp(): Promise<Lease> {
    const tokens = await districtTokens(this.#config, { districtId: this.#districtId });
    const token = tokens.find((entry) => districtOf(entry) === this.#districtId);
    if (token === undefined) {
      throw new CleverDistrictDisconnectedError(DISTRICT_DISCONNECTED.not_listed);
    }
    const accessToken: unknown = token.access_token;
    if (typeof accessToken !== 'string' || !/^[\x21-\x7e]+$/u.test(accessToken)) {
      throw notAnEnvelope('GET', TOKENS_PATH);
    }
    return { authorization: new Secret(`Bearer ${accessToken}`) };
  }
}

/** The district of an entry, which is delivered as sent, even without its documented shape. */
function districtOf({ owner }: DistrictToken): unknown {
  return isObject(owner) ? owner['id'] : undefined;
}

/**
 * Returns the error of a request, as a {@link CleverDistrictDisconnectedError} if it shows that the
 * district is not connected.
 */
function districtErrorOf(error: unknown): unknown {
  return isDistrictMissing(error)
    ? new CleverDistrictDisconnectedError(DISTRICT_DISCONNECTED.not_found, { cause: harmlessCause(error) })
    : error;
}

/**
 * Checks whether a 404 means that the district is not connected. A 404 for a person or a section means that
 * this record is gone; for the district or a whole collection, that the district is. A 404 for events or
 * resources does not count, because the app may lack the setting or grant that they need.
 */
function isDistrictMissing(error: unknown): boolean {
  return (
    hasCode(error, 'not_found') &&
    /^\/v[\d.]+\/(?:districts\/\{id\}|(?!events$|resources$)[a-z]+)$/u.test(error.pathTemplate)
  );
}

function outOfTime({ method, pathTemplate }: TransportRequest, timeoutMs: number): CleverTimeoutError {
  return new CleverTimeoutError(TIMEOUT, { method, pathTemplate, attempts: 0, timeoutMs, limit: 'total' });
}
