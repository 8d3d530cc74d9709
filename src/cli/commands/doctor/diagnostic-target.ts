import {
  CLIENT_DEFAULTS,
  type CleverClient,
  type ClientEvent,
  createCleverClient,
  type District,
  type DistrictToken,
  type RateLimit,
} from '../../../index.js';
import { clientOptions } from '../../session/connect.js';
import type { Settings } from '../../session/environment.js';
import type { ConnectionOptions } from '../../session/options.js';
import type { CommandIo } from '../../terminal/io.js';
import { Probe } from './probe.js';

/** Options of `clever-sdk doctor`. */
export interface DoctorOptions extends ConnectionOptions {
  readonly redirectUri?: readonly string[];
}

/** The connection to examine: its settings, and the facts that the checks share. Each fact is requested once. */
export class DiagnosticTarget {
  readonly settings: Settings;
  readonly apiOrigin: string;
  readonly authOrigin: string;
  readonly probe: Probe;
  /** The district that the user named. */
  readonly districtId: string | undefined;
  /** The budget of the district-app token when it was first used. */
  rateLimit: RateLimit | undefined;
  /** Whether a request was answered with 429. */
  isBudgetSpent = false;
  readonly now: () => number;
  /** Of the Node that runs the command. */
  readonly nodeVersion: string;
  readonly #io: CommandIo;
  readonly #options: DoctorOptions;
  #districtTokens: Promise<DistrictToken[]> | undefined;
  #scopes: Promise<readonly string[]> | undefined;
  #record: Promise<District | undefined> | undefined;

  constructor(io: CommandIo, options: DoctorOptions, settings: Settings) {
    this.#io = io;
    this.#options = options;
    this.settings = settings;
    this.districtId = options.district;
    this.apiOrigin = settings.apiOrigin ?? CLIENT_DEFAULTS.apiOrigin;
    this.authOrigin = settings.authOrigin ?? CLIENT_DEFAULTS.authOrigin;
    this.now = () => io.now();
    this.nodeVersion = io.nodeVersion;
    this.probe = new Probe(io);
  }

  /** The API version that the user chose, otherwise the default. */
  get apiVersion(): 'v3.0' | 'v3.1' {
    return this.#options.apiVersion ?? CLIENT_DEFAULTS.apiVersion;
  }

  /** The redirect URIs that the user named, otherwise the one of the settings. */
  get redirectUris(): readonly string[] {
    const { redirectUri } = this.settings;
    return this.#options.redirectUri ?? (redirectUri === undefined ? [] : [redirectUri]);
  }

  get hasApp(): boolean {
    return this.settings.clientId !== undefined && this.settings.clientSecret !== undefined;
  }

  /**
   * A client that gives up quickly and reports every failure.
   *
   * @param isWatched - Whether it will use the examined district-app token, whose budget is then recorded.
   */
  client(apiVersion: 'v3.0' | 'v3.1' = 'v3.0', isWatched = false): CleverClient<'v3.0' | 'v3.1'> {
    const { redirectUri: _, ...settings } = this.settings;
    const { onEvent } = clientOptions(this.#io, this.#options, settings);
    return createCleverClient({
      ...clientOptions(this.#io, this.#options, settings),
      // A request for a token's scopes sends neither.
      clientId: settings.clientId ?? 'none',
      clientSecret: settings.clientSecret ?? 'none',
      apiVersion,
      retry: false,
      timeoutMs: 15_000,
      onEvent: (event) => {
        if (isWatched) {
          this.#notice(event);
        }
        onEvent?.(event);
      },
    });
  }

  /** The app's district-app tokens. */
  districtTokens(): Promise<DistrictToken[]> {
    this.#districtTokens ??= this.client().oauth.districtTokens();
    return this.#districtTokens;
  }

  /** The district-app token to examine: the one that was set, otherwise the chosen district's, otherwise the first. */
  async token(): Promise<string | undefined> {
    const { districtToken } = this.settings;
    if (districtToken !== undefined && this.districtId === undefined) {
      return districtToken;
    }
    const tokens = this.hasApp ? await this.districtTokens() : [];
    return tokens.find(({ owner }) => this.districtId === undefined || owner?.id === this.districtId)?.access_token;
  }

  /** The token's entry in the token list; `undefined` if it has none, or the list cannot be read. */
  async entryOf(token: string): Promise<DistrictToken | undefined> {
    const tokens = this.hasApp ? await this.districtTokens().catch(() => []) : [];
    return tokens.find(({ access_token }) => access_token === token);
  }

  /** Returns a client of the token's district. */
  async district(apiVersion: 'v3.0' | 'v3.1') {
    return this.client(apiVersion, true).district({ token: (await this.token()) ?? '' });
  }

  /** The district's own record. */
  record(): Promise<District | undefined> {
    this.#record ??= this.district('v3.0').then(async ({ districts }) => (await districts.list().firstPage()).data[0]);
    return this.#record;
  }

  /** The token's scopes, from the token list or, if it is not listed, from the token itself. */
  scopes(): Promise<readonly string[]> {
    this.#scopes ??= this.#readScopes();
    return this.#scopes;
  }

  async #readScopes(): Promise<readonly string[]> {
    const token = (await this.token()) ?? '';
    const listed = (await this.entryOf(token))?.scopes;
    return listed ?? (await this.client().oauth.tokenInfo(token)).scopes ?? [];
  }

  #notice(event: ClientEvent): void {
    if (event.kind === 'response') {
      this.rateLimit ??= event.rateLimit;
      this.isBudgetSpent ||= event.status === 429;
    }
  }
}
