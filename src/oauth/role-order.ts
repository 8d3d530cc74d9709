/** Which role a person with several is treated as, unless the login itself says: nearest to the classroom first. */
export const ROLE_ORDER = ['teacher', 'staff', 'district_admin', 'student', 'contact'] as const;
