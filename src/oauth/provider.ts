import { type AuthorizationServer, type Client, type ClientAuth, ClientSecretBasic } from 'oauth4webapi';
import type { Authorization } from '../transport/index.js';
import { endpoints, type OAuthConfig } from './context.js';

/** Describes the provider to oauth4webapi. Source: dev.clever.com/docs/oauth-implementation. */
export function authorizationServer(config: OAuthConfig): AuthorizationServer {
  const { issuer, authorization_endpoint, token_endpoint } = endpoints(config);
  return { issuer, authorization_endpoint, token_endpoint };
}

/** Describes the app to oauth4webapi. */
export function oauthClient({ clientId }: OAuthConfig): Client {
  return { client_id: clientId };
}

/** HTTP Basic with the app's credentials, form-encoded first as RFC 6749 section 2.3.1 requires. */
export function clientAuthentication({ clientSecret }: OAuthConfig): ClientAuth {
  return ClientSecretBasic(clientSecret.reveal());
}

/** {@link clientAuthentication} for requests that go through the transport. */
export function basicAuthorization(config: OAuthConfig): Authorization {
  return async () => {
    const headers = new Headers();
    await clientAuthentication(config)(
      authorizationServer(config),
      oauthClient(config),
      new URLSearchParams(),
      headers,
    );
    return headers.get('authorization') ?? '';
  };
}
