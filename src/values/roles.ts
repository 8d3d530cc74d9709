import { isOneOf, type OpenEnum } from './open.js';

/**
 * Every role that Clever documents, in Clever's spelling. The keys of a user's `roles` and the values of the `role`
 * filter.
 */
export const KNOWN_ROLES = ['contact', 'district_admin', 'staff', 'student', 'teacher'] as const;

/** A role that Clever documents. */
export type KnownRole = (typeof KNOWN_ROLES)[number];

/** A role: a documented one, or any other text, `''` included. */
export type Role = OpenEnum<KnownRole>;

/** Tells whether a value is a role that Clever documents. */
export function isKnownRole(value: unknown): value is KnownRole {
  return isOneOf(KNOWN_ROLES, value);
}

/** Which role a person with several is treated as, unless the login itself says: nearest to the classroom first. */
export const ROLE_ORDER = ['teacher', 'staff', 'district_admin', 'student', 'contact'] as const;

/**
 * Every user type seen. What `/me` and `/userinfo` say in `type` and `user_type`: `user` in API v3, the role with v2
 * and with demo tokens. `school_admin` is v2's word for staff.
 */
export const KNOWN_USER_TYPES = [
  'user',
  'student',
  'teacher',
  'staff',
  'district_admin',
  'school_admin',
  'contact',
] as const;

/** A user type that Clever documents. */
export type KnownUserType = (typeof KNOWN_USER_TYPES)[number];

/** A user type: a documented one, or any other text, `''` included. */
export type UserType = OpenEnum<KnownUserType>;

/** Tells whether a value is a user type that Clever documents. */
export function isKnownUserType(value: unknown): value is KnownUserType {
  return isOneOf(KNOWN_USER_TYPES, value);
}

/**
 * Every authorizer of a connection that Clever documents, in Clever's spelling. `teacher` means a Clever Library
 * connection. Source: dev.clever.com/docs/district-sso-vs-library-sso; `teacher` was not observed.
 */
export const KNOWN_AUTHORIZERS = ['district', 'teacher'] as const;

/** An authorizer of a connection that Clever documents. */
export type KnownAuthorizer = (typeof KNOWN_AUTHORIZERS)[number];

/** An authorizer of a connection: a documented one, or any other text, `''` included. */
export type Authorizer = OpenEnum<KnownAuthorizer>;

/** Tells whether a value is an authorizer of a connection that Clever documents. */
export function isKnownAuthorizer(value: unknown): value is KnownAuthorizer {
  return isOneOf(KNOWN_AUTHORIZERS, value);
}
