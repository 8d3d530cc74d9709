import type {
  ContentResource,
  Course,
  District,
  School,
  Section,
  SensitiveField,
  Term,
  User,
  UserWith,
} from '../index.js';

/** The kinds of record that a sync can keep, in the order in which none refers to one that comes later. */
export const SYNC_KINDS = ['districts', 'schools', 'terms', 'courses', 'users', 'sections', 'resources'] as const;

/** A kind of record: the name of Clever's collection and of its table. */
export type SyncKind = (typeof SYNC_KINDS)[number];

/** The kinds that a sync keeps by default. The district itself is always kept. */
export const DEFAULT_KINDS = [
  'schools',
  'terms',
  'courses',
  'users',
  'sections',
] as const satisfies readonly SyncKind[];

/**
 * The type of the records of each kind.
 *
 * @typeParam Sensitive - The sensitive fields that students have, by name. Default: none.
 */
export interface SyncRecords<Sensitive extends SensitiveField = never> {
  districts: District;
  schools: School;
  terms: Term;
  courses: Course;
  users: [Sensitive] extends [never] ? User : UserWith<Sensitive>;
  sections: Section;
  resources: ContentResource;
}

/** The name of the check that says whether a record of a kind has its documented shape. */
export const CHECK_OF_KIND = {
  districts: 'district',
  schools: 'school',
  terms: 'term',
  courses: 'course',
  users: 'user',
  sections: 'section',
  resources: 'resource',
} as const satisfies Readonly<Record<SyncKind, string>>;

/** The chosen kinds in their order, beginning with the district. */
export function orderedKinds(chosen: readonly SyncKind[]): readonly SyncKind[] {
  return SYNC_KINDS.filter((kind) => kind === 'districts' || chosen.includes(kind));
}

export function isSyncKind(name: string): name is SyncKind {
  return (SYNC_KINDS as readonly string[]).includes(name);
}
