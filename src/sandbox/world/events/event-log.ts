import { Random } from '../../roster/random.js';
import type { AnyRecord, Kind } from '../../roster/records.js';
import { lowerBound } from '../../roster/store/ordered.js';
import type { SavedDistrict } from '../state/state-schema.js';

/** What happened to a record. */
export type EventAction = 'created' | 'updated' | 'deleted';

/** A change of the roster. */
export interface RosterEvent {
  readonly id: string;
  readonly kind: Kind;
  readonly action: EventAction;
  readonly createdAtSeconds: number;
  /** The whole record after the change; for a deleted record, its last state. */
  readonly object: AnyRecord;
  /** The previous values of the changed members. */
  readonly previous: Readonly<Record<string, unknown>> | undefined;
  /** The schools that the record belongs to, or belonged to before. */
  readonly schools: readonly string[];
}

/** Source: dev.clever.com/docs/events-api. */
const RETENTION_SECONDS = 30 * 24 * 60 * 60;

/** The events of one district, oldest first. */
export class EventLog {
  readonly #clock: () => number;
  readonly #isProduced: () => boolean;
  readonly #machine: string;
  readonly #events = new Map<string, RosterEvent>();
  readonly #ids: string[] = [];
  #lastSecond = 0;
  #count = 0;

  /** @param isProduced - Whether events are produced at present. */
  constructor(districtId: string, clock: () => number, isProduced: () => boolean) {
    this.#clock = clock;
    this.#isProduced = isProduced;
    this.#machine = new Random(0, 'event machine', districtId).hex(10);
  }

  /**
   * Writes an event, or returns `undefined` while no events are produced; such a change never gets an
   * event. Event ids begin with the second of the event (observed) and ascend.
   */
  write(event: Omit<RosterEvent, 'id' | 'createdAtSeconds'>): RosterEvent | undefined {
    if (!this.#isProduced()) {
      return undefined;
    }
    // A clock that was set back must not make ids descend.
    const createdAtSeconds = Math.max(this.#lastSecond, Math.floor(this.#clock() / 1_000));
    this.#lastSecond = createdAtSeconds;
    const count = this.#count.toString(16).padStart(6, '0');
    this.#count += 1;
    const written = { ...event, id: `${hexSeconds(createdAtSeconds)}${this.#machine}${count}`, createdAtSeconds };
    this.#events.set(written.id, written);
    this.#ids.push(written.id);
    return written;
  }

  /** Returns the ids of the events that have not expired, ascending. */
  ids(): readonly string[] {
    return this.#ids.slice(lowerBound(this.#ids, hexSeconds(this.#oldestSecond())));
  }

  /** Returns an event; `undefined` if it does not exist or has expired. */
  get(id: string): RosterEvent | undefined {
    const event = this.#events.get(id);
    return event !== undefined && event.createdAtSeconds >= this.#oldestSecond() ? event : undefined;
  }

  /** Returns the events that have not expired, and the values that new ids must exceed, for a saved state. */
  save(): SavedDistrict['events'] {
    const kept = this.ids().flatMap((id) => this.#events.get(id) ?? []);
    return {
      written: this.#count,
      lastSecond: this.#lastSecond,
      kept: kept.map((event) => ({ ...event, previous: event.previous ?? null, schools: [...event.schools] })),
    };
  }

  /** Begins with events that happened before the sandbox started, oldest first. */
  begin(events: readonly RosterEvent[]): void {
    for (const event of events) {
      this.#events.set(event.id, event);
      this.#ids.push(event.id);
    }
    this.#ids.sort();
  }

  /** Continues from a saved state. */
  load({ written, lastSecond, kept }: SavedDistrict['events']): void {
    this.#count = written;
    this.#lastSecond = lastSecond;
    // The state has those that the log began with, too.
    this.#events.clear();
    this.#ids.length = 0;
    for (const event of kept) {
      this.#events.set(event.id, { ...event, previous: event.previous ?? undefined });
      this.#ids.push(event.id);
    }
  }

  #oldestSecond(): number {
    return Math.max(0, Math.ceil(this.#clock() / 1_000) - RETENTION_SECONDS);
  }
}

function hexSeconds(seconds: number): string {
  return seconds.toString(16).padStart(8, '0');
}
