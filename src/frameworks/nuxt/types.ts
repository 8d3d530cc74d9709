import type { CleverError, CleverIdentity, NodeRequest, NodeResponse, UserToken } from '../../index.js';
import type { CleverLoginSettings, LoginClient } from '../common/login-steps.js';

/** The members of an event of h3 1 that the handler uses. */
export interface H3LikeEvent {
  readonly node: { readonly req: NodeRequest; readonly res: NodeResponse };
}

/** The `config` of {@link defineOAuthCleverEventHandler}. */
export interface OAuthCleverConfig extends CleverLoginSettings {
  /** The client, with `redirectUri`: the public address of this handler. */
  readonly client: Pick<LoginClient, 'login'>;
}

/** A login, as `onSuccess` receives it. */
export interface OAuthCleverSuccess {
  /** Who has logged in. Store the person under `user.id`, never under the e-mail address, which may be missing. */
  readonly user: CleverIdentity;
  /** The person's own token; see {@link UserToken}. */
  readonly tokens: UserToken;
  /** Where to go now: the path that the login was started with, otherwise `/`. Always a path of the app. */
  readonly returnTo: string;
}

/** Options of {@link defineOAuthCleverEventHandler}. */
export interface OAuthCleverOptions<Event extends H3LikeEvent = H3LikeEvent> {
  /** The client and a `cookieSecret` of at least 32 bytes. */
  readonly config: OAuthCleverConfig;
  /**
   * Creates the session, in the place of any other that the browser still has (`replaceUserSession` of
   * nuxt-auth-utils), and answers, usually by `sendRedirect(event, returnTo)`.
   */
  onSuccess(event: Event, success: OAuthCleverSuccess): unknown;
  /** Answers a failed login. Default: a plain, accessible page with `error.userMessage`. */
  onError?(event: Event, error: CleverError): unknown;
}
