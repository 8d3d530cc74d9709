import type { CallOptions } from '../api/context.js';
import type { ListParams } from '../api/parameters.js';
import type { ResourceApi } from '../api/resource-api.js';
import type { Paginated } from '../pagination/index.js';
import type { District } from '../schemas/district.js';
import type { RequestOptions } from '../transport/index.js';

/** The districts that a token sees: in practice one, its own. Available as `district.districts`. */
export class Districts {
  readonly #api: ResourceApi;

  /** @internal */
  constructor(api: ResourceApi) {
    this.#api = api;
  }

  /**
   * Lists the token's districts.
   *
   * Sends `GET /districts`. Clever does not page this list, so `pageSize` is not sent, and one reader reads it.
   */
  list(params?: ListParams): Paginated<District> {
    return this.#api.list({ call: 'districts.list()', kind: 'district', path: '/districts', isPaged: false }, params);
  }

  /** Reads a district. Sends `GET /districts/{id}`. */
  get(id: string, options?: CallOptions): Promise<District> {
    return this.#api.get({ call: 'districts.get()', kind: 'district', path: '/districts/{id}', id }, options);
  }

  /** Counts the token's districts. Sends `GET /districts?count=true`. */
  count(options?: RequestOptions): Promise<number> {
    return this.#api.count('districts.count()', '/districts', options);
  }
}
