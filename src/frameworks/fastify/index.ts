/**
 * Clever as a plugin of Fastify 5, and what @fastify/oauth2 has to know of Clever.
 *
 * @packageDocumentation
 */

export type { CleverLoginSettings, LoginClient } from '../common/login-steps.js';
export { CLEVER_CONFIGURATION } from './configuration.js';
export { default } from './plugin.js';
export type {
  CleverPluginOptions,
  FastifyExchange,
  FastifyLikeInstance,
  FastifyLikeReply,
  FastifyLikeRequest,
} from './types.js';
