import type { Course } from '../../../schemas/course.js';
import type { ContentResource } from '../../../schemas/resource.js';
import type { School } from '../../../schemas/school.js';
import type { Section } from '../../../schemas/section.js';
import type { Term } from '../../../schemas/term.js';
import type { UserWith } from '../../../schemas/user.js';
import type { SensitiveField } from '../../../values/index.js';

/**
 * Members to change: every member, at every depth, may be left out. Lists are replaced as a whole; `null` and `undefined` take
 * a member away.
 */
export type RecordChanges<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Item[]
    : string extends keyof T
      ? { readonly [Key in keyof T]?: T[Key] | null | undefined }
      : { readonly [Key in keyof T]?: RecordChanges<T[Key]> | null | undefined };

/** What a change of the roster came to. Printing it shows no person's id. */
export interface RosterChange {
  /** Id of the record. */
  readonly id: string;
  /** Id of the event that was written; `undefined` when nothing changed. */
  readonly eventId: string | undefined;
}

/**
 * Changes the records of one kind in a district of the sandbox, as a sync of the district would: every list, link and relation
 * is right at once, and each change writes one event. References to deleted records are left as they are and lead nowhere.
 */
export interface RosterEdits<T> {
  /**
   * Adds a record and writes `<kind>.created`.
   *
   * @param record - As much of it as matters, in Clever's spelling. What Clever guarantees and is not given (`id`, `district`,
   * timestamps, a person's schools …) is filled in.
   * @throws {@link SandboxError} when the district has a record with this id.
   */
  create(record: RecordChanges<T>): RosterChange;
  /**
   * Changes a record and writes `<kind>.updated`, with what the changed members were before. `last_modified` moves on by
   * itself and is not among them (observed). A member that was not there before shows as `null` (inferred). Nothing is
   * written when nothing changes.
   *
   * @throws {@link SandboxError} when there is no such record, or the changes hold another `id`.
   */
  update(id: string, changes: RecordChanges<T>): RosterChange;
  /**
   * Takes a record out, as after a removal or when the district no longer shares it, and writes `<kind>.deleted`.
   *
   * @throws {@link SandboxError} when there is no such record.
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
