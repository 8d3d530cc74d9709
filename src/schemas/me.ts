import * as z from 'zod';
import { type Authorizer, KNOWN_AUTHORIZERS, KNOWN_USER_TYPES, type UserType } from '../values/roles.js';
import { openEnum } from './enumerations.js';
import { type RecordLink, recordLinkSchema } from './envelope.js';
import { looseRecord, optional } from './loose.js';

/** The person to whom a token belongs. */
export interface MeData {
  /** Clever's id of the person in this version of the API. */
  id: string;
  /** Id of the district. Missing for a Clever Library login. */
  district?: string | null;
  /** `user` in API v3, not the role. With demo tokens and in API v2 it is the role. */
  type?: UserType | null;
  /** Who connected the app: `district`, or `teacher` for the Clever Library. Missing with demo tokens (observed). */
  authorized_by?: Authorizer | null;
}

/** Schema of {@link MeData}. */
export const meDataSchema = looseRecord<MeData>()({
  id: z.string(),
  district: optional(z.string()),
  type: optional(openEnum(KNOWN_USER_TYPES)),
  authorized_by: optional(openEnum(KNOWN_AUTHORIZERS)),
}).meta({ title: 'MeData', description: 'The person to whom a token belongs.' });

/**
 * The answer of `/me`, which identifies the person to whom a user token belongs. It has neither the
 * person's name nor the role; read `/users/{id}` for those. Source: dev.clever.com/docs/new-in-api-v3.
 */
export interface Me {
  /** The same as `data.type`. Missing with demo tokens (observed). */
  type?: UserType | null;
  data: MeData;
  /** `self` (without a version), `canonical` and `district` (with it). Missing with demo tokens (observed). */
  links?: RecordLink[] | null;
}

/** Schema of {@link Me}. */
export const meSchema = looseRecord<Me>()({
  type: optional(openEnum(KNOWN_USER_TYPES)),
  data: meDataSchema,
  links: optional(z.array(recordLinkSchema)),
}).meta({ title: 'Me', description: 'The answer of /me, which identifies the person to whom a user token belongs.' });
