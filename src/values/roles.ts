import { type Guard, known, type OpenEnum } from './known.js';

/**
 * Every role that Clever documents, in Clever's spelling. These are the keys of a user's `roles` and the
 * values of the `role` filter.
 */
export const KNOWN_ROLES = ['contact', 'district_admin', 'staff', 'student', 'teacher'] as const;

/** A role that Clever documents. */
export type KnownRole = (typeof KNOWN_ROLES)[number];

/** A role: a documented one, or any other text, `''` included. */
export type Role = OpenEnum<KnownRole>;

/** Whether a value is a role that Clever documents. */
export const isKnownRole: Guard<KnownRole> = /* @__PURE__ */ known(KNOWN_ROLES);

/**
 * The order in which the SDK chooses a role for a person with several, unless the login names one: closest
 * to class first.
 */
export const ROLE_ORDER = ['teacher', 'staff', 'district_admin', 'student', 'contact'] as const;

/**
 * Every observed user type. `/me` and `/userinfo` return it in `type` and `user_type`: `user` in API v3,
 * and the role in v2 and with demo tokens. `school_admin` is v2's name for staff.
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

/** Whether a value is a user type that Clever documents. */
export const isKnownUserType: Guard<KnownUserType> = /* @__PURE__ */ known(KNOWN_USER_TYPES);

/**
 * Every authorizer of a connection that Clever documents, in Clever's spelling. `teacher` means a Clever Library
 * connection. Source: dev.clever.com/docs/district-sso-vs-library-sso; `teacher` was not observed.
 */
export const KNOWN_AUTHORIZERS = ['district', 'teacher'] as const;

/** An authorizer of a connection that Clever documents. */
export type KnownAuthorizer = (typeof KNOWN_AUTHORIZERS)[number];

/** An authorizer of a connection: a documented one, or any other text, `''` included. */
export type Authorizer = OpenEnum<KnownAuthorizer>;

/** Whether a value is an authorizer of a connection that Clever documents. */
export const isKnownAuthorizer: Guard<KnownAuthorizer> = /* @__PURE__ */ known(KNOWN_AUTHORIZERS);
