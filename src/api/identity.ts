import { assertKnownKeys } from '../options/known-keys.js';
import { deliver, notAnEnvelope } from '../records/index.js';
import type { Me } from '../schemas/me.js';
import type { Userinfo } from '../schemas/userinfo.js';
import { isObject } from '../util/is-object.js';
import { CALL_KEYS, type CallOptions, type ClientContext } from './context.js';
import { loadAdvice } from './resource-api.js';

/** The two calls that tell whose a user token is. Shared by the user and the Library client. */
export class Identity {
  readonly #context: ClientContext;

  constructor(context: ClientContext) {
    this.#context = context;
  }

  /** Sends `GET /{version}/me`. */
  async me(options?: CallOptions): Promise<Me> {
    const path = `/${this.#context.apiVersion}/me`;
    const answer = await this.#read('me()', path, options);
    if (!isObject(answer['data']) || typeof answer['data']['id'] !== 'string') {
      throw notAnEnvelope('GET', path);
    }
    return this.#deliver('me', path, answer, options);
  }

  /** Sends `GET /userinfo`, which has no version. */
  async userinfo(options?: CallOptions): Promise<Userinfo> {
    const path = '/userinfo';
    return this.#deliver('userinfo', path, await this.#read('userinfo()', path, options), options);
  }

  async #read(call: string, path: string, options: CallOptions = {}): Promise<Record<string, unknown>> {
    assertKnownKeys(call, options, CALL_KEYS);
    const { transport, authorization, advice } = this.#context;
    const { validation: _, ...request } = options;
    const { json } = await transport.send({
      method: 'GET',
      pathTemplate: path,
      path,
      authorization,
      options: request,
      advice: loadAdvice([advice]),
    });
    if (!isObject(json)) {
      throw notAnEnvelope('GET', path);
    }
    return json;
  }

  #deliver<Kind extends 'me' | 'userinfo'>(
    kind: Kind,
    pathTemplate: string,
    answer: object,
    options: CallOptions = {},
  ) {
    const { transport, validation } = this.#context;
    return deliver(
      { transport, method: 'GET', pathTemplate, validation: options.validation ?? validation },
      kind,
      answer,
    );
  }
}
