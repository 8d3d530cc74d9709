import * as z from 'zod';
import { looseRecord, optional } from './loose.js';

/** A postal address. All parts are text and often `''`. */
export interface PostalAddress {
  address?: string | null;
  city?: string | null;
  /** The two letters of a US state; not checked by Clever. */
  state?: string | null;
  zip?: string | null;
  /** Degrees north, as text. */
  lat?: string | null;
  /** Degrees east, as text. */
  lon?: string | null;
}

/** Schema of {@link PostalAddress}. */
export const postalAddressSchema = looseRecord<PostalAddress>()({
  address: optional(z.string()),
  city: optional(z.string()),
  state: optional(z.string()),
  zip: optional(z.string()),
  lat: optional(z.string()),
  lon: optional(z.string()),
}).meta({ title: 'PostalAddress', description: 'A postal address.' });

/** The credentials with which a person logs in at the district. Never contains a password. */
export interface UserCredentials {
  /** The user name. */
  district_username?: string | null;
}

/** Schema of {@link UserCredentials}. */
export const userCredentialsSchema = looseRecord<UserCredentials>()({ district_username: optional(z.string()) }).meta({
  title: 'UserCredentials',
  description: 'The credentials with which a person logs in at the district.',
});

/**
 * A district's own extension fields. The district defines the names and values. Clever sends them as text,
 * and only those that the app has opted into.
 */
export interface ExtensionFields {
  [name: string]: string | null;
}

/** Schema of {@link ExtensionFields}. */
export const extensionFieldsSchema: z.ZodType<ExtensionFields, ExtensionFields> = z
  .record(z.string(), z.nullable(z.string()))
  .meta({ title: 'ExtensionFields', description: 'Fields that the district defines.' });

/** The status of a record in the district's learning management system. API v3.1 only. */
export interface LmsStatus {
  /** Whether Clever matched the record with one in that system. One of the few real booleans in the API. */
  synced_in_lms?: boolean | null;
}

/** Schema of {@link LmsStatus}. */
export const lmsStatusSchema = looseRecord<LmsStatus>()({ synced_in_lms: optional(z.boolean()) }).meta({
  title: 'LmsStatus',
  description: 'The status of a record in the learning management system.',
});

/** A name of which any part may be missing. */
export interface PartialName {
  first?: string | null;
  middle?: string | null;
  last?: string | null;
}

/** Schema of {@link PartialName}. */
export const partialNameSchema = looseRecord<PartialName>()({
  first: optional(z.string()),
  middle: optional(z.string()),
  last: optional(z.string()),
}).meta({ title: 'PartialName', description: 'A name of which any part may be missing.' });
