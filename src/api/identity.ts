import type { Me } from '../schemas/me.js';
import type { OwnUser } from '../schemas/user.js';
import type { Userinfo } from '../schemas/userinfo.js';
import { isObject } from '../util/is-object.js';
import type { CallOptions } from './context.js';
import type { ResourceApi } from './resource-api.js';

/**
 * The calls that report whose token a user token is. `clever.user`, `clever.library` and `clever.oauth`
 * share them.
 */
export class Identity {
  readonly #api: ResourceApi;

  constructor(api: ResourceApi) {
    this.#api = api;
  }

  /**
   * Sends `GET /{version}/me`.
   *
   * @param call - The call as the caller typed it, if it is not `me()`.
   */
  me(options?: CallOptions, call = 'me()'): Promise<Me> {
    const isUsable = ({ data }: Record<string, unknown>): boolean => isObject(data) && typeof data['id'] === 'string';
    return this.#api.getBare({ call, kind: 'me', path: '/me', isUsable }, options);
  }

  /**
   * Sends `GET /userinfo`, which has no version in its path.
   *
   * @param path - The path of a provider other than Clever.
   */
  userinfo(options?: CallOptions, path = '/userinfo'): Promise<Userinfo> {
    return this.#api.getBare({ call: 'userinfo()', kind: 'userinfo', path, isVersioned: false }, options);
  }

  /** Reads the person's own record. Sends `GET /users/{id}`. */
  ownUser(id: string, options?: CallOptions): Promise<OwnUser> {
    return this.#api.get({ call: 'getUser()', kind: 'ownUser', path: '/users/{id}', id }, options);
  }
}
