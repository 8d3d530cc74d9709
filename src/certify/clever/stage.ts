import type { DistrictSource } from '../../sandbox/index.js';
import { type Listener, listen } from './listener.js';
import { observe } from './observe.js';
import { Witness } from './witness.js';
import { makeWorld, type World, type WorldSettings } from './world.js';

/** What a {@link Stage} is made from. */
export interface StageOptions {
  readonly port: number;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUris: readonly string[];
  readonly seed: number;
}

/** Keeps a person at Clever who would go on to the app. */
interface Hold {
  /** How many are let through first. */
  skip: number;
  callback: URL | undefined;
}

/** The districts of the first world, in which the app proves that it is pointed at the sandbox. */
const FIRST_DISTRICTS: readonly DistrictSource[] = [{ students: 20 }];

/** Clever's place in a run: one address and one app, with one world after another. */
export class Stage {
  readonly witness = new Witness();
  readonly #options: StageOptions;
  readonly #redirectUris: string[];
  #listener!: Listener;
  #world!: World;
  #worlds = 0;
  #hold: Hold | undefined;
  #arrival: () => void = () => undefined;
  /** Settled when the first request with the app's client id arrives. */
  readonly firstRequest: Promise<void> = new Promise((resolve) => {
    this.#arrival = resolve;
  });

  private constructor(options: StageOptions) {
    this.#options = options;
    this.#redirectUris = [...options.redirectUris];
    this.witness.knows(options.clientSecret, 'client secret');
  }

  static async open(options: StageOptions): Promise<Stage> {
    const stage = new Stage(options);
    stage.#listener = await listen(options.port, (request) => stage.#answer(request));
    stage.openWorld(FIRST_DISTRICTS);
    return stage;
  }

  /** Where the sandbox listens. */
  get url(): string {
    return this.#listener.url;
  }

  get world(): World {
    return this.#world;
  }

  get clientId(): string {
    return this.#options.clientId;
  }

  /** What to put into the app's environment. */
  get variables(): Readonly<Record<string, string>> {
    return {
      CLEVER_CLIENT_ID: this.#options.clientId,
      CLEVER_CLIENT_SECRET: this.#options.clientSecret,
      CLEVER_API_ORIGIN: this.url,
      CLEVER_AUTH_ORIGIN: this.url,
    };
  }

  /** Whether an address is the sandbox's. */
  isClever({ origin }: URL): boolean {
    return origin === this.url;
  }

  /** The redirect URIs that the app registered, the primary one first. */
  get redirectUris(): readonly string[] {
    return this.#redirectUris;
  }

  /** Registers the redirect URI of a login that the app began, as its developer does in Clever's dashboard. */
  register(redirectUri: string): void {
    if (!this.#redirectUris.includes(redirectUri)) {
      this.#redirectUris.push(redirectUri);
      this.#world.sandbox.registerRedirectUri(redirectUri);
    }
  }

  /**
   * Replaces the world. Tokens and sessions of the former one are worth nothing in it.
   *
   * @param slowMs - By how much its clock is slow, in milliseconds.
   */
  openWorld(districts: readonly DistrictSource[], slowMs = 0): World {
    const { clientId, clientSecret, seed } = this.#options;
    const settings: WorldSettings = {
      url: this.url,
      clientId,
      clientSecret,
      appName: 'The app under test',
      redirectUris: this.#redirectUris,
      slowMs,
    };
    this.#worlds += 1;
    this.#world = makeWorld(settings, districts, seed + this.#worlds * 1_000);
    for (const district of this.#world.districts) {
      if (district.connection !== 'library') {
        this.witness.knows(district.token, 'district token');
      }
    }
    return this.#world;
  }

  /**
   * Does something that leads a person through Clever to the app, and keeps the person at Clever.
   *
   * @param skip - How many returns to the app are let through first: 1 for the second one of a portal login.
   * @returns The address, with its code or error, that the person would have gone to; `undefined` when none did.
   */
  async hold(go: () => Promise<unknown>, skip = 0): Promise<URL | undefined> {
    const hold: Hold = { skip, callback: undefined };
    this.#hold = hold;
    try {
      await go();
      return hold.callback;
    } finally {
      this.#hold = undefined;
    }
  }

  async close(): Promise<void> {
    await this.#listener.close();
  }

  async #answer(request: Request): Promise<Response> {
    const { sandbox } = this.#world;
    const response = await observe(request, { fetch: (one) => sandbox.fetch(one), now: sandbox.now }, this.witness);
    if (this.#isFromApp(request)) {
      this.#arrival();
    }
    return this.#heldBack(response, new URL(request.url));
  }

  #heldBack(response: Response, at: URL): Response {
    const location = response.headers.get('location');
    const to = location !== null && URL.canParse(location, at) ? new URL(location, at) : undefined;
    if (this.#hold === undefined || to === undefined || !isReturn(to) || this.#hold.callback !== undefined) {
      return response;
    }
    if (this.#hold.skip > 0) {
      this.#hold.skip -= 1;
      return response;
    }
    this.#hold.callback = to;
    const headers = new Headers(response.headers);
    headers.delete('location');
    headers.set('content-type', 'text/html; charset=utf-8');
    return new Response('<!doctype html><title>Clever</title>', { headers });
  }

  #isFromApp(request: Request): boolean {
    const { searchParams } = new URL(request.url);
    const basic = /^basic\s+(\S+)$/iu.exec(request.headers.get('authorization') ?? '')?.[1];
    const named = basic === undefined ? undefined : Buffer.from(basic, 'base64').toString().split(':')[0];
    return searchParams.get('client_id') === this.#options.clientId || named === this.#options.clientId;
  }
}

/** Whether an address is where Clever sends a person who comes back from a login. */
function isReturn({ searchParams }: URL): boolean {
  return searchParams.has('code') || searchParams.has('error');
}
