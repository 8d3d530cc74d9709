import {
  type ApiVersion,
  type CleverClient,
  CleverConfigError,
  type CleverTokenClient,
  type DistrictClientV30,
  hasCode,
  type SensitiveField,
  type TokenSource,
} from '../../index.js';
import { isObject } from '../../util/is-object.js';
import { omitUndefined } from '../../util/omit-undefined.js';
import { isSyncKind, type SyncKind } from '../kinds.js';
import { isBeforeAllEvents } from './position.js';

/** A record as Clever sent it, without the sensitive fields that were not asked for. */
export type RawRecord = Readonly<Record<string, unknown>>;

/** A page of one kind. */
export interface SourcePage {
  readonly records: readonly RawRecord[];
  /** Where the listing continues. */
  readonly cursor: string;
}

/** What happened to one record, according to an event. */
export interface SourceEvent {
  readonly eventId: string;
  readonly kind: SyncKind;
  readonly isDeletion: boolean;
  readonly record: RawRecord;
  /** The members that changed, as paths; `undefined` where the event does not name them. */
  readonly fields: readonly string[] | undefined;
}

/** A page of events. */
export interface EventPage {
  /** Those of a documented kind, in their order. */
  readonly events: readonly SourceEvent[];
  /** The id of the last event of the page; `undefined` for an empty page. */
  readonly lastId: string | undefined;
}

/** A district whose token is known without an app. */
export interface KnownDistrict {
  readonly districtId: string;
  /** Its district-app token. */
  readonly token: TokenSource;
}

/** Whose districts are read. */
export interface SourceOptions {
  readonly clever: CleverClient<ApiVersion> | CleverTokenClient<ApiVersion>;
  readonly districts: readonly KnownDistrict[] | undefined;
  readonly sensitiveFields: readonly SensitiveField[];
  readonly pageSize: number | undefined;
}

/** Reads districts through the public client. */
export class SyncSource {
  readonly #options: SourceOptions;
  readonly #clients = new Map<string, DistrictClientV30<SensitiveField>>();

  constructor(options: SourceOptions) {
    this.#options = options;
  }

  /** The ids of the districts that are known without asking Clever; `undefined` for an app's. */
  get districtIds(): readonly string[] | undefined {
    return this.#options.districts?.map(({ districtId }) => districtId);
  }

  /**
   * The ids of the districts that the app is connected to, or of those that it names itself. Sends
   * `GET /oauth/tokens` for an app's.
   *
   * @param signal - Aborts the request and its waits; it then rejects with its reason.
   */
  async connectedDistricts(signal?: AbortSignal): Promise<readonly string[]> {
    if (this.districtIds !== undefined) {
      return this.districtIds;
    }
    const { oauth } = this.#options.clever as CleverClient<ApiVersion>;
    return (await oauth.districtTokens(omitUndefined({ signal }))).flatMap(({ owner }) => owner?.id ?? []);
  }

  /**
   * Opens a district for one run, whose requests are counted.
   *
   * @param signal - Aborts the run's requests and their waits; they then reject with its reason.
   */
  open(districtId: string, signal?: AbortSignal): DistrictReader {
    let client = this.#clients.get(districtId);
    if (client === undefined) {
      client = this.#clientOf(districtId);
      this.#clients.set(districtId, client);
    }
    return new DistrictReader(client, { pageSize: this.#options.pageSize, signal });
  }

  /** The scopes of a district's token; `undefined` without the app's credentials. Sends `GET /oauth/tokens`. */
  async scopes(districtId: string, signal?: AbortSignal): Promise<readonly string[] | undefined> {
    const { clever, districts } = this.#options;
    if (districts !== undefined) {
      return undefined;
    }
    const [token] = await (clever as CleverClient<ApiVersion>).oauth.districtTokens({
      districtId,
      ...omitUndefined({ signal }),
    });
    return token?.scopes;
  }

  #clientOf(districtId: string): DistrictClientV30<SensitiveField> {
    const { clever, districts, sensitiveFields } = this.#options;
    if (districts === undefined) {
      // The same client for all runs: it remembers the district's token.
      return (clever as CleverClient<ApiVersion>).district({ districtId, sensitiveFields });
    }
    const known = districts.find((district) => district.districtId === districtId);
    if (known === undefined) {
      throw new CleverConfigError('The district is not in `districts`, so the sync has no token for it.');
    }
    return clever.district({ token: known.token, sensitiveFields });
  }
}

/** Reads one district. */
export class DistrictReader {
  readonly #client: DistrictClientV30<SensitiveField>;
  /** Options of every request. */
  readonly #request: { readonly signal?: AbortSignal };
  readonly #pageSize: { readonly pageSize?: number };
  #requests = 0;

  constructor(
    client: DistrictClientV30<SensitiveField>,
    { pageSize, signal }: { readonly pageSize: number | undefined; readonly signal: AbortSignal | undefined },
  ) {
    this.#client = client;
    this.#pageSize = omitUndefined({ pageSize });
    this.#request = omitUndefined({ signal });
  }

  /**
   * How many answers of Clever were used. A search for the newest event, which may take several, and the fetch of a
   * token count as one each.
   */
  get requests(): number {
    return this.#requests;
  }

  /** The district's own record, and the version of the API that sent it. Sends `GET /districts`. */
  async district(): Promise<{ readonly record: RawRecord | undefined; readonly apiVersion: string }> {
    this.#requests += 1;
    const listing = this.#client.districts.list({ validation: 'off', ...this.#request });
    const { data, cursor } = await listing.firstPage();
    return { record: data[0] as RawRecord | undefined, apiVersion: cursor.split('/')[1] ?? '' };
  }

  /**
   * The pages of one kind.
   *
   * @param from - The cursor of a page that was read before: the listing continues after it.
   */
  async *pages(kind: SyncKind, from: string | undefined): AsyncGenerator<SourcePage, void, undefined> {
    if (kind === 'districts') {
      // A district's token sees one district, which was read already where a run needs it.
      const { record } = await this.district();
      yield { records: record === undefined ? [] : [record], cursor: '' };
      return;
    }
    const listing = this.#client[kind].list({
      validation: 'off',
      ...this.#pageSize,
      ...this.#request,
      ...omitUndefined({ from }),
    });
    for await (const { data, cursor } of listing.pages()) {
      this.#requests += 1;
      yield { records: data as readonly object[] as readonly RawRecord[], cursor };
    }
  }

  /** How many records of a kind there are; `undefined` where Clever does not count them. */
  async count(kind: SyncKind): Promise<number | undefined> {
    if (kind === 'districts' || kind === 'resources') {
      return undefined;
    }
    this.#requests += 1;
    return this.#client[kind].count(this.#request);
  }

  /** Whether events after a position may no longer be kept, by Clever's own clock. Sends nothing. */
  isTooOld(after: string): boolean {
    try {
      this.#client.events.list({ after });
      return false;
    } catch (error) {
      if (hasCode(error, 'cursor_expired')) {
        return true;
      }
      throw error;
    }
  }

  /** The id of the newest event, or a position made from the time. */
  async latestEventId(): Promise<string | undefined> {
    this.#requests += 1;
    return this.#client.events.latestCursor(this.#request);
  }

  /**
   * The events after a position, page by page.
   *
   * @throws {@link CleverCursorExpiredError} when the position is an event's, and some after it may no longer be kept.
   */
  async *events(after: string): AsyncGenerator<EventPage, void, undefined> {
    // A time is not compared with ids of events, because Clever's clock is another one.
    const place = isBeforeAllEvents(after) ? {} : { after };
    const listing = this.#client.events.list({ ...place, ...this.#request, validation: 'off' });
    for await (const { data } of listing.pages()) {
      this.#requests += 1;
      yield { events: data.flatMap(sourceEvent), lastId: data.at(-1)?.id };
    }
  }
}

function sourceEvent(event: {
  readonly id: string;
  readonly type: string;
  readonly data?: { readonly object?: unknown; readonly previous_attributes?: unknown } | null;
}): SourceEvent[] {
  const [kind = '', change] = event.type.split('.');
  const record = event.data?.object;
  if (!isSyncKind(kind) || typeof record !== 'object' || record === null) {
    return [];
  }
  const fields = change === 'updated' ? changedFields(event.data?.previous_attributes) : undefined;
  return [{ eventId: event.id, kind, isDeletion: change === 'deleted', record: record as RawRecord, fields }];
}

/**
 * The members that an event names as changed, as paths. `last_modified` changes as well, and is not among them
 * (observed).
 */
function changedFields(previous: unknown): readonly string[] | undefined {
  const paths = pathsIn(previous, '');
  return paths.length === 0 ? undefined : [...new Set([...paths, 'last_modified'])].sort();
}

function pathsIn(value: unknown, prefix: string): string[] {
  if (!isObject(value)) {
    return [];
  }
  return Object.entries(value).flatMap(([name, member]) =>
    isObject(member) && Object.keys(member).length > 0 ? pathsIn(member, `${prefix}${name}.`) : [prefix + name],
  );
}
