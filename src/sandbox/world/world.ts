import { SandboxError } from '../roster/error.js';
import { Grants } from './access/grants.js';
import { Installs } from './access/installs.js';
import { RateLimiter } from './access/rate-limiter.js';
import { RedirectUris } from './access/redirect-uris.js';
import { Sessions } from './access/sessions.js';
import type { SigningKeys } from './access/signing-keys.js';
import { type District, makeDistrict } from './district.js';
import { EventSwitch } from './events/event-switch.js';
import type { App, ResolvedOptions } from './options.js';

/** The state of the sandbox at one moment. `reset()` makes a new one. */
export interface World {
  readonly app: App;
  readonly redirectUris: RedirectUris;
  /** Where browsers and apps reach the sandbox, if that is not where it listens: an origin. */
  readonly publicUrl: string | undefined;
  readonly districts: readonly District[];
  /** Whether events are produced. */
  readonly eventSwitch: EventSwitch;
  readonly grants: Grants;
  readonly rateLimiter: RateLimiter;
  /** The people who are signed in, by browser. */
  readonly sessions: Sessions;
  /** The teachers who have added the app from the Library. */
  readonly installs: Installs;
  /** `undefined`: OpenID Connect is switched off for the app. */
  readonly signingKeys: SigningKeys | undefined;
}

/** Makes a world from checked options, with initial rosters, no logins and full budgets. */
export function makeWorld(options: ResolvedOptions, signingKeys: SigningKeys, clock: () => number): World {
  const eventSwitch = new EventSwitch(options.events);
  const shared = { seed: options.seed, clock, eventSwitch };
  const districts = options.sources.map((source, index) => makeDistrict(source, shared, options.secrets.tokens[index]));
  if (new Set(districts.map(({ id }) => id)).size < districts.length) {
    throw new SandboxError('Two districts have the same id: give generated districts different seeds.');
  }
  return {
    app: options.app,
    redirectUris: new RedirectUris(options.redirectUris),
    publicUrl: options.publicUrl,
    districts,
    eventSwitch,
    grants: new Grants(districts, clock, options.userTokenLifetimeMs),
    rateLimiter: new RateLimiter(options.rateLimit, clock),
    sessions: new Sessions(clock),
    installs: new Installs(),
    signingKeys: options.oidc ? signingKeys : undefined,
  };
}
