import type { CallOptions, ClientContext } from '../../api/context.js';
import { Identity } from '../../api/identity.js';
import { ResourceApi } from '../../api/resource-api.js';
import { CleverConfigError } from '../../errors/index.js';
import { defineInspect } from '../../privacy/index.js';
import type { OwnDistrict } from '../../schemas/district.js';
import type { Me } from '../../schemas/me.js';
import type { OwnUser } from '../../schemas/user.js';
import type { Userinfo } from '../../schemas/userinfo.js';

/**
 * Reads what the token of a signed-in person gives access to: the person, and the person's own district. Created by
 * `clever.user({ token })`.
 *
 * Source: dev.clever.com/docs/oauth-implementation.
 */
export class UserClient {
  readonly #api: ResourceApi;
  readonly #identity: Identity;

  /** @internal */
  constructor(context: ClientContext) {
    this.#api = new ResourceApi(context);
    this.#identity = new Identity(this.#api);
    defineInspect(this, () => ({
      client: 'user',
      apiOrigin: context.transport.origin,
      apiVersion: context.apiVersion,
    }));
    Object.freeze(this);
  }

  /**
   * Reads whose token this is, as Clever sends it. Sends `GET /{version}/me`.
   *
   * In API v3 `type` is always `user`; for the role use {@link UserClient.getUser}. Source:
   * dev.clever.com/docs/new-in-api-v3.
   *
   * @throws {@link CleverAuthenticationError} when the token has expired: log the person in again.
   */
  me(options?: CallOptions): Promise<Me> {
    return this.#identity.me(options);
  }

  /**
   * Reads the OpenID Connect claims about the person, including the role of the current login. Sends
   * `GET /userinfo`.
   */
  userinfo(options?: CallOptions): Promise<Userinfo> {
    return this.#identity.userinfo(options);
  }

  /**
   * Reads the person's own record: name, e-mail address, district and the roles that are shared with the app.
   * Sends `GET /me`, then `GET /users/{id}`.
   *
   * Clever sends more to an app with Secure Sync (observed). Nevertheless, read rosters with a district-app token.
   */
  async getUser(options?: CallOptions): Promise<OwnUser> {
    const { data } = await this.#identity.me(options, 'getUser()');
    return this.#identity.ownUser(data.id, options);
  }

  /**
   * Reads the person's own district: its id and name. Sends `GET /me`, then `GET /districts/{id}`.
   *
   * @throws {@link CleverConfigError} when the login came through the Clever Library, which names no district.
   */
  async getDistrict(options?: CallOptions): Promise<OwnDistrict> {
    const { data } = await this.#identity.me(options, 'getDistrict()');
    if (typeof data.district !== 'string') {
      throw new CleverConfigError(
        "getDistrict(): this login came through the Clever Library, which does not name the person's district. Use me() instead.",
      );
    }
    return this.#api.get(
      { call: 'getDistrict()', kind: 'district', path: '/districts/{id}', id: data.district },
      options,
    );
  }
}
