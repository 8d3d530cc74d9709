import type { KnownRole } from '../../values/index.js';

/** The kinds of record of the Data API, ordered so that references point to earlier kinds. */
export const KINDS = ['districts', 'schools', 'terms', 'courses', 'users', 'sections', 'resources'] as const;

/** A kind of record, named as in Clever's paths. */
export type Kind = (typeof KINDS)[number];

/** Any record. The members that the sandbox relies on are typed; all others are passed on unchanged. */
export interface AnyRecord {
  readonly id: string;
  readonly [member: string]: unknown;
}

/** The members of a role that the sandbox reads; the rest is passed on unchanged. */
export interface RoleRecord {
  readonly school?: string;
  readonly schools?: readonly string[];
  readonly legacy_id?: string;
  readonly student_relationships?: readonly { readonly student: string }[];
  readonly [member: string]: unknown;
}

/** A person, with one member of `roles` per role. */
export interface UserRecord extends AnyRecord {
  readonly district: string;
  readonly email?: string | null;
  readonly name: { readonly first?: string | null; readonly middle?: string | null; readonly last?: string | null };
  readonly roles: { readonly [Role in KnownRole]?: RoleRecord };
}

/** A person's name and e-mail address. */
export interface NameAndEmail {
  readonly name: UserRecord['name'];
  readonly email?: string | null | undefined;
}

/** A class. */
export interface SectionRecord extends AnyRecord {
  readonly school?: string;
  readonly course?: string;
  readonly term_id?: string;
  readonly teacher?: string;
  readonly teachers?: readonly string[];
  readonly students?: readonly string[];
}

/** A piece of content that courses and sections are mapped to. */
export interface ResourceRecord extends AnyRecord {
  readonly roles?: readonly string[];
}

/** The record type of each kind. */
export interface RecordOf {
  readonly districts: AnyRecord;
  readonly schools: AnyRecord;
  readonly terms: AnyRecord;
  readonly courses: AnyRecord;
  readonly users: UserRecord;
  readonly sections: SectionRecord;
  readonly resources: ResourceRecord;
}

/** The courses and sections that a resource is mapped to, which Clever's records do not contain. */
export interface ResourceAssignment {
  /** Id of the resource. */
  readonly resource: string;
  /** Ids of courses; all their sections have the resource. */
  readonly courses?: readonly string[];
  /** Ids of single sections. */
  readonly sections?: readonly string[];
}

/** All data of one district. */
export interface Roster {
  readonly district: AnyRecord;
  readonly schools: readonly AnyRecord[];
  readonly terms: readonly AnyRecord[];
  readonly courses: readonly AnyRecord[];
  readonly users: readonly UserRecord[];
  readonly sections: readonly SectionRecord[];
  readonly resources: readonly ResourceRecord[];
  readonly resourceAssignments: readonly ResourceAssignment[];
}
