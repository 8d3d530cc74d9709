/**
 * Clever in Auth.js: a provider for version 5 (`@auth/core`, `next-auth` 5, `@auth/express` and the others) and for
 * `next-auth` 4, and what the two need around it. Knows Auth.js by its shape alone.
 *
 * @packageDocumentation
 */

export type { OAuthClient } from '../common/exchange.js';
export { type CleverInSession, type CleverInToken, cleverCallbacks } from './callbacks.js';
export { type GuardOptions, guardCallback, guardNodeCallback, type NodeExchangeToGuard } from './guard.js';
export { Clever as default, type CleverOptions, type CleverProfile, type CleverProvider } from './provider.js';
export { type SignInOptions, startSignIn } from './sign-in.js';
