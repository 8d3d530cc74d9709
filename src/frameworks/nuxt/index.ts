/**
 * Clever as an event handler of Nuxt, in the style of nuxt-auth-utils.
 *
 * @packageDocumentation
 */

export type { CleverLoginSettings, LoginClient } from '../common/login-steps.js';
export { defineOAuthCleverEventHandler } from './event-handler.js';
export type { H3LikeEvent, OAuthCleverConfig, OAuthCleverOptions, OAuthCleverSuccess } from './types.js';
