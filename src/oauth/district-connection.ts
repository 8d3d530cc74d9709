import { TIMEOUT } from '../errors/catalogue/connection.js';
import { DISTRICT_DISCONNECTED } from '../errors/catalogue/districts.js';
import { CleverDistrictDisconnectedError, CleverTimeoutError, hasCode } from '../errors/index.js';
import { Secret } from '../privacy/index.js';
import { Deadline } from '../transport/deadline.js';
import type { Transport, TransportRequest, TransportResponse } from '../transport/index.js';
import { resolveRequestOptions } from '../transport/options.js';
import type { OAuthConfig } from './context.js';
import { districtTokens } from './district-tokens.js';

/**
 * A district token in use. A new object for each look-up, so that two can be distinguished without
 * comparing secrets.
 */
interface Lease {
  readonly authorization: Secret;
}

/**
 * Sends with a district's own token, which it looks up in the app's token list when it is first needed and once more
 * after a 401. It wraps the transport, so every call of a district client benefits.
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
   * @throws {@link CleverDistrictDisconnectedError} when the district is gone.
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

  /** Callers share the look-ups. A caller's own limits end its waiting, and not the look-up. */
  async #sendInside(deadline: Deadline, request: TransportRequest): Promise<TransportResponse> {
    const leasing = this.#current();
    const lease = await deadline.run(() => leasing);
    try {
      return await this.#sendWith(lease, request);
    } catch (error) {
      if (!hasCode(error, 'authentication')) {
        throw this.#asDisconnected(error);
      }
    }
    // Many calls may fail at once; the first one to get here fetches, the others share what it gets.
    if (this.#leasing === leasing) {
      this.#leasing = undefined;
    }
    const fresh = await deadline.run(() => this.#current());
    try {
      return await this.#sendWith(fresh, request);
    } catch (error) {
      throw hasCode(error, 'authentication')
        ? new CleverDistrictDisconnectedError(DISTRICT_DISCONNECTED.unauthorized, { cause: error })
        : this.#asDisconnected(error);
    }
  }

  #sendWith({ authorization }: Lease, request: TransportRequest): Promise<TransportResponse> {
    return this.#config.apiTransport.send({ ...request, authorization: () => authorization.reveal() });
  }

  /**
   * The token in use, looked up once for all who need it: no caller's signal or limit of time ends it for
   * the others.
   */
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

  #asDisconnected(error: unknown): unknown {
    return isDistrictMissing(error)
      ? new CleverDistrictDisconnectedError(DISTRICT_DISCONNECTED.not_found, { cause: error })
      : error;
  }

  async #lookUp(): Promise<Lease> {
    const tokens = await districtTokens(this.#config, { districtId: this.#districtId });
    const token = tokens.find(({ owner }) => owner.id === this.#districtId);
    if (token === undefined) {
      throw new CleverDistrictDisconnectedError(DISTRICT_DISCONNECTED.not_listed);
    }
    return { authorization: new Secret(`Bearer ${token.access_token}`) };
  }
}

/**
 * A 404 on a person or a section says that those are gone; on the district or a whole collection, that the
 * district is. A 404 on events or resources proves neither: both need a switch or a grant of their own.
 */
function isDistrictMissing(error: unknown): boolean {
  return (
    hasCode(error, 'not_found') &&
    /^\/v[\d.]+\/(?:districts\/\{id\}|(?!events$|resources$)[a-z]+)$/u.test(error.pathTemplate)
  );
}

function outOfTime({ method, pathTemplate }: TransportRequest, timeoutMs: number): CleverTimeoutError {
  return new CleverTimeoutError(TIMEOUT, { method, pathTemplate, attempts: 0, timeoutMs, scope: 'total' });
}
