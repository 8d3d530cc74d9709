import type { CallOptions } from '../api/context.js';
import type { ListParams } from '../api/parameters.js';
import type { ResourceApi } from '../api/resource-api.js';
import type { Paginated } from '../pagination/index.js';
import type { District } from '../schemas/district.js';
import type { School } from '../schemas/school.js';
import type { Section } from '../schemas/section.js';
import type { Term } from '../schemas/term.js';
import type { RequestOptions } from '../transport/index.js';

/**
 * The district's terms, which Clever builds from section data: names repeat and ids are not stable.
 * Available as `district.terms`.
 */
export class Terms {
  readonly #api: ResourceApi;

  /** @internal */
  constructor(api: ResourceApi) {
    this.#api = api;
  }

  /**
   * Lists the district's terms, ascending by id.
   *
   * Sends `GET /terms` and follows Clever's `next` links to the end. Lazy: nothing is sent until the listing is read.
   *
   * @throws {@link CleverAuthenticationError} when the token is revoked.
   * @throws {@link CleverRateLimitError} when Clever asks for a wait longer than `maxRetryAfterMs`.
   */
  list(params?: ListParams): Paginated<Term> {
    return this.#api.list({ call: 'terms.list()', kind: 'term', path: '/terms' }, params);
  }

  /**
   * Reads one term. Sends `GET /terms/{id}`.
   *
   * @throws {@link CleverNotFoundError} when it does not exist or is not shared with the app.
   */
  get(id: string, options?: CallOptions): Promise<Term> {
    return this.#api.get({ call: 'terms.get()', kind: 'term', path: '/terms/{id}', id }, options);
  }

  /** Counts the district's terms. Sends `GET /terms?count=true`. */
  count(options?: RequestOptions): Promise<number> {
    return this.#api.count('terms.count()', '/terms', options);
  }

  /** Reads the district of a term. Sends `GET /terms/{id}/district`. */
  getDistrict(id: string, options?: CallOptions): Promise<District> {
    return this.#api.get({ call: 'terms.getDistrict()', kind: 'district', path: '/terms/{id}/district', id }, options);
  }

  /** Lists the schools that use a term. Sends `GET /terms/{id}/schools`. */
  listSchools(id: string, params?: ListParams): Paginated<School> {
    return this.#api.list({ call: 'terms.listSchools()', kind: 'school', path: '/terms/{id}/schools', id }, params);
  }

  /** Lists the sections of a term. Sends `GET /terms/{id}/sections`. */
  listSections(id: string, params?: ListParams): Paginated<Section> {
    return this.#api.list({ call: 'terms.listSections()', kind: 'section', path: '/terms/{id}/sections', id }, params);
  }
}
