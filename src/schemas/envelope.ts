import * as z from 'zod';
import { loose, looseRecord, optional } from './loose.js';

/** A link of a record or a page. */
export interface RecordLink {
  /** The target of the link: `self`, `next`, `prev`, `district`, `myStudents` … */
  rel: string;
  /** Relative to the API's origin, including the version: `/v3.0/users/…`. */
  uri: string;
}

/** Schema of {@link RecordLink}. */
export const recordLinkSchema = looseRecord<RecordLink>()({ rel: z.string(), uri: z.string() }).meta({
  title: 'RecordLink',
  description: 'A link of a record or a page.',
});

/** A record inside a list. */
export interface Wrapped<Item> {
  data: Item;
  /** The record's path, relative to the API's origin: `/v3.0/users/…`. */
  uri?: string | null;
}

/** One record and its links. Answers to user tokens have no links (observed). */
export interface SingleEnvelope<Item> {
  data: Item;
  links?: RecordLink[] | null;
}

/**
 * One page of a list. The roster wraps each record; district-app tokens, attendance and submissions do not.
 *
 * The link `next` points to the next page; the last page has none (observed).
 */
export interface ListEnvelope<Item> {
  data: (Wrapped<Item> | Item)[];
  links?: RecordLink[] | null;
}

/** The form in which Clever returns an empty list of resources: `{"resources": []}` (observed). */
export interface ResourcesEnvelope<Item> {
  resources: (Wrapped<Item> | Item)[];
  links?: RecordLink[] | null;
}

/** The type of schema that {@link singleSchema} returns. */
export type SingleSchema<Item> = z.ZodType<SingleEnvelope<Item>, SingleEnvelope<Item>>;

/** The type of schema that {@link listSchema} returns. */
export type ListSchema<Item> = z.ZodType<
  ListEnvelope<Item> | ResourcesEnvelope<Item>,
  ListEnvelope<Item> | ResourcesEnvelope<Item>
>;

const links = optional(z.array(recordLinkSchema));

/**
 * Returns the schema of an answer with one record.
 *
 * @param item - The record's schema, such as `userSchema`.
 */
export function singleSchema<Item>(item: z.ZodType<Item, Item>): SingleSchema<Item> {
  const envelope: z.ZodType = loose({ data: item, links });
  return envelope as SingleSchema<Item>;
}

/**
 * Returns the schema of an answer with a list of records, wrapped or bare.
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
  // Wrapped is tried first, because a loose bare record without required members would also match the wrapper.
  const items = z.array(z.union([loose({ data: item, uri: optional(z.string()) }), item]));
  const envelope: z.ZodType = z.union([loose({ data: items, links }), loose({ resources: items, links })]);
  return envelope as ListSchema<Item>;
}
