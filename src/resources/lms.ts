import { CALL_KEYS, type CallOptions } from '../api/context.js';
import type { ResourceApi } from '../api/resource-api.js';
import { assertKnownKeys } from '../options/known-keys.js';
import { keysOf } from '../util/keys-of.js';
import { lazily } from '../util/lazily.js';
import type { LmsReadiness } from '../values/index.js';

/**
 * The settings that all calls of LMS Connect share: Clever queries the learning management system while the
 * app waits, for up to a minute.
 *
 * Source: dev.clever.com/docs/core-concepts, dev.clever.com/docs/clever-lms-connect-api-errors.
 */
export const LMS_CONNECT = {
  defaultTimeoutMs: 60_000,
  advice: 'lmsConnect',
} as const;

/** Options of {@link Lms.check}. */
export interface LmsCheckParams extends CallOptions {
  /** The Clever id of the section to write to, which is then checked as well. */
  readonly sectionId?: string;
}

const PARAMS_KEYS = [...keysOf<Omit<LmsCheckParams, keyof CallOptions>>()({ sectionId: true }), ...CALL_KEYS];

const loadReadiness = /* @__PURE__ */ lazily(() => import('../values/lms-readiness.js'));

/** Checks whether LMS Connect is ready. Available as `district.lms`, with API v3.1 only. */
export class Lms {
  readonly #api: ResourceApi;

  /** @internal */
  constructor(api: ResourceApi) {
    this.#api = api;
  }

  /**
   * Reports whether assignments can be written now and, if not, explains what is missing. Call it before
   * the first write, because LMS Connect itself answers little more than 403 or 404.
   *
   * Sends `GET /districts` and, with `sectionId`, `GET /sections/{id}` in parallel. `explainLms`
   * interprets the records.
   *
   * @throws {@link CleverNotFoundError} when the section does not exist or is not shared with the app.
   *
   * @example
   * ```ts
   * import type { DistrictClient } from 'clever-sdk';
   *
   * async function mayWrite(district: DistrictClient, sectionId: string): Promise<boolean> {
   *   const { isReady, obstacles } = await district.lms.check({ sectionId });
   *   for (const { message } of obstacles) {
   *     console.log(message);
   *   }
   *   return isReady;
   * }
   * ```
   */
  async check(params: LmsCheckParams = {}): Promise<LmsReadiness> {
    const call = 'lms.check()';
    assertKnownKeys(call, params, PARAMS_KEYS);
    const { sectionId, ...options } = params;
    const [districts, section] = await Promise.all([
      this.#api.list({ call, kind: 'district', path: '/districts', isPaged: false }, options).firstPage(),
      sectionId === undefined
        ? undefined
        : this.#api.get({ call, kind: 'section', path: '/sections/{id}', id: sectionId }, options),
    ]);
    const { explainLms } = await loadReadiness();
    return explainLms(districts.data[0] ?? {}, section);
  }
}
