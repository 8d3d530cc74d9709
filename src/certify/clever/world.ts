import {
  createSandbox,
  type DistrictSource,
  type Sandbox,
  type SandboxDistrict,
  type SandboxPerson,
} from '../../sandbox/index.js';

/** One state of Clever: districts, people, faults. Worlds follow each other at one address, with one app. */
export interface World {
  readonly sandbox: Sandbox;
  readonly districts: readonly SandboxDistrict[];
  /**
   * The address at Clever at which this person enters the app, with the person already signed in. The one of the
   * Library is for teachers, and adds the app to it first.
   */
  entrance(person: SandboxPerson, kind: 'portal' | 'instant-login' | 'library'): string;
  /** The address that signs this person in at Clever, and no one into the app. */
  signIn(person: SandboxPerson): string;
}

/** What every world of a run has in common. */
export interface WorldSettings {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly appName: string;
  readonly redirectUris: readonly string[];
  /** By how much Clever's clock is slow, in milliseconds. */
  readonly slowMs: number;
}

/** Makes a world. */
export function makeWorld(settings: WorldSettings, districts: readonly DistrictSource[], seed: number): World {
  const { url, redirectUris, slowMs, ...app } = settings;
  const sandbox = createSandbox({
    ...app,
    seed,
    districts,
    publicUrl: url,
    clock: () => Date.now() - slowMs,
    // As many as a whole suite can send: verdicts come from what was seen.
    rateLimit: { limit: 1_200, windowMs: 60_000 },
    ...(redirectUris.length === 0 ? {} : { redirectUris }),
  });
  const paths = {
    portal: '/portal/app',
    'instant-login': '/oauth/instant-login',
    library: '/library/install',
  } as const;
  return {
    sandbox,
    districts: sandbox.districts,
    entrance: (person, kind) => person.loginUrl(paths[kind]),
    signIn: (person) => person.loginUrl('/portal'),
  };
}
