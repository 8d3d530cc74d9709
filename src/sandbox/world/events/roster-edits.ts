import type { Course } from '../../../schemas/course.js';
import type { ContentResource } from '../../../schemas/resource.js';
import type { School } from '../../../schemas/school.js';
import type { Section } from '../../../schemas/section.js';
import type { Term } from '../../../schemas/term.js';
import type { UserWith } from '../../../schemas/user.js';
import type { SensitiveField } from '../../../values/index.js';

/**
 * Members to change. Every member may be left out, at every depth. Lists are replaced as a whole; `null`
 * and `undefined` remove a member.
 */
export type RecordChanges<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Item[]
    : string extends keyof T
      ? { readonly [Key in keyof T]?: T[Key] | null | undefined }
      : { readonly [Key in keyof T]?: RecordChanges<T[Key]> | null | undefined };

/** The result of a change to a record. Printing it shows no person's id. */
export interface RosterChange {
  /** Id of the record. */
  readonly id: string;
  /** Id of the event that was written; `undefined` when nothing changed. */
  readonly eventId: string | undefined;
}

/**
 * Changes the records of one kind in a district of the sandbox, as a sync of the district would. Every
 * list, link and relation is up to date at once, and each change writes one event. References to deleted
 * records stay and have no record.
 */
export interface RosterEdits<T> {
  /**
   * Adds a record and writes `<kind>.created`.
   *
   * @param record - Any of its members, in Clever's spelling. Members that Clever guarantees and that are
   * absent (`id`, `district`, timestamps, a person's schools …) are filled in.
   * @throws {@link SandboxError} when the district already has a record with this id.
   */
  create(record: RecordChanges<T>): RosterChange;
  /**
   * Changes a record and writes `<kind>.updated`, with the previous values of the changed members.
   * `last_modified` is updated and is not among them (observed). A member that was absent has `null` there
   * (inferred). Writes no event when nothing changes.
   *
   * @throws {@link SandboxError} when no such record exists, or the changes contain another `id`.
   */
  update(id: string, changes: RecordChanges<T>): RosterChange;
  /**
   * Removes a record, as after a deletion or when the district no longer shares it, and writes
   * `<kind>.deleted`.
   *
   * @throws {@link SandboxError} when no such record exists.
   */
  delete(id: string): RosterChange;
}

/** The kinds of record that can be edited, with their types. */
export interface EditableRecords {
  readonly users: UserWith<SensitiveField>;
  readonly sections: Section;
  readonly schools: School;
  readonly courses: Course;
  readonly terms: Term;
  readonly resources: ContentResource;
}

/** One {@link RosterEdits} per kind. */
export type DistrictEdits = { readonly [Kind in keyof EditableRecords]: RosterEdits<EditableRecords[Kind]> };
