import { defineInspect } from '../privacy/index.js';
import type { Control } from './control/control.js';
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
import {
  findPeople,
  logInOrThrow,
  type PeopleQuery,
  type SandboxPerson,
  type UserTokenRequest,
} from './world/people.js';
import { SandboxDistrict } from './world/sandbox-district.js';
import { loadState, saveState } from './world/state/state.js';
import type { SandboxState } from './world/state/state-schema.js';
import { makeWorld, type World } from './world/world.js';

/** A sandbox with an address. */
export interface ListeningSandbox extends Sandbox {
  readonly url: string;
}

/**
 * A Clever on this machine. Made by {@link createSandbox}.
 *
 * Printing it, or anything it hands out, shows no token, secret, code or person.
 */
export class Sandbox implements Control {
  /** Failures to answer with. */
  readonly faults: Faults = new Faults();

  /**
   * Answers a request without a network, as the global `fetch` would answer it from Clever: at `https://api.clever.com`,
   * `https://clever.com` and any other origin alike. Runs wherever `Request` and `Response` exist. Follows no redirects.
   * Bound: pass it on as it is.
   *
   * @throws `TypeError` where a fault resets the connection; the signal's reason after an abort.
   */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

  /** The time in the sandbox, in milliseconds since 1970. Bound: pass it on as it is. */
  readonly now: () => number;

  /** Whether events are produced, for all districts. */
  readonly events: SandboxEvents;

  /** The keys that sign id_tokens. They outlive `reset()`. */
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

  /** Where the sandbox listens, without a slash at the end; `undefined` while it does not. */
  get url(): string | undefined {
    return this.#listener?.url;
  }

  /** The districts, in the order in which they were given. There is at least one. */
  get districts(): readonly [SandboxDistrict, ...SandboxDistrict[]] {
    return this.#districts;
  }

  /**
   * One district.
   *
   * @throws {@link SandboxError} when there is none with this id.
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
    return findPeople(this.#settled().districts, query);
  }

  /**
   * A user token without the way through the browser.
   *
   * @throws {@link SandboxError} when there is no such person, or Clever would not let the person in.
   */
  userToken(request: UserTokenRequest): string {
    return this.#world.grants.issueUserToken(logInOrThrow(this.#settled().districts, request));
  }

  /**
   * Makes a token worthless: whoever uses it is answered with 401. A revoked district-app token stays in the token list;
   * `rotateToken()` of the district replaces it.
   *
   * @throws {@link SandboxError} when the sandbox knows no such token.
   */
  revokeToken(token: string): void {
    if (!this.#world.grants.revoke(token)) {
      throw new SandboxError(
        'The sandbox knows no such token: it was never issued, has expired or was revoked before.',
      );
    }
  }

  /**
   * Sets the sandbox's clock forward, against `clock` of its options: codes, tokens and browsers' sessions expire, budgets fill up,
   * pauses end and events grow too old. A client that was made with {@link Sandbox.clientOptions} goes by this clock: by it a cursor of
   * events is too old, an id_token has expired and a rate limit is over. Fake timers have no part in this and are not needed.
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
   * What the sandbox was asked, the oldest first, by whichever way: over loopback, through `fetch` or through msw. Holds the latest
   * `requestLogSize` requests, and nothing of them that is secret or somebody's: no tokens, no codes, no people's ids.
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
   * console.log(request?.query); // { role: 'student', limit: '100' }
   * ```
   *
   * @throws {@link SandboxError} for a criterion that does not exist.
   */
  requests(query?: RequestQuery): LoggedRequest[] {
    return this.#log.list(query);
  }

  /** Forgets the requests so far; the next one has number 1. */
  clearRequests(): void {
    this.#log.clear();
  }

  /** What `createCleverClient` needs: `createCleverClient({ ...sandbox.clientOptions() })`. */
  clientOptions(): SandboxClientOptions {
    return makeClientOptions(this.#options.app, this.url, {
      fetch: this.fetch,
      now: this.now,
      rateBudget: this.#clientBudget,
    });
  }

  /**
   * Listens on 127.0.0.1, on Node (also Bun and Deno with their Node compatibility).
   *
   * @returns This sandbox, whose `url` is set now.
   * @throws {@link SandboxError} when it listens already; the system's error when the port is taken.
   */
  async listen(options: ListenOptions = {}): Promise<ListeningSandbox> {
    assertKnownKeys('listen()', options, ['port']);
    const { port = 0 } = options;
    assertWholeNumber('port', port, 0);
    if (this.#listener !== undefined || this.#isStarting) {
      throw new SandboxError('The sandbox listens already. Close it first, or use its `url`.');
    }
    this.#isStarting = true;
    try {
      // Loaded here and not at the top: everything else of the sandbox runs without Node.
      const { listen } = await import('./server/listen.js');
      this.#listener = await listen(this.#server, port);
    } finally {
      this.#isStarting = false;
    }
    return this as ListeningSandbox;
  }

  /**
   * What has changed since the beginning, to go on from in another sandbox or another day: rosters, what is paused or not shared,
   * events, connections and tokens, logins and browsers' sessions, the app's place in teachers' Libraries, assignments, attendance and
   * how far the clock was set forward. Codes, spent budgets, faults, remembered requests and the keys of id_tokens are no part of it.
   *
   * **It holds tokens of the sandbox and records of its people**: a file of it belongs where other secrets are.
   *
   * @returns Plain JSON, a copy. As large as what has changed, not as the districts.
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
   * Back to the beginning, also of a sandbox that was made with `state`: rosters, connections and district-app tokens as at
   * first, no events, no assignments, nobody logged in or signed in, the app in nobody's Library, full budgets, no faults, no
   * requests remembered, the clock as it was. The keys of id_tokens stay.
   */
  reset(): void {
    this.#clock.reset();
    this.#world = makeWorld(this.#options, this.#signingKeys, this.#clock.now);
    this.#districts = this.#present();
    this.faults.clear();
    this.#log.clear();
    this.#clientBudget.clear();
  }

  /** Stops listening and ends open connections. {@link Sandbox.fetch} goes on working. */
  async close(): Promise<void> {
    const listener = this.#listener;
    this.#listener = undefined;
    await listener?.close();
  }

  /** The world, after the pauses whose time is over have ended. */
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
 * Makes a Clever that runs in this process: OAuth, `/me`, `/userinfo`, the whole Data API and events, v3.0 and v3.1, LMS
 * Connect and attendance, over districts that are made up, given or recorded. It behaves as the real service was observed
 * to, not as its specification says.
 *
 * @throws {@link SandboxError} for an option that does not exist or cannot be.
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
  return new Sandbox(resolveOptions(options));
}
