/**
 * Clever's addresses for the `credentials.auth` of `@fastify/oauth2`, if an app stays with that plugin.
 *
 * It refuses logins from the portal, the Library and Instant Login links, which have no `state`: register `cleverEntry`
 * as the first redirect URI, and its own callback as the second.
 *
 * Source: dev.clever.com/docs/oauth-implementation.
 */
export const CLEVER_CONFIGURATION: {
  readonly tokenHost: string;
  readonly tokenPath: string;
  readonly authorizeHost: string;
  readonly authorizePath: string;
} = {
  tokenHost: 'https://clever.com',
  tokenPath: '/oauth/tokens',
  authorizeHost: 'https://clever.com',
  authorizePath: '/oauth/authorize',
};
