import * as z from 'zod';
import { type Authorizer, KNOWN_AUTHORIZERS, KNOWN_USER_TYPES, type UserType } from '../values/roles.js';
import { openEnum } from './enumerations.js';
import { looseRecord, optional } from './loose.js';
import { type PartialName, partialNameSchema } from './parts.js';

/**
 * The answer of `/userinfo`: the OpenID Connect claims about the person, with only the role of the current login.
 *
 * Source: dev.clever.com/docs/the-userinfo-endpoint.
 */
export interface Userinfo {
  /** Clever's id of the person in API v3; the same as `multi_role_user_id`. */
  sub: string;
  /** The id in API v2. Equal to `sub` for students. */
  user_id?: string | null;
  multi_role_user_id?: string | null;
  /**
   * The role of this login. `school_admin` and "district admin" are other spellings of `staff` and
   * `district_admin`.
   */
  user_type?: UserType | null;
  /** Id of the district. */
  district_id?: string | null;
  /** Id of the district. */
  district?: string | null;
  email?: string | null;
  /** `false` for every person unless Clever changed it for the district, so it is no reason to refuse a login. */
  email_verified?: boolean | null;
  /** Clever's object, or OpenID Connect's plain text. */
  name?: PartialName | string | null;
  given_name?: string | null;
  family_name?: string | null;
  /** Ids of the schools; only observed empty. */
  schools?: string[] | null;
  /** Who connected the app: `district`, or `teacher` for the Clever Library. */
  authorized_by?: Authorizer | null;
}

/** Schema of {@link Userinfo}. */
export const userinfoSchema = looseRecord<Userinfo>()({
  sub: z.string(),
  user_id: optional(z.string()),
  multi_role_user_id: optional(z.string()),
  user_type: optional(openEnum(KNOWN_USER_TYPES)),
  district_id: optional(z.string()),
  district: optional(z.string()),
  email: optional(z.string()),
  email_verified: optional(z.boolean()),
  name: optional(z.union([partialNameSchema, z.string()])),
  given_name: optional(z.string()),
  family_name: optional(z.string()),
  schools: optional(z.array(z.string())),
  authorized_by: optional(openEnum(KNOWN_AUTHORIZERS)),
}).meta({ title: 'Userinfo', description: 'The answer of /userinfo: the OpenID Connect claims about a person.' });
