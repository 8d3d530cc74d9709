/**
 * Clever as a middleware of Hono 4, in the style of @hono/oauth-providers.
 *
 * @packageDocumentation
 */

export type { CleverLoginSettings, LoginClient } from '../common/login-steps.js';
export { cleverAuth } from './clever-auth.js';
export type { CleverAuthOptions, CleverVariable, CleverVariables, HonoLikeContext } from './types.js';
