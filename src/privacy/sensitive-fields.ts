/**
 * The student fields that need an extra grant from Clever before a district can share them. The last four came with API
 * v3.1. The SDK hands none of them out unless it is asked for by name.
 *
 * Source: dev.clever.com/docs/classroom-vs-district.
 */
export const SENSITIVE_FIELDS = [
  'ell_status',
  'frl_status',
  'iep_status',
  'home_language',
  'home_language_code',
  'gifted_status',
  'section_504_status',
  'disability',
] as const;

/** The name of a sensitive student field. */
export type SensitiveField = (typeof SENSITIVE_FIELDS)[number];

/** Members that belong to a sensitive field and bear another name: those of `disability`. */
const FIELD_BY_MEMBER: Readonly<Record<string, SensitiveField>> = {
  disability_status: 'disability',
  disability_type: 'disability',
  disability_code: 'disability',
};

const byName: ReadonlyMap<string, SensitiveField> = new Map<string, SensitiveField>([
  ...SENSITIVE_FIELDS.map((field) => [field, field] as const),
  ...Object.entries(FIELD_BY_MEMBER),
]);

const byLetters: ReadonlyMap<string, SensitiveField> = new Map(
  [...byName].map(([name, field]) => [lettersOf(name), field]),
);

/** The member that holds a district's own extension fields, whose names the district chose. */
export const EXTENSION_MEMBER = 'ext';

/**
 * Which sensitive field a member of a record is, by its name. Whatever bears the name is the field, at any place: in
 * the student role, in an event's `previous_attributes`, at the top of a record in the shape of API v2, or at the end of a
 * flattened path (`roles.student.frl_status`).
 *
 * @param name - The member's name, as sent.
 * @param isExtension - Whether the member is below `ext`, where districts spell names as they like: `Gifted Status`
 * then is `gifted_status` as well (`ext.gifted_status` was observed).
 * @returns The field, also for the members of `disability`; `undefined` for any other name.
 */
export function sensitiveFieldOf(name: string, isExtension = false): SensitiveField | undefined {
  // Another spelling than Clever's is looked up by its letters, a flattened path by those of its last part as well.
  return isExtension || /[A-Z.]/u.test(name)
    ? (byLetters.get(lettersOf(name)) ?? byLetters.get(lettersOf(name.slice(name.lastIndexOf('.') + 1))))
    : byName.get(name);
}

/** A name without regard to case and punctuation. */
function lettersOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/gu, '');
}
