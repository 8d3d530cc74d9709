/**
 * Clever as a strategy of Passport, with the guarantees of `clever.login`: logins from the portal, the Clever Library
 * and Instant Login links, a `state` that is always checked, and no store on the server.
 *
 * @packageDocumentation
 */

export type { CleverLoginSettings, LoginClient } from '../common/login-steps.js';
export { CleverStrategy } from './strategy.js';
export type {
  CleverAuthenticateOptions,
  CleverAuthInfo,
  CleverFailureInfo,
  CleverStrategyOptions,
  CleverVerify,
  CleverVerifyWithRequest,
  PassportRequest,
  VerifyDone,
} from './types.js';
