import type { ContactRole } from '../../../schemas/roles/contact.js';

/** Ids of records, by kind. Printing it shows how many, and no id. */
export interface ChangedRecords {
  readonly districts: readonly string[];
  readonly schools: readonly string[];
  readonly terms: readonly string[];
  readonly courses: readonly string[];
  readonly users: readonly string[];
  readonly sections: readonly string[];
  readonly resources: readonly string[];
}

/** What a change of a district came to, in all its records. Printing it shows numbers, and no person's id. */
export interface DistrictChange {
  readonly created: ChangedRecords;
  readonly updated: ChangedRecords;
  readonly deleted: ChangedRecords;
  /**
   * Ids of the events that were written, in their order. Empty while the district is paused, events are switched off or the app
   * is not connected.
   */
  readonly eventIds: readonly string[];
}

/** What a new school year brought. */
export interface RolloverChange extends DistrictChange {
  /** From the ids of last year's sections to those of this year's; without the sections that nobody is in any more. */
  readonly sections: Readonly<Record<string, string>>;
  /** The same of courses. */
  readonly courses: Readonly<Record<string, string>>;
  /** The same of terms. */
  readonly terms: Readonly<Record<string, string>>;
}

/** What became of a contact. */
export interface ContactChange extends DistrictChange {
  /** The contact's new id. Concealed when it is printed. */
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

/** Where a student goes. */
export interface Transfer {
  /** Id of the student. */
  readonly student: string;
  /** Id of the new school. */
  readonly school: string;
  /** Ids of the sections that the student joins there. Default none. */
  readonly sections?: readonly string[];
}

/** How a person is called from now on; what is left out stays. */
export interface Renaming {
  /** Id of the person. */
  readonly user: string;
  readonly name: { readonly first?: string; readonly middle?: string; readonly last?: string };
}

/** Who takes over a section. */
export interface TeacherReplacement extends TeachingAssignment {
  /** Whether the teacher from before stays, as a co-teacher. Default `false`. */
  readonly keepPrevious?: boolean;
}

/** A contact, and what is different about it. */
export interface ContactReplacement {
  /** Id of the contact. */
  readonly contact: string;
  /** Members of `roles.contact` that change, in Clever's spelling. */
  readonly changes?: Partial<Omit<ContactRole, 'sis_id' | 'legacy_id'>>;
}

/**
 * What happens in districts, as one call each. Every call is one sync of the district: it changes all records that have to do with
 * it, and writes their events in an order in which none names a record that is not there: `created` and `updated` from schools to
 * sections, then `deleted` the other way round. The order is inferred, and so is what follows from what Clever guarantees: a section
 * that is left without students is deleted, and so are the courses and terms of no section, which Clever builds from sections.
 *
 * All of them throw a {@link SandboxError} for ids that the district does not have, and change nothing then.
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
   * A student joins a section: `sections.updated`.
   *
   * @throws {@link SandboxError} when the student is in the section.
   */
  enroll(enrollment: Enrollment): DistrictChange;
  /**
   * A student leaves a section: `sections.updated`, or `sections.deleted` when it was the last one.
   *
   * @throws {@link SandboxError} when the student is not in the section.
   */
  unenroll(enrollment: Enrollment): DistrictChange;
  /**
   * A student moves to another school: `school`, `schools` and `enrollments` change, the student leaves all sections of the old
   * school and joins the given ones.
   *
   * @throws {@link SandboxError} when it is the student's school already.
   */
  transfer(transfer: Transfer): DistrictChange;
  /**
   * A person gets another name. Sections that Clever named after their primary teacher are renamed too; a contact without a
   * `sis_id` gets a new id, as with {@link DistrictChanges.recreateContact}.
   */
  rename(renaming: Renaming): DistrictChange;
  /**
   * A teacher joins a section as a co-teacher: `sections.updated`. In a section without any, as its primary teacher.
   *
   * @throws {@link SandboxError} when the teacher has the section.
   */
  addTeacher(assignment: TeachingAssignment): DistrictChange;
  /**
   * A co-teacher leaves a section: `sections.updated`.
   *
   * @throws {@link SandboxError} for the primary teacher, whom Clever guarantees: use
   * {@link DistrictChanges.replacePrimaryTeacher}.
   */
  removeTeacher(assignment: TeachingAssignment): DistrictChange;
  /**
   * A section gets another primary teacher, who may have been a co-teacher: `sections.updated`. A section that Clever named after
   * its primary teacher is renamed.
   *
   * @throws {@link SandboxError} when it is the primary teacher already.
   */
  replacePrimaryTeacher(replacement: TeacherReplacement): DistrictChange;
  /** A section comes to an end: `sections.deleted`, and its course and term when no other section has them. */
  dissolveSection(dissolved: { readonly section: string }): DistrictChange;
  /**
   * A new school year. Terms, courses and sections get new ids; those of people and schools stay. Source: dev.clever.com, of rollover.
   * The rest is inferred: students advance one grade, into a school that has it; who comes out of grade 12, or out of the last
   * school, leaves, and so do contacts of nobody else. A student has the sections that students of that school and grade had
   * last year, with their teachers. Nobody new comes, and content mappings of last year's courses and sections are not carried over.
   */
  startSchoolYear(): RolloverChange;
  /**
   * The district stops sharing a school with the app: its records are `deleted`, with all that has nothing to do with another
   * school. Their ids are kept for {@link DistrictChanges.shareSchool}. People at further schools stay, without this one.
   *
   * @throws {@link SandboxError} when the school is not shared.
   */
  unshareSchool(unshared: { readonly school: string }): DistrictChange;
  /**
   * The district shares a school again: its records are `created`, under the same ids and as they have become meanwhile.
   *
   * @throws {@link SandboxError} when the school is shared.
   */
  shareSchool(shared: { readonly school: string }): DistrictChange;
  /**
   * Something about a contact without `sis_id` changes, whatever it is: `users.deleted`, and `users.created` under a new id.
   * Source: dev.clever.com, of contacts and guardians.
   *
   * @throws {@link SandboxError} for a contact with a `sis_id`, whose id is stable.
   */
  recreateContact(replacement: ContactReplacement): ContactChange;
}
