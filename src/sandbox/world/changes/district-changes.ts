import type { ContactRole } from '../../../schemas/roles/contact.js';

/** Ids of records, by kind. Printing this shows how many, without ids. */
export interface ChangedRecords {
  readonly districts: readonly string[];
  readonly schools: readonly string[];
  readonly terms: readonly string[];
  readonly courses: readonly string[];
  readonly users: readonly string[];
  readonly sections: readonly string[];
  readonly resources: readonly string[];
}

/**
 * The result of a change to a district, over all its records. Printing this shows numbers, without people's
 * ids.
 */
export interface DistrictChange {
  readonly created: ChangedRecords;
  readonly updated: ChangedRecords;
  readonly deleted: ChangedRecords;
  /**
   * Ids of the events that were written, in their order. Empty while the district is paused, events are
   * switched off or the app is not connected.
   */
  readonly eventIds: readonly string[];
}

/** The result of a new school year. */
export interface RolloverChange extends DistrictChange {
  /**
   * Ids of this year's sections by the ids of last year's. Sections without remaining students are left
   * out.
   */
  readonly sections: Readonly<Record<string, string>>;
  /** Ids of this year's courses by the ids of last year's. */
  readonly courses: Readonly<Record<string, string>>;
  /** Ids of this year's terms by the ids of last year's. */
  readonly terms: Readonly<Record<string, string>>;
}

/** The result of changing a contact. */
export interface ContactChange extends DistrictChange {
  /** The contact's new id. Hidden when this is printed. */
  readonly id: string;
}

/** A student and a section. */
export interface Enrollment {
  /** Id of the student. */
  readonly student: string;
  /** Id of the section. */
  readonly section: string;
}

/** A teacher and a section. */
export interface TeachingAssignment {
  /** Id of the teacher. */
  readonly teacher: string;
  /** Id of the section. */
  readonly section: string;
}

/** A student's move to another school. */
export interface Transfer {
  /** Id of the student. */
  readonly student: string;
  /** Id of the new school. */
  readonly school: string;
  /** Ids of the sections that the student joins there. Default: none. */
  readonly sections?: readonly string[];
}

/** A person's new name. Parts that are left out stay the same. */
export interface Renaming {
  /** Id of the person. */
  readonly user: string;
  readonly name: { readonly first?: string; readonly middle?: string; readonly last?: string };
}

/** The new primary teacher of a section. */
export interface TeacherReplacement extends TeachingAssignment {
  /** Whether the previous teacher stays as a co-teacher. Default `false`. */
  readonly keepPrevious?: boolean;
}

/** A contact and the changes to it. */
export interface ContactReplacement {
  /** Id of the contact. */
  readonly contact: string;
  /** Members of `roles.contact` that change, in Clever's spelling. */
  readonly changes?: Partial<Omit<ContactRole, 'sis_id' | 'legacy_id'>>;
}

/**
 * Changes from school life, one method each. Every call is one sync of the district: it changes all related
 * records and writes their events, ordered so that no event refers to a missing record: `created` and
 * `updated` from schools to sections, then `deleted` in the opposite direction. The order is inferred, and
 * so are the consequences of Clever's guarantees: a section without students is deleted, and so are courses
 * and terms without a section, because Clever builds them from sections.
 *
 * All methods throw a {@link SandboxError} for ids that the district does not have, and then change
 * nothing.
 *
 * @example
 * ```ts
 * import { createSandbox } from 'clever-sdk/sandbox';
 *
 * const sandbox = createSandbox();
 * const [district] = sandbox.districts;
 * const [student] = sandbox.people({ role: 'student', districtId: district.id });
 * const { id: school } = district.schools.create({ name: 'Annex' });
 * if (student !== undefined) {
 *   const { updated, eventIds } = district.changes.transfer({ student: student.id, school });
 * }
 * ```
 */
export interface DistrictChanges {
  /**
   * Adds a student to a section: `sections.updated`.
   *
   * @throws {@link SandboxError} when the student is in the section.
   */
  enroll(enrollment: Enrollment): DistrictChange;
  /**
   * Removes a student from a section: `sections.updated`, or `sections.deleted` when it was the last
   * student.
   *
   * @throws {@link SandboxError} when the student is not in the section.
   */
  unenroll(enrollment: Enrollment): DistrictChange;
  /**
   * Moves a student to another school: `school`, `schools` and `enrollments` change, and the student leaves
   * all sections of the old school and joins the given ones.
   *
   * @throws {@link SandboxError} when the student is already at this school.
   */
  transfer(transfer: Transfer): DistrictChange;
  /**
   * Renames a person. Also renames sections that Clever named after their primary teacher. A contact
   * without a `sis_id` gets a new id, as with {@link DistrictChanges.recreateContact}.
   */
  rename(renaming: Renaming): DistrictChange;
  /**
   * Adds a co-teacher to a section, or the primary teacher if the section has none: `sections.updated`.
   *
   * @throws {@link SandboxError} when the teacher already has the section.
   */
  addTeacher(assignment: TeachingAssignment): DistrictChange;
  /**
   * Removes a co-teacher from a section: `sections.updated`.
   *
   * @throws {@link SandboxError} for the primary teacher, which every section at Clever has: use
   * {@link DistrictChanges.replacePrimaryTeacher}.
   */
  removeTeacher(assignment: TeachingAssignment): DistrictChange;
  /**
   * Gives a section another primary teacher, who may have been a co-teacher: `sections.updated`. Also
   * renames a section that Clever named after its primary teacher.
   *
   * @throws {@link SandboxError} when the teacher already is the primary teacher.
   */
  replacePrimaryTeacher(replacement: TeacherReplacement): DistrictChange;
  /** Ends a section: `sections.deleted`, and its course and term when no other section has them. */
  dissolveSection(dissolved: { readonly section: string }): DistrictChange;
  /**
   * Begins a new school year. Terms, courses and sections get new ids; people and schools keep theirs.
   * Source: dev.clever.com, on rollover. The rest is inferred: students advance one grade, into a school
   * that has it. Students who finish grade 12 or the last school leave, and so do contacts without other
   * students. A student gets the sections that students of that school and grade had last year, with their
   * teachers. No new people arrive, and content mappings of last year's courses and sections are not
   * carried over.
   */
  startSchoolYear(): RolloverChange;
  /**
   * Stops sharing a school with the app: its records are `deleted`, and so are all that belong to no other
   * school. Their ids are kept for {@link DistrictChanges.shareSchool}. People at several schools stay,
   * without this one.
   *
   * @throws {@link SandboxError} when the school is not shared.
   */
  unshareSchool(unshared: { readonly school: string }): DistrictChange;
  /**
   * Shares a school again: its records are `created`, with the same ids and in their present state.
   *
   * @throws {@link SandboxError} when the school is shared.
   */
  shareSchool(shared: { readonly school: string }): DistrictChange;
  /**
   * Changes a contact without a `sis_id`: `users.deleted`, and `users.created` with a new id, whatever the
   * change is. Source: dev.clever.com, on contacts and guardians.
   *
   * @throws {@link SandboxError} for a contact with a `sis_id`, because its id is stable.
   */
  recreateContact(replacement: ContactReplacement): ContactChange;
}
