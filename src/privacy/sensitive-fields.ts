/**
 * The student fields that need an extra grant from Clever before a district can share them. API v3.1 added
 * the last four. The SDK returns none of them unless it is requested by name.
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

/** Members that belong to a sensitive field but have a different name: those of `disability`. */
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

/** The member with a district's own extension fields, whose names the district chose. */
export const EXTENSION_MEMBER = 'ext';

/**
 * Returns the sensitive field that a member of a record is, by its name. Any member with the name is the
 * field, wherever it is: in the student role, in an event's `previous_attributes`, at the top of a record
 * in the shape of API v2, or at the end of a flattened path (`roles.student.frl_status`).
 *
 * @param name - The member's name, as sent.
 * @param isExtension - Whether the member is below `ext`, where districts choose the spelling: there,
 * `Gifted Status` is also `gifted_status` (`ext.gifted_status` was observed).
 * @returns The field, including for the members of `disability`; `undefined` for any other name.
 */
export function sensitiveFieldOf(name: string, isExtension = false): SensitiveField | undefined {
  // Other spellings are looked up by their letters, and a flattened path also by the letters of its last part.
  return isExtension || /[A-Z.]/u.test(name)
    ? (byLetters.get(lettersOf(name)) ?? byLetters.get(lettersOf(name.slice(name.lastIndexOf('.') + 1))))
    : byName.get(name);
}

/** Returns a name without case and punctuation. */
function lettersOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/gu, '');
}
