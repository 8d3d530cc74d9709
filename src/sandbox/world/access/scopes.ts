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

/** Scopes of a Library login. Inferred: the names were observed, in a token of Clever's own; which of them Library has was not. */
const LIBRARY = ['read:sections_limited', 'read:students_limited', 'read:teachers_limited', 'read:user_id'] as const;

/** The scope of the Attendance API. Clever gives one on request; its name is inferred. */
export const ATTENDANCE_SCOPE = 'read:attendance';

/**
 * The scopes of a district-app token, in alphabetical order (observed), of its tier. With Secure Sync, one more per sensitive field: two such scopes were
 * observed, `read:ell_status` and `read:iep_status`; the other names are inferred from them.
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

/** The scopes of a user token. */
export function userScopes(connection: 'district' | 'library'): readonly string[] {
  return connection === 'library' ? LIBRARY : SINGLE_SIGN_ON;
}
