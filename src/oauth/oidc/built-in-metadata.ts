/** What the SDK needs of an OpenID provider's metadata. */
export interface ProviderMetadata {
  readonly issuer: string;
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
  readonly jwks_uri: string;
  readonly userinfo_endpoint?: string;
}

/**
 * Clever's endpoints as its documentation and its partners' integrations have them. Source:
 * dev.clever.com/docs/oauth-implementation; `jwks_uri` from integrations in production (secondary).
 */
export function builtInMetadata(authOrigin: string, apiOrigin: string): ProviderMetadata {
  return {
    issuer: authOrigin,
    authorization_endpoint: `${authOrigin}/oauth/authorize`,
    token_endpoint: `${authOrigin}/oauth/tokens`,
    userinfo_endpoint: `${apiOrigin}/userinfo`,
    jwks_uri: `${authOrigin}/oauth/certs`,
  };
}
