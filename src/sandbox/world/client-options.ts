import { hideFromInspect } from '../../privacy/index.js';
import type { SandboxRateBudget } from './client-budget.js';
import type { World } from './world.js';

/**
 * What `createCleverClient` needs to connect to a sandbox. It is made to be spread, so copies contain the secret,
 * which is of use with this sandbox only; `console.log` and JSON show `[redacted]`.
 */
export interface SandboxClientOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  /** The app's primary redirect URI. */
  readonly redirectUri: string;
  readonly apiOrigin: string;
  readonly authOrigin: string;
  /** The sandbox's clock, which the client uses. */
  readonly now: () => number;
  /** The rest of each token's budget by that clock, shared by all clients of this sandbox. */
  readonly rateBudget: SandboxRateBudget;
  /** Present while the sandbox does not listen; then no request leaves the process. */
  readonly fetch?: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
}

const API_ORIGIN = 'https://api.clever.com';
const AUTH_ORIGIN = 'https://clever.com';

/** Makes the options for a sandbox that listens at an address, or for one that only answers its own `fetch`. */
export function makeClientOptions(
  { app: { clientId, clientSecret }, redirectUris, publicUrl }: World,
  url: string | undefined,
  { fetch, now, rateBudget }: Required<Pick<SandboxClientOptions, 'fetch' | 'now' | 'rateBudget'>>,
): SandboxClientOptions {
  const own = { clientId, clientSecret, redirectUri: redirectUris.primary, now, rateBudget };
  const seen = publicUrl ?? url;
  const origins = { apiOrigin: seen ?? API_ORIGIN, authOrigin: seen ?? AUTH_ORIGIN };
  const options = { ...own, ...origins, ...(url === undefined ? { fetch } : {}) };
  return hideFromInspect<SandboxClientOptions>(options, ['clientSecret']);
}
