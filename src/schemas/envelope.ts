import * as z from 'zod';
import { loose, looseRecord, optional } from './loose.js';

/** A link beside a record or a page. */
export interface RecordLink {
  /** What the link leads to: `self`, `next`, `prev`, `district`, `myStudents` … */
  rel: string;
  /** Relative to the API's origin and with the version in it: `/v3.0/users/…`. */
  uri: string;
}

/** Schema of {@link RecordLink}. */
export const recordLinkSchema = looseRecord<RecordLink>()({ rel: z.string(), uri: z.string() }).meta({
  title: 'RecordLink',
  description: 'A link beside a record or a page.',
});

/** A record inside a list. */
export interface Wrapped<Item> {
  data: Item;
  /** Where the record lives, relative to the API's origin: `/v3.0/users/…`. */
  uri?: string | null;
}

/** One record and its links. A read with a user token has no links (observed). */
export interface SingleEnvelope<Item> {
  data: Item;
  links?: RecordLink[] | null;
}

/**
 * One page of a list. The roster wraps each record; district-app tokens, attendance and submissions do not.
 *
 * `next` among the links leads to the next page; the last one has none (observed).
 */
export interface ListEnvelope<Item> {
  data: (Wrapped<Item> | Item)[];
  links?: RecordLink[] | null;
}

/** A list of resources as Clever answers an empty one: `{"resources": []}` (observed). */
export interface ResourcesEnvelope<Item> {
  resources: (Wrapped<Item> | Item)[];
  links?: RecordLink[] | null;
}

/** Schema of what {@link singleSchema} makes. */
export type SingleSchema<Item> = z.ZodType<SingleEnvelope<Item>, SingleEnvelope<Item>>;

/** Schema of what {@link listSchema} makes. */
export type ListSchema<Item> = z.ZodType<
  ListEnvelope<Item> | ResourcesEnvelope<Item>,
  ListEnvelope<Item> | ResourcesEnvelope<Item>
>;

const links = optional(z.array(recordLinkSchema));

/**
 * The schema of an answer with one record.
 *
 * @param item - The record's schema, such as `userSchema`.
 */
export function singleSchema<Item>(item: z.ZodType<Item, Item>): SingleSchema<Item> {
  const envelope: z.ZodType = loose({ data: item, links });
  return envelope as SingleSchema<Item>;
}

/**
 * The schema of an answer with a list of records, wrapped or bare.
 *
 * @param item - The record's schema, such as `userSchema`.
 *
 * @example
 * ```ts
 * import { listSchema, schoolSchema } from 'clever-sdk/schemas';
 *
 * const schoolsSchema = listSchema(schoolSchema);
 * schoolsSchema.safeParse({ data: [], links: [] }).success; // true
 * ```
 */
export function listSchema<Item>(item: z.ZodType<Item, Item>): ListSchema<Item> {
  // Wrapped first: a loose bare record without required members would swallow the wrapper.
  const items = z.array(z.union([loose({ data: item, uri: optional(z.string()) }), item]));
  const envelope: z.ZodType = z.union([loose({ data: items, links }), loose({ resources: items, links })]);
  return envelope as ListSchema<Item>;
}
