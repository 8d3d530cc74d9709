import { isObject } from '../../util/is-object.js';
import type { Json } from '../../util/types.js';
import { KNOWN_EVENT_TYPES } from '../../values/events.js';
import { isRecord, KINDS, type Kind, type RawRecord } from './kinds.js';

/** An event of the roster. */
export interface RawEvent {
  readonly id: string;
  readonly kind: Kind;
  readonly action: 'created' | 'updated' | 'deleted';
  readonly created: unknown;
  readonly object: RawRecord;
  /** `undefined` when the event has none. */
  readonly previous: Json | undefined;
}

/** An answer that refused a request. */
export interface RawError {
  readonly method: string;
  /** The path, with `{id}` for what is no word of Clever's. */
  readonly path: string;
  readonly status: number;
  /** The body; `undefined` when it was none that Clever's data paths answer with. */
  readonly body: Json | undefined;
  readonly isHtml: boolean;
}

/** An answer about a person or a token. */
export type AnswerKind = 'me' | 'userinfo' | 'tokenInfo' | 'districtTokens';

/** What a recording is made from: values of the source, by what they are. In memory only. */
export class Facts {
  readonly records: Readonly<Record<Kind, Map<string, RawRecord>>> = Object.fromEntries(
    KINDS.map((kind) => [kind, new Map()]),
  ) as Record<Kind, Map<string, RawRecord>>;
  readonly events = new Map<string, RawEvent>();
  readonly answers = new Map<AnswerKind, Json[]>();
  readonly errors: RawError[] = [];
  /** What was left out, and how often. */
  readonly dropped = new Map<string, number>();
  /** The API version of the paths. */
  version = 'v3.1';

  /** Takes a record, in addition to what is known of it. One without an id or a district is left out. */
  addRecord(kind: Kind, record: unknown): void {
    if (!isRecord(kind, record)) {
      this.drop(`${kind} without an id or a district`);
      return;
    }
    const records = this.records[kind];
    records.set(record.id, { ...records.get(record.id), ...record });
  }

  /** Takes an event. One of a type that is not known, or without a whole record, is left out. */
  addEvent(event: unknown): void {
    const read = readEvent(event);
    if (read === undefined) {
      this.drop('events of an unknown type, or without a record');
    } else {
      this.events.set(read.id, read);
    }
  }

  /** Takes an answer about a person or a token. */
  addAnswer(kind: AnswerKind, answer: unknown): void {
    if (isObject(answer)) {
      const answers = this.answers.get(kind) ?? [];
      answers.push(answer);
      this.answers.set(kind, answers);
    } else {
      this.drop('answers that are no JSON object');
    }
  }

  /** Takes an answer that refused a request; one of each sort. */
  addError(error: RawError): void {
    const isSame = (other: RawError): boolean =>
      other.method === error.method && other.path === error.path && other.status === error.status;
    if (!this.errors.some(isSame)) {
      this.errors.push(error);
    }
  }

  /** Counts what is left out. */
  drop(what: string): void {
    this.dropped.set(what, (this.dropped.get(what) ?? 0) + 1);
  }

  /** Whether nothing was taken. */
  get isEmpty(): boolean {
    return (
      this.events.size + this.answers.size + this.errors.length === 0 &&
      KINDS.every((kind) => this.records[kind].size === 0)
    );
  }
}

/** Clever puts `previous_attributes` into `data`; its specification puts them beside it. */
function readEvent(event: unknown): RawEvent | undefined {
  if (!isObject(event) || !isObject(event['data']) || typeof event['id'] !== 'string') {
    return undefined;
  }
  const { id, type, created, data } = event;
  const known = KNOWN_EVENT_TYPES.find((name) => name === type);
  const [kind, action] = (known?.split('.') ?? []) as [Kind, RawEvent['action']];
  const { object } = data as Json;
  if (known === undefined || !isRecord(kind, object)) {
    return undefined;
  }
  const previous = (data as Json)['previous_attributes'] ?? event['previous_attributes'];
  return { id: id as string, kind, action, created, object, previous: isObject(previous) ? previous : undefined };
}
