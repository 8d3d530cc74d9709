import type { CallOptions } from '../api/context.js';
import type { SequentialListParams } from '../api/parameters.js';
import type { ResourceApi } from '../api/resource-api.js';
import { CleverConfigError, isCleverError } from '../errors/index.js';
import { assertKnownKeys } from '../options/known-keys.js';
import type { Paginated } from '../pagination/index.js';
import type { EventCollection, RosterEventWith } from '../schemas/event.js';
import { REQUEST_KEYS, type RequestOptions } from '../transport/index.js';
import { isObject } from '../util/is-object.js';
import { keysOf } from '../util/keys-of.js';
import type { SensitiveField } from '../values/index.js';
import {
  checkCursorAge,
  checkEventId,
  DEFAULT_RETENTION_MARGIN_MS,
  EVENT_RETENTION_MS,
  eventIdAt,
  eventIdIn,
} from './event-cursor.js';

const DAY_MS = 24 * 60 * 60 * 1_000;

/** The periods in which the newest event is searched first, because most districts sync once a day. */
const RECENT_MS = [2 * DAY_MS, 8 * DAY_MS];

/** A position made from the time is this much earlier, because an event may be written a moment after its time. */
const CLOCK_MARGIN_MS = 10_000;

const LATEST = 'events.latestCursor()';

/**
 * A collection that has events, as named by the `record_type` filter: a documented one or any other text.
 */
export type EventRecordType = EventCollection | (string & {});

/** Which events to list. */
export interface EventListParams extends SequentialListParams {
  /**
   * The id of an event that was already handled: the listing continues after it. `undefined` reads
   * everything that Clever still has, starting with the oldest event. Sent as `starting_after`.
   */
  readonly after?: string | undefined;
  /** Only events of this school: its Clever id. */
  readonly school?: string;
  /**
   * Only events of these collections. Sent once per value. Clever documents no values; it is inferred that
   * they are the first halves of the event types.
   */
  readonly record_type?: EventRecordType | readonly EventRecordType[];
  /**
   * How long before the end of Clever's 30 days a cursor is refused, in milliseconds: a margin for the run
   * itself and for clock differences. Default one day.
   */
  readonly retentionMarginMs?: number;
}

type OwnParams = Omit<EventListParams, keyof SequentialListParams>;
const FILTERS = keysOf<Pick<OwnParams, 'school' | 'record_type'>>()({ school: true, record_type: true });
const OWN_OPTIONS = keysOf<Omit<OwnParams, 'school' | 'record_type'>>()({ after: true, retentionMarginMs: true });

/**
 * The changes in the district, oldest first. Available as `district.events`.
 *
 * Events are part of Secure Sync, are off until the app enables them, and are kept for 30 days. To maintain
 * a copy of the roster, store {@link Events.latestCursor}, read the roster once, then at least daily list
 * the events `after` the stored id, apply them in order and store the id of the last one. Expect repeated
 * events.
 *
 * Source: dev.clever.com/docs/events-api.
 *
 * @typeParam Sensitive - The sensitive fields that the client returns; `never` for none.
 */
export class Events<Sensitive extends SensitiveField = never> {
  readonly #api: ResourceApi;
  readonly #apiVersion: string;
  readonly #now: () => number;

  /** @internal */
  constructor(api: ResourceApi, { apiVersion, now }: { readonly apiVersion: string; readonly now: () => number }) {
    this.#api = api;
    this.#apiVersion = apiVersion;
    this.#now = now;
  }

  /**
   * Lists events, oldest first (ascending by id).
   *
   * Sends `GET /events` and follows Clever's `next` links to the end. Lazy: nothing is sent until the
   * listing is read. An event of a type that the SDK does not know is delivered unchanged, so a `switch`
   * over `event.type` needs a `default`. The previous values of a record are in
   * `event.data.previous_attributes`, where Clever sends them (observed), even if they arrive next to
   * `data`, where Clever's specification puts them.
   *
   * Where the app has not enabled events, Clever writes none: the list is empty, or ends with the events from before
   * they were disabled, and no error says so (inferred from the documentation; not observed). `clever-sdk doctor` shows
   * whether a district has events.
   *
   * @param params.after - The id of the last event handled. Pass `page.cursor` as `from` instead.
   * @param params.pageSize - Sent as `limit`. Default 1000. The maximum is not documented.
   * @throws {@link CleverCursorExpiredError} when the event named by `after` or `from` is older than 30
   * days minus `retentionMarginMs`, before any event is delivered: immediately, or when an existing listing is
   * read too late. Clever itself would answer 200 and silently skip the events that it no longer has. The age is
   * measured by the clock of the service, as its answers name it in `Date`; before the first answer, by that of this
   * machine, and once more when the answer has arrived.
   * @throws {@link CleverNotFoundError} when the token is not that of a district with Secure Sync (inferred).
   */
  list(params: EventListParams = {}): Paginated<RosterEventWith<Sensitive>> {
    const call = 'events.list()';
    const { after, from, retentionMarginMs: marginMs = DEFAULT_RETENTION_MARGIN_MS } = params;
    if (after !== undefined) {
      checkEventId(call, after);
    }
    if (after !== undefined && from !== undefined) {
      throw new CleverConfigError(`${call}: pass \`after\` (an event's id) or \`from\` (a page's cursor), not both.`);
    }
    if (!Number.isSafeInteger(marginMs) || marginMs < 0 || marginMs > EVENT_RETENTION_MS) {
      throw new CleverConfigError(`${call}: \`retentionMarginMs\` must be from 0 to 30 days, in milliseconds.`);
    }
    const cursor = after ?? from;
    const eventId = after ?? (typeof from === 'string' ? eventIdIn(from) : undefined);
    const pathTemplate = `/${this.#apiVersion}/events`;
    const beforeReading = (): void => {
      if (cursor !== undefined && eventId !== undefined) {
        checkCursorAge({ cursor, eventId, nowMs: this.#now(), marginMs, pathTemplate });
      }
    };
    const listing = this.#list(call, params, { startingAfter: after, beforeReading });
    beforeReading();
    return listing;
  }

  /**
   * Reads one event. Sends `GET /events/{id}`.
   *
   * @throws {@link CleverNotFoundError} when it does not exist or is older than 30 days.
   */
  get(id: string, options?: CallOptions): Promise<RosterEventWith<Sensitive>> {
    return this.#api.get(
      { call: 'events.get()', kind: 'event', path: '/events/{id}', id, advice: 'events', arrange: arrangeEvent },
      options,
    );
  }

  /**
   * The position after the newest event: where a sync starts from. Store it **before** the roster is read, so that an
   * event reports what changes meanwhile.
   *
   * Clever documents no call for it. This reads `GET /events` to its end, beginning two days ago, then
   * eight days ago, then at the oldest event, until it meets one: a position between events is accepted
   * (observed) and saves the pages before it. Should Clever refuse one, the search starts at the oldest
   * event at once.
   *
   * @returns The id of the newest event. Where Clever has no event, a position made from the time at which the call
   * began, by the clock of the service: ids begin with the time of their event (observed), so that the events to come
   * are after it (inferred).
   */
  async latestCursor(options: RequestOptions = {}): Promise<string> {
    assertKnownKeys(LATEST, options, REQUEST_KEYS);
    const begunAt = performance.now();
    const last = await this.#newestId(options);
    // The clock of the service may be known only now, from the answers.
    return last ?? eventIdAt(this.#now() - (performance.now() - begunAt) - CLOCK_MARGIN_MS);
  }

  /** The id of the newest event; `undefined` when Clever has none. */
  async #newestId(options: RequestOptions): Promise<string | undefined> {
    const now = this.#now();
    for (const ageMs of RECENT_MS) {
      try {
        const found = await this.#lastId(options, eventIdAt(now - ageMs));
        if (found !== undefined) {
          return found;
        }
      } catch (error) {
        if (!isCleverError(error) || (error.code !== 'bad_request' && error.code !== 'not_found')) {
          throw error;
        }
        break;
      }
    }
    return this.#lastId(options);
  }

  async #lastId(options: RequestOptions, startingAfter?: string): Promise<string | undefined> {
    let last: string | undefined;
    const params: SequentialListParams = { ...options, validation: 'off' };
    for await (const { data } of this.#list(LATEST, params, { startingAfter }).pages()) {
      last = data.at(-1)?.id ?? last;
    }
    return last;
  }

  #list(
    call: string,
    params: EventListParams,
    position: { readonly startingAfter?: string | undefined; readonly beforeReading?: () => void },
  ): Paginated<RosterEventWith<Sensitive>> {
    return this.#api.list(
      {
        call,
        kind: 'event',
        path: '/events',
        isSequential: true,
        filters: FILTERS,
        ownOptions: OWN_OPTIONS,
        advice: 'events',
        arrange: arrangeEvent,
        ...position,
      },
      params,
    );
  }
}

/**
 * Puts `previous_attributes` where Clever sends it, inside `data`, when it arrived beside `data`. Makes a
 * copy and removes nothing.
 */
function arrangeEvent(event: Record<string, unknown>): Record<string, unknown> {
  const { data, previous_attributes: beside } = event;
  // An empty one inside `data` says nothing, and must not hide the one beside `data`.
  const isMissing = isObject(data) && Object.keys(data['previous_attributes'] ?? {}).length === 0;
  return isMissing && isObject(beside) ? { ...event, data: { ...data, previous_attributes: beside } } : event;
}
