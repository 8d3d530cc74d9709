/** The members of an OpenID provider's metadata that the SDK needs. */
export interface ProviderMetadata {
  readonly issuer: string;
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
  readonly jwks_uri: string;
  readonly userinfo_endpoint?: string;
}

/**
 * Returns Clever's endpoints, as documented and as used by its partners' integrations. Source:
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
