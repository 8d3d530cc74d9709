import * as z from 'zod';
import type { SensitiveField } from '../privacy/sensitive-fields.js';
import { KNOWN_EVENT_TYPES } from '../values/events.js';
import { isOneOf } from '../values/known.js';
import { type Course, courseSchema } from './course.js';
import { type DeepPartial, deepPartial, type Sparse, sparse } from './deep-partial.js';
import { type District, districtSchema } from './district.js';
import { loose, looseRecord, type ObjectSchema, optional } from './loose.js';
import { type ContentResource, resourceSchema } from './resource.js';
import { type School, schoolSchema } from './school.js';
import { type Section, sectionSchema } from './section.js';
import { type Term, termSchema } from './term.js';
import { type User, type UserWith, userSchema } from './user.js';

/**
 * The collections that have events, with the type of their records.
 *
 * @typeParam Sensitive - The sensitive fields that students have, by name. Default: none.
 */
export interface EventRecords<Sensitive extends SensitiveField = never> {
  courses: Course;
  districts: District;
  resources: ContentResource;
  schools: School;
  sections: Section;
  terms: Term;
  users: [Sensitive] extends [never] ? User : UserWith<Sensitive>;
}

/** The first half of an event's `type`. */
export type EventCollection = keyof EventRecords;

/** The members that every event has. */
export interface RosterEventBase {
  /** The id to continue after. Its first eight hex digits are the Unix time in seconds (observed). */
  id: string;
  /** ISO timestamp, for information only; all events of one sync have nearly the same one. */
  created?: string | null;
}

/** A record was created, or a district began to share it. */
export interface CreatedEvent<Collection extends EventCollection, Sensitive extends SensitiveField = never>
  extends RosterEventBase {
  type: `${Collection}.created`;
  data: {
    /** The whole record. */
    object: EventRecords<Sensitive>[Collection];
  };
}

/** A record changed. */
export interface UpdatedEvent<Collection extends EventCollection, Sensitive extends SensitiveField = never>
  extends RosterEventBase {
  type: `${Collection}.updated`;
  data: {
    /** The whole record after the change. */
    object: EventRecords<Sensitive>[Collection];
    /** The previous values of the changed members, nested as in the record. Clever sends them here (observed). */
    previous_attributes?: DeepPartial<EventRecords<Sensitive>[Collection]> | null;
  };
  /** The place in Clever's specification; not observed. `events.list()` and `get()` copy the values into `data`. */
  previous_attributes?: DeepPartial<EventRecords<Sensitive>[Collection]> | null;
}

/** A record was removed, or a district no longer shares it. */
export interface DeletedEvent<Collection extends EventCollection, Sensitive extends SensitiveField = never>
  extends RosterEventBase {
  type: `${Collection}.deleted`;
  data: {
    /** The record. No such event was observed, so rely only on its `id`. */
    object: Sparse<EventRecords<Sensitive>[Collection]>;
  };
}

/** A change of one collection. */
export type RosterEventOf<Collection extends EventCollection, Sensitive extends SensitiveField = never> =
  | CreatedEvent<Collection, Sensitive>
  | UpdatedEvent<Collection, Sensitive>
  | DeletedEvent<Collection, Sensitive>;

/**
 * A change in the district. `type` distinguishes the events: `users.updated`, `sections.created` …
 *
 * The union has only the documented types, because TypeScript could not narrow a union with an open type.
 * Clever may send other types, which also parse and are delivered, so a `switch` needs a `default`.
 * `isKnownEvent` of `clever-sdk` detects them.
 *
 * Source: dev.clever.com/docs/events-api.
 */
export type RosterEvent = { [Collection in EventCollection]: RosterEventOf<Collection> }[EventCollection];

/**
 * A {@link RosterEvent} whose users have the named sensitive fields: `RosterEventWith<'frl_status'>`.
 *
 * @typeParam Sensitive - The names, as in the option `sensitiveFields`.
 */
export type RosterEventWith<Sensitive extends SensitiveField> = {
  [Collection in EventCollection]: RosterEventOf<Collection, Sensitive>;
}[EventCollection];

/** An event of a type that this version of the SDK does not know. */
export interface UnknownEvent extends RosterEventBase {
  type: string;
  data?: UnknownEventData | null;
}

/** The data of an event of an unknown type. */
export interface UnknownEventData {
  object?: unknown;
  previous_attributes?: unknown;
}

const eventDataSchema = looseRecord<UnknownEventData>()({
  object: z.exactOptional(z.unknown()),
  previous_attributes: z.exactOptional(z.unknown()),
});

const eventBase = { id: z.string(), created: optional(z.string()) };

function created<const Type extends string, T extends { id: string }>(type: Type, record: ObjectSchema<T>) {
  return { ...eventBase, type: z.literal(type), data: loose({ object: whole(record) }) };
}

function updated<const Type extends string, T extends { id: string }>(type: Type, record: ObjectSchema<T>) {
  const previous_attributes = optional(deepPartial(record));
  const data = loose({ object: whole(record), previous_attributes });
  return { ...eventBase, type: z.literal(type), data, previous_attributes };
}

function deleted<const Type extends string, T extends { id: string }>(type: Type, record: ObjectSchema<T>) {
  const object: z.ZodType = sparse(record);
  return { ...eventBase, type: z.literal(type), data: loose({ object: object as z.ZodType<Sparse<T>, Sparse<T>> }) };
}

/** The same schema under its plain type, which stays readable inside the generic functions above. */
function whole<T>(record: ObjectSchema<T>): z.ZodType<T, T> {
  const schema: z.ZodType = record;
  return schema as z.ZodType<T, T>;
}

/** The three changes of one collection. */
function changesOf<const Collection extends EventCollection, T extends { id: string }>(
  collection: Collection,
  record: ObjectSchema<T>,
) {
  return [
    loose(created(`${collection}.created`, record)),
    loose(updated(`${collection}.updated`, record)),
    loose(deleted(`${collection}.deleted`, record)),
  ] as const;
}

/**
 * An event of a documented type. `test/types/internal` proves it equal to {@link RosterEventWith}.
 *
 * @internal
 */
export const knownEventSchema = z.discriminatedUnion('type', [
  ...changesOf('courses', courseSchema),
  ...changesOf('districts', districtSchema),
  ...changesOf('resources', resourceSchema),
  ...changesOf('schools', schoolSchema),
  ...changesOf('sections', sectionSchema),
  ...changesOf('terms', termSchema),
  ...changesOf('users', userSchema),
]);

function unknownEvent(type: z.ZodString) {
  return looseRecord<UnknownEvent>()({ ...eventBase, type, data: optional(eventDataSchema) });
}

/** @internal The schema of an event whose type is not in `KNOWN_EVENT_TYPES`; it does not check that. */
export const unknownEventSchema = unknownEvent(z.string());

type AnyEvent = RosterEventWith<SensitiveField> | UnknownEvent;

const anyEventSchema: z.ZodType<AnyEvent, AnyEvent> = z.union([
  knownEventSchema,
  // Without this, a malformed `users.updated` would pass as unknown. `abort` reports its issues first.
  unknownEvent(z.string().refine((type) => !isOneOf(KNOWN_EVENT_TYPES, type), { abort: true })),
]);

/**
 * Schema of {@link RosterEvent} with every sensitive field, whichever of them a client returns. An event of
 * an undocumented type also parses, as an {@link UnknownEvent}.
 */
export const eventSchema: z.ZodType<RosterEventWith<SensitiveField>, RosterEventWith<SensitiveField>> = (
  anyEventSchema as z.ZodType<RosterEventWith<SensitiveField>, RosterEventWith<SensitiveField>>
).meta({
  title: 'RosterEvent',
  description: 'A change in the district.',
});
