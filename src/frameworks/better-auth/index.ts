/**
 * Clever in better-auth: a provider for its generic OAuth plugin, and a plugin for what a provider cannot do. Knows
 * better-auth by its shape alone.
 *
 * @packageDocumentation
 */

export type { OAuthClient } from '../common/exchange.js';
export type { CleverPerson, EmailChoice } from '../common/person.js';
export {
  type CleverAccountColumns,
  type CleverAccountsOptions,
  type CleverAccountsPlugin,
  cleverAccounts,
} from './accounts.js';
export { type CleverOptions, type CleverProfile, type CleverProvider, type CleverTokens, clever } from './provider.js';
