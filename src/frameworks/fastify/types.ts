import type { LoginFailure, LoginRepeat, LoginResult, NodeRequest } from '../../index.js';
import type { CleverLoginSettings, LoginClient } from '../common/login-steps.js';

/** The members of a Fastify request that the plugin reads. */
export interface FastifyLikeRequest {
  readonly raw: NodeRequest;
}

/** The members of a Fastify reply that the plugin uses. */
export interface FastifyLikeReply {
  /** Sets the status. */
  code(status: number): unknown;
  /** Sets a header, or adds a cookie to those that are set already. */
  header(name: string, value: string): unknown;
  /** Sends the body and ends the answer. */
  send(body?: unknown): unknown;
}

/** The members of a Fastify instance that the plugin uses. */
export interface FastifyLikeInstance {
  readonly prefix: string;
  /** Adds a route. */
  // biome-ignore lint/suspicious/noExplicitAny: Fastify's own type depends on the server and on the schemas of the app.
  readonly get: (...given: any) => unknown;
}

/** Fastify's own request and reply, which every hook gets as `context`. */
export interface FastifyExchange<Request = FastifyLikeRequest, Reply = FastifyLikeReply> {
  readonly request: Request;
  readonly reply: Reply;
}

/** Options of the plugin. */
export interface CleverPluginOptions<Request = FastifyLikeRequest, Reply = FastifyLikeReply>
  extends CleverLoginSettings {
  /** The client, with `redirectUri`. */
  readonly client: LoginClient;
  /** Where the plugin's two routes are: the button's at the prefix itself, Clever's at `callbackPath` below it. */
  readonly prefix?: string;
  /** The path of `redirectUri` below `prefix`. Default `/callback`. */
  readonly callbackPath?: string;
  /**
   * Creates the session, with `context.request` and `context.reply`. Must replace any session that the browser still
   * has, for example by `await request.session.regenerate()`. Returns the answer, or nothing for a redirect to
   * `returnTo`. Sends nothing itself: cookies and headers that it sets on the reply are sent with the answer.
   */
  onLogin(result: LoginResult<FastifyExchange<Request, Reply>>): unknown;
  /** Answers a failed login. Default: a plain, accessible page with `error.userMessage`. */
  onError?(failure: LoginFailure<FastifyExchange<Request, Reply>>): Response | Promise<Response>;
  /** Answers a callback that was answered before. Default: the login starts again. */
  onRepeat?(repeat: LoginRepeat<FastifyExchange<Request, Reply>>): Response | undefined | Promise<Response | undefined>;
  /**
   * Returns the Clever id of the person who is logged in now, for `hasSwitchedAccount`. The second argument's `context`
   * has Fastify's request, whose session it can read.
   */
  currentUserId?(
    request: globalThis.Request,
    given: { readonly context: FastifyExchange<Request, Reply> },
  ): string | undefined | Promise<string | undefined>;
}
