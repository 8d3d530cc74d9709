import type { ResolvedSource } from '../../roster/sources.js';

/** Scopes of the district-app token of a Secure Sync app. Source: the sandbox of Clever's own Go client. */
const SECURE_SYNC = [
  'read:district_admins',
  'read:districts',
  'read:resources',
  'read:school_admins',
  'read:schools',
  'read:sections',
  'read:student_contacts',
  'read:students',
  'read:teachers',
  'read:user_id',
] as const;

/** Scopes of single sign-on. Source: dev.clever.com/docs/setting-up-district-sso. */
const SINGLE_SIGN_ON = [
  'read:district_admins_basic',
  'read:school_admins_basic',
  'read:students_basic',
  'read:teachers_basic',
  'read:user_id',
] as const;

/**
 * Scopes of a Library login. Inferred: the names were observed in a token of Clever's own, but not which of
 * them a Library login has.
 */
const LIBRARY = ['read:sections_limited', 'read:students_limited', 'read:teachers_limited', 'read:user_id'] as const;

/** The scope of the Attendance API. Clever grants one on request; its name is inferred. */
export const ATTENDANCE_SCOPE = 'read:attendance';

/**
 * Returns the scopes of a district-app token for its tier, in alphabetical order (observed). With Secure
 * Sync there is one more per sensitive field: `read:ell_status` and `read:iep_status` were observed; the
 * other names are inferred from them.
 */
export function districtScopes(
  shared: Pick<ResolvedSource, 'tier' | 'sensitiveFields' | 'attendance'>,
): readonly string[] {
  const { tier, sensitiveFields } = shared;
  if (tier === 'sso') {
    return SINGLE_SIGN_ON;
  }
  const attendance = shared.attendance ? [ATTENDANCE_SCOPE] : [];
  return [...SECURE_SYNC, ...attendance, ...[...sensitiveFields].map((field) => `read:${field}`)].sort();
}

/** Returns the scopes of a user token. */
export function userScopes(connection: 'district' | 'library'): readonly string[] {
  return connection === 'library' ? LIBRARY : SINGLE_SIGN_ON;
}
