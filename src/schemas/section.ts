import * as z from 'zod';
import type { Grade } from '../values/grade.js';
import type { Subject } from '../values/subject.js';
import { gradeSchema, subjectSchema } from './enumerations.js';
import { looseRecord, optional } from './loose.js';
import { type ExtensionFields, extensionFieldsSchema, type LmsStatus, lmsStatusSchema } from './parts.js';

/**
 * A section: one class of students with its teachers. It gets a new id every school year.
 *
 * Clever guarantees the members that are not optional here; all others may be missing, `null` or `''`.
 * Source: dev.clever.com/docs/schema-1.
 */
export interface Section {
  id: string;
  /** Id of the district. */
  district: string;
  /** Id of the school. People in the section may belong to another school. */
  school: string;
  /** "course - teacher's last name - period" if the course has a name. Not unique. */
  name: string;
  /** The id in the district's student information system; unique within the district only. */
  sis_id: string;
  /** May be `''`. */
  subject: Subject;
  /** Ids of the students. */
  students: string[];
  /** Id of the primary teacher. */
  teacher: string;
  /** Ids of all teachers, including the primary one. */
  teachers: string[];
  grade?: Grade | null;
  /** Id of the course. */
  course?: string | null;
  /** Id of the term. Unlike `course`, Clever's name for it ends in `_id`. */
  term_id?: string | null;
  period?: string | null;
  section_number?: string | null;
  ext?: ExtensionFields | null;
  /** API v3.1 only. */
  lms_status?: LmsStatus | null;
  /** ISO timestamp. */
  created: string;
  /** ISO timestamp. */
  last_modified: string;
}

/** Schema of {@link Section}. */
export const sectionSchema = looseRecord<Section>()({
  id: z.string(),
  district: z.string(),
  school: z.string(),
  name: z.string(),
  sis_id: z.string(),
  subject: subjectSchema,
  students: z.array(z.string()),
  teacher: z.string(),
  teachers: z.array(z.string()),
  grade: optional(gradeSchema),
  course: optional(z.string()),
  term_id: optional(z.string()),
  period: optional(z.string()),
  section_number: optional(z.string()),
  ext: optional(extensionFieldsSchema),
  lms_status: optional(lmsStatusSchema),
  created: z.string(),
  last_modified: z.string(),
}).meta({ title: 'Section', description: 'One class of students with its teachers.' });
