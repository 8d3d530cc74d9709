import { defineInspect } from '../privacy/index.js';
import { missingBuiltIn, RUNTIMES } from '../util/runtime.js';
import { assertKnownKeys, assertWholeNumber } from './roster/checks.js';
import { SandboxError } from './roster/error.js';
import { inject } from './server/inject.js';
import type { Listener, ListenOptions } from './server/listen.js';
import { Server } from './server/server.js';
import { type RotateOptions, type SandboxKeys, SigningKeys } from './world/access/signing-keys.js';
import { ClientBudget } from './world/client-budget.js';
import { makeClientOptions, type SandboxClientOptions } from './world/client-options.js';
import { Clock } from './world/clock.js';
import { presentSwitch, type SandboxEvents } from './world/events/event-switch.js';
import { Faults } from './world/faults/faults.js';
import type { LoggedRequest, RequestQuery } from './world/log/logged-request.js';
import { RequestLog } from './world/log/request-log.js';
import { type ResolvedOptions, resolveOptions, type SandboxOptions } from './world/options.js';
import { findPeople, logInOrThrow, type PeopleQuery, type UserTokenRequest } from './world/people.js';
import { SandboxDistrict } from './world/sandbox-district.js';
import type { SandboxPerson } from './world/sandbox-person.js';
import { loadState, saveState } from './world/state/state.js';
import type { SandboxState } from './world/state/state-schema.js';
import { makeWorld, type World } from './world/world.js';

/** Where a sandbox that does not listen answers, through its `fetch`. */
const CLEVER = 'https://clever.com';

/** A sandbox that listens at an address. */
export interface ListeningSandbox extends Sandbox {
  readonly url: string;
}

/**
 * A Clever that runs on this machine. {@link createSandbox} makes one.
 *
 * Printing it, or anything that it returns, shows no token, secret, code or person.
 */
export class Sandbox {
  /** The faults that the sandbox answers with. */
  readonly faults: Faults = new Faults();

  /**
   * Answers a request without a network, as the global `fetch` would answer it from Clever. It answers at
   * `https://api.clever.com`, `https://clever.com` and every other origin. It runs wherever `Request` and
   * `Response` exist, and follows no redirects. It is bound to the sandbox: pass it on as it is.
   *
   * @throws `TypeError` when a fault resets the connection; the signal's reason after an abort.
   */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

  /** Returns the time in the sandbox, in milliseconds since 1970. It is bound to the sandbox: pass it on as it is. */
  readonly now: () => number;

  /** Turns the production of events on and off, for all districts. */
  readonly events: SandboxEvents;

  /** The keys that sign id_tokens. `reset()` keeps them. */
  readonly keys: SandboxKeys;

  readonly #options: ResolvedOptions;
  readonly #signingKeys = new SigningKeys();
  readonly #server: Server;
  readonly #clock: Clock;
  readonly #clientBudget: ClientBudget;
  readonly #log: RequestLog;
  #world: World;
  #districts: readonly [SandboxDistrict, ...SandboxDistrict[]];
  #listener: Listener | undefined;
  #isStarting = false;

  /** @internal Use {@link createSandbox}. */
  constructor(options: ResolvedOptions) {
    this.#options = options;
    this.#clock = new Clock(options.clock);
    this.now = this.#clock.now;
    this.#clientBudget = new ClientBudget(this.#clock.now);
    this.#world = makeWorld(options, this.#signingKeys, this.#clock.now);
    if (options.state !== undefined) {
      loadState(this.#world, this.#clock, options.state);
    }
    this.#districts = this.#present();
    this.events = presentSwitch(() => this.#world.eventSwitch);
    this.keys = Object.freeze({ rotate: (how?: RotateOptions) => this.#signingKeys.rotate(how) });
    this.#log = new RequestLog(options.requestLogSize, this.#clock.now);
    this.#server = new Server({
      world: () => this.#settled(),
      faults: this.faults,
      log: this.#log,
      clock: this.#clock.now,
      control: this,
    });
    this.fetch = (input, init) => inject(this.#server, input, init);
    defineInspect(this, () => ({ url: this.url, districts: this.#districts.length, clientId: options.app.clientId }));
    Object.freeze(this);
  }

  /** The address at which the sandbox listens, without a slash at the end; `undefined` while it does not listen. */
  get url(): string | undefined {
    return this.#listener?.url;
  }

  /** The districts, in the order of the options; at least one. */
  get districts(): readonly [SandboxDistrict, ...SandboxDistrict[]] {
    return this.#districts;
  }

  /**
   * Returns the district with an id.
   *
   * @throws {@link SandboxError} when no district has this id.
   */
  district(id: string): SandboxDistrict {
    const district = this.#districts.find((candidate) => candidate.id === id);
    if (district === undefined) {
      throw new SandboxError('The sandbox has no district with this id. See `sandbox.districts`.');
    }
    return district;
  }

  /**
   * Finds people to log in as, ascending by id within each district.
   *
   * @example
   * ```ts
   * import { createSandbox } from 'clever-sdk/sandbox';
   *
   * const sandbox = createSandbox();
   * const [teacher] = sandbox.people({ role: 'teacher', connection: 'library', hasSections: true });
   * ```
   */
  people(query?: PeopleQuery): SandboxPerson[] {
    return findPeople(this.#settled().districts, query ?? {}, {
      origin: () => this.#options.publicUrl ?? this.url ?? CLEVER,
      clientId: this.#options.app.clientId,
    });
  }

  /**
   * Returns a user token without a login in a browser.
   *
   * @throws {@link SandboxError} when the person does not exist, or Clever would refuse the login.
   */
  userToken(request: UserTokenRequest): string {
    return this.#world.grants.issueUserToken(logInOrThrow(this.#settled().districts, request));
  }

  /**
   * Revokes a token: requests with it get 401. A revoked district-app token stays in the token list until
   * `rotateToken()` of the district replaces it.
   *
   * @throws {@link SandboxError} when the sandbox does not know the token.
   */
  revokeToken(token: string): void {
    if (!this.#world.grants.revoke(token)) {
      throw new SandboxError('The sandbox does not know this token: it was never issued, has expired or was revoked.');
    }
  }

  /**
   * Sets the sandbox's clock forward, relative to `clock` of its options. As a result, codes, tokens and
   * browser sessions expire, rate limits reset, pauses end and events become too old. A client that was
   * made with {@link Sandbox.clientOptions} uses this clock to decide whether a cursor of events is too
   * old, an id_token has expired, or a rate limit is over. Fake timers are not needed and have no effect on
   * it.
   *
   * @param milliseconds - A whole number, 0 or more.
   *
   * @example
   * ```ts
   * import { createCleverClient } from 'clever-sdk';
   * import { createSandbox } from 'clever-sdk/sandbox';
   *
   * const sandbox = createSandbox();
   * const token = sandbox.userToken({ user: sandbox.people({ role: 'teacher' })[0]?.id ?? '' });
   * sandbox.advance(24 * 60 * 60 * 1_000);
   * const clever = createCleverClient({ ...sandbox.clientOptions() });
   * await clever.oauth.me(token); // throws a CleverAuthenticationError: the token has expired
   * ```
   */
  advance(milliseconds: number): void {
    assertWholeNumber('milliseconds', milliseconds, 0);
    this.#clock.advance(milliseconds);
  }

  /**
   * Returns the requests that the sandbox received, the oldest first, whether they came over loopback,
   * through `fetch` or through msw. The log holds the latest `requestLogSize` requests, and nothing secret
   * or personal of them: no tokens, no codes, no ids of people.
   *
   * @example
   * ```ts
   * import { createCleverClient } from 'clever-sdk';
   * import { createSandbox } from 'clever-sdk/sandbox';
   *
   * const sandbox = createSandbox({ students: 200 });
   * const clever = createCleverClient({ ...sandbox.clientOptions() });
   * await clever.district({ token: sandbox.districts[0].token }).users.list({ role: 'student' }).firstPage();
   * const [request] = sandbox.requests({ path: '/v3.1/users' });
   * console.log(request?.query); // { role: 'student', limit: '1000' }
   * ```
   *
   * @throws {@link SandboxError} for a criterion that does not exist.
   */
  requests(query?: RequestQuery): LoggedRequest[] {
    return this.#log.list(query);
  }

  /** Clears the log of requests; the next request has number 1. */
  clearRequests(): void {
    this.#log.clear();
  }

  /** The redirect URIs that the app has registered, the primary one first. */
  get redirectUris(): readonly string[] {
    return this.#world.redirectUris.all;
  }

  /**
   * Registers a further redirect URI of the app, as its developer does at Clever in the dashboard: for an app
   * whose port is known only after the sandbox was made. Where the options name no redirect URI, the first
   * one that is registered becomes the primary one, before the default. `reset()` forgets it; a snapshot keeps it.
   *
   * @throws {@link SandboxError} for a text that is no absolute URI, or that has a fragment.
   */
  registerRedirectUri(uri: string): void {
    this.#world.redirectUris.register(uri);
  }

  /** Returns the options that `createCleverClient` needs: `createCleverClient({ ...sandbox.clientOptions() })`. */
  clientOptions(): SandboxClientOptions {
    return makeClientOptions(this.#world, this.url, {
      fetch: this.fetch,
      now: this.now,
      rateBudget: this.#clientBudget,
    });
  }

  /**
   * Starts to listen on 127.0.0.1, and answers at the host names of this machine only; `hosts` adds others. Needs
   * Node, or the Node compatibility of Bun or Deno.
   *
   * @returns This sandbox, with `url` set.
   * @throws {@link SandboxError} when the sandbox is already listening, for `hosts` that are no host names, and for a
   * key or a certificate that cannot be used; the system's error when the port is taken.
   */
  async listen(options: ListenOptions = {}): Promise<ListeningSandbox> {
    assertKnownKeys('listen()', options, ['port', 'hosts', 'https']);
    const { port = 0, hosts = [], https } = options;
    const { publicUrl } = this.#options;
    assertWholeNumber('port', port, 0);
    if (this.#listener !== undefined || this.#isStarting) {
      throw new SandboxError('The sandbox is already listening. Close it first, or use its `url`.');
    }
    this.#isStarting = true;
    try {
      // Imported here and not at the top, because the rest of the sandbox runs without Node.
      const { isUsable, listen } = await import('./server/listen.js');
      if (https !== undefined && !isUsable(https)) {
        throw new SandboxError('`https` must be { key, cert }: a private key and its certificate, both in PEM.');
      }
      const publicHosts = publicUrl === undefined ? [] : [new URL(publicUrl).hostname];
      this.#listener = await listen(this.#server, {
        port,
        hosts,
        publicHosts,
        ...(https === undefined ? {} : { https }),
      });
    } finally {
      this.#isStarting = false;
    }
    return this as ListeningSandbox;
  }

  /**
   * Returns what has changed since the start, so that another sandbox can continue from it, also on another
   * day: rosters, what is paused or not shared, events, connections and tokens, logins and browser
   * sessions, the app in teachers' Libraries, assignments, attendance, and how far the clock was set
   * forward. It leaves out codes, spent rate limits, faults, logged requests and the keys that sign
   * id_tokens.
   *
   * **It holds tokens of the sandbox and records of its people**: keep a file of it where you keep other secrets.
   *
   * @returns Plain JSON, a copy. Its size grows with what has changed, not with the size of the districts.
   *
   * @example
   * ```ts
   * import { createSandbox } from 'clever-sdk/sandbox';
   *
   * const sandbox = createSandbox({ seed: 1 });
   * sandbox.districts[0].changes.startSchoolYear();
   * const kept = JSON.stringify(sandbox.snapshot());
   * const later = createSandbox({ seed: 1, state: JSON.parse(kept) });
   * ```
   */
  snapshot(): SandboxState {
    return saveState(this.#settled(), this.#clock, this.#options);
  }

  /**
   * Restores the initial state. Where the sandbox was made with `state`, this is the state before `state`
   * was loaded. Rosters, connections, district-app tokens and the clock are as they were first. Events,
   * assignments, logins, browser sessions, Library installs, faults and logged requests are gone, and every
   * rate limit is unspent. The keys that sign id_tokens stay.
   */
  reset(): void {
    this.#clock.reset();
    this.#world = makeWorld(this.#options, this.#signingKeys, this.#clock.now);
    this.#districts = this.#present();
    this.faults.clear();
    this.#log.clear();
    this.#clientBudget.clear();
  }

  /** Stops listening and ends open connections. {@link Sandbox.fetch} continues to work. */
  async close(): Promise<void> {
    const listener = this.#listener;
    this.#listener = undefined;
    await listener?.close();
  }

  /** Returns the world, after it has ended the pauses whose time is over. */
  #settled(): World {
    for (const { pauses } of this.#world.districts) {
      pauses.settle();
    }
    return this.#world;
  }

  #present(): readonly [SandboxDistrict, ...SandboxDistrict[]] {
    const [first, ...others] = this.#world.districts.map(
      (district, index) => new SandboxDistrict(() => this.#settled().districts[index] ?? district),
    );
    if (first === undefined) {
      throw new SandboxError('A sandbox needs at least one district.');
    }
    return Object.freeze([first, ...others] as const);
  }
}

/**
 * Makes a Clever that runs in this process: OAuth, `/me`, `/userinfo`, the whole Data API and Events API in
 * v3.0 and v3.1, LMS Connect and attendance. Its districts are generated, given or recorded. Where the real
 * service was observed to differ from its specification, the sandbox behaves like the service.
 *
 * @throws {@link SandboxError} for an option that does not exist or has an invalid value.
 *
 * @example
 * ```ts
 * import { createCleverClient } from 'clever-sdk';
 * import { createSandbox } from 'clever-sdk/sandbox';
 *
 * const sandbox = createSandbox({ seed: 1, students: 200 });
 * const clever = createCleverClient({ ...sandbox.clientOptions() });
 * const district = clever.district({ token: sandbox.districts[0].token });
 * const schools = await district.schools.count();
 * ```
 */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const missing = missingBuiltIn();
  if (missing !== undefined) {
    throw new SandboxError(`This runtime has no \`${missing}\`. The sandbox runs on ${RUNTIMES}.`);
  }
  return new Sandbox(resolveOptions(options));
}
