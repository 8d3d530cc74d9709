import type { SyncKind } from '../kinds.js';

/** A table whose rows are derived from the records of one kind. */
export interface Relation {
  readonly table: string;
  /** The column with the id of the record. */
  readonly parent: string;
  /** The other columns of the key. */
  readonly key: readonly string[];
  /** The columns beside the key. */
  readonly others: readonly string[];
  /** The members of the record that it is derived from. */
  readonly members: readonly string[];
  /** The function that derives the rows from a record. A set of texts where one column is derived. */
  readonly derive: string;
}

/** The relation tables of each kind. */
export const RELATIONS: Readonly<Partial<Record<SyncKind, readonly Relation[]>>> = {
  sections: [
    {
      table: 'enrollments',
      parent: 'section_id',
      key: ['user_id', 'role'],
      others: ['is_primary'],
      members: ['students', 'teachers', 'teacher'],
      derive: 'enrollments_of',
    },
  ],
  users: [
    { table: 'user_roles', parent: 'user_id', key: ['role'], others: [], members: ['roles'], derive: 'roles_of' },
    {
      table: 'user_schools',
      parent: 'user_id',
      key: ['school_id'],
      others: [],
      members: ['roles'],
      derive: 'schools_of',
    },
    {
      table: 'contact_students',
      parent: 'contact_id',
      key: ['student_id'],
      others: ['relationship'],
      members: ['roles'],
      derive: 'students_of',
    },
  ],
};
