import { SENSITIVE_FIELDS } from 'clever-sdk/values';
import fc from 'fast-check';
import { type Fixtures, fixtures } from '../fixtures/records.js';
import { markedExtensions } from '../privacy/marks.js';

type Json = Record<string, unknown>;

/** Any value as it is received: `JSON.stringify` writes -0 as 0, so no listing could deliver it. */
const wireValue = fc.jsonValue({ maxDepth: 2 }).map((value): unknown => JSON.parse(JSON.stringify(value)));

/** The kind of each synthetic record, as the registry names it. */
export const KIND_OF = {
  student: 'user',
  youngStudent: 'user',
  sensitiveStudent: 'user',
  teacher: 'user',
  multiRoleStaff: 'user',
  districtAdmin: 'user',
  contact: 'user',
  ownUser: 'user',
  school: 'school',
  section: 'section',
  bareSection: 'section',
  course: 'course',
  term: 'term',
  termWithTimestamps: 'term',
  district: 'district',
  bareDistrict: 'district',
  resource: 'resource',
  me: 'me',
  libraryMe: 'me',
  bareMe: 'me',
  userinfo: 'userinfo',
  token: 'token',
  tokenInfo: 'tokenInfo',
  districtToken: 'districtToken',
  libraryTeacher: 'user',
  libraryStudent: 'user',
  librarySection: 'librarySection',
  assignment: 'assignment',
  submission: 'submission',
  attendanceRecord: 'attendanceRecord',
} as const satisfies Partial<Record<keyof Fixtures, string>>;

/** A record of any kind, with unknown members and extension fields that have the names of sensitive fields. */
export const anyRecord: fc.Arbitrary<{ name: keyof typeof KIND_OF; record: Json }> = fc
  .record({
    name: fc.constantFrom(...(Object.keys(KIND_OF) as (keyof typeof KIND_OF)[])),
    extra: fc.dictionary(
      // With a leading digit and a line, a name is no position, and neither a known member nor a sensitive field.
      fc.string({ maxLength: 6 }).map((text) => `0_${text.replaceAll('.', '')}`),
      wireValue,
      { maxKeys: 3 },
    ),
    fields: fc.subarray([...SENSITIVE_FIELDS]),
    hasExtensions: fc.boolean(),
  })
  .map(({ name, extra, fields, hasExtensions }) => {
    const record: Json = { ...(fixtures()[name] as object), ...extra };
    const roles = Object.values((record['roles'] ?? {}) as Json);
    for (const holder of roles.filter((role): role is Json => typeof role === 'object' && role !== null)) {
      Object.assign(holder, Object.fromEntries(fields.map((field) => [field, { value: field, list: [field] }])));
      // A name with a dot has no path to look up.
      const { 'home.language.code': _, ...extensions } = markedExtensions();
      if (hasExtensions) {
        holder['ext'] = extensions;
      }
    }
    return { name, record };
  });

/**
 * Every value of a record that is neither a list nor an object, with its path; empty lists and objects
 * count as values.
 */
export function leavesOf(value: unknown, path: readonly string[] = []): { path: readonly string[]; value: unknown }[] {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) {
    return [{ path, value }];
  }
  return Object.entries(value).flatMap(([key, member]) => leavesOf(member, [...path, key]));
}

/** A leaf without its positions in lists, which shift when other leaves are removed. */
export const named = ({ path, value }: { path: readonly string[]; value: unknown }): string =>
  `${path.filter((key) => !/^\d+$/u.test(key)).join('.')} = ${JSON.stringify(value)}`;
