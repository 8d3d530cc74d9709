import * as z from 'zod';
import {
  type AssigneeMode,
  type AssignmentState,
  type GradingType,
  KNOWN_ASSIGNEE_MODES,
  KNOWN_ASSIGNMENT_STATES,
  KNOWN_GRADING_TYPES,
  KNOWN_SUBMISSION_TYPES,
  type SubmissionType,
} from '../values/lms.js';
import { type Attachment, type AttachmentRequest, attachmentSchema } from './attachment.js';
import { openEnum } from './enumerations.js';
import { looseRecord, optional } from './loose.js';

/** One step of a grading scale. */
export interface GradingScaleEntry {
  name?: string | null;
  value?: string | null;
}

/** Schema of {@link GradingScaleEntry}. */
export const gradingScaleEntrySchema = looseRecord<GradingScaleEntry>()({
  name: optional(z.string()),
  value: optional(z.string()),
}).meta({ title: 'GradingScaleEntry', description: 'One step of a grading scale.' });

/** A grading scale of the learning management system. */
export interface GradingScale {
  name?: string | null;
  entries?: GradingScaleEntry[] | null;
}

/** Schema of {@link GradingScale}. */
export const gradingScaleSchema = looseRecord<GradingScale>()({
  name: optional(z.string()),
  entries: optional(z.array(gradingScaleEntrySchema)),
}).meta({ title: 'GradingScale', description: 'A grading scale of the learning management system.' });

/**
 * An assignment in the district's learning management system (LMS Connect). API v3.1 only.
 *
 * Clever guarantees only the members that were written, and not every system keeps all of them: Canvas
 * ignores `state`, `start_date` and `term_id`. Source: the official v3.1 specification;
 * dev.clever.com/docs/lms-connect-output-behavior; not observed.
 */
export interface Assignment {
  /** A UUID. Store it, because Clever cannot list assignments. */
  id: string;
  title: string;
  /** May contain HTML. */
  description?: string | null;
  description_plaintext?: string | null;
  state?: AssignmentState | null;
  /** ISO timestamp. */
  due_date?: string | null;
  /** ISO timestamp, after which students may submit work. */
  start_date?: string | null;
  /** ISO timestamp, until which students may submit work. */
  end_date?: string | null;
  /** ISO timestamp, after which students see the assignment. */
  display_date?: string | null;
  points_possible?: number | null;
  grading_type?: GradingType | null;
  grading_scale?: GradingScale[] | null;
  submission_types?: SubmissionType[] | null;
  max_attempts?: number | null;
  assignee_mode?: AssigneeMode | null;
  /** Clever ids of the students, when `assignee_mode` is `individuals`. */
  assignee_ids?: string[] | null;
  attachments?: Attachment[] | null;
  category_id?: string | null;
  term_id?: string | null;
  /** ISO timestamp. */
  created?: string | null;
  /** ISO timestamp. */
  last_modified?: string | null;
}

/** Schema of {@link Assignment}. */
export const assignmentSchema = looseRecord<Assignment>()({
  id: z.string(),
  title: z.string(),
  description: optional(z.string()),
  description_plaintext: optional(z.string()),
  state: optional(openEnum(KNOWN_ASSIGNMENT_STATES)),
  due_date: optional(z.string()),
  start_date: optional(z.string()),
  end_date: optional(z.string()),
  display_date: optional(z.string()),
  points_possible: optional(z.number()),
  grading_type: optional(openEnum(KNOWN_GRADING_TYPES)),
  grading_scale: optional(z.array(gradingScaleSchema)),
  submission_types: optional(z.array(openEnum(KNOWN_SUBMISSION_TYPES))),
  max_attempts: optional(z.number()),
  assignee_mode: optional(openEnum(KNOWN_ASSIGNEE_MODES)),
  assignee_ids: optional(z.array(z.string())),
  attachments: optional(z.array(attachmentSchema)),
  category_id: optional(z.string()),
  term_id: optional(z.string()),
  created: optional(z.string()),
  last_modified: optional(z.string()),
}).meta({ title: 'Assignment', description: "An assignment in the district's learning management system." });

/**
 * The members of an assignment to write. `id`, `state`, `grading_scale` and `category_id` are set by the
 * learning management system.
 *
 * Source: the official v3.1 specification.
 */
export interface AssignmentRequest {
  title?: string;
  /** May contain HTML. */
  description?: string;
  description_plaintext?: string | null;
  /** ISO timestamp, which must be in the future. */
  due_date?: string | null;
  /** ISO timestamp. */
  start_date?: string | null;
  /** ISO timestamp. */
  end_date?: string | null;
  /** ISO timestamp. */
  display_date?: string | null;
  points_possible?: number | null;
  grading_type?: GradingType | null;
  submission_types?: readonly SubmissionType[];
  max_attempts?: number;
  assignee_mode?: AssigneeMode | null;
  /** Clever ids of the students, for `assignee_mode: 'individuals'`. */
  assignee_ids?: readonly string[];
  attachments?: readonly AttachmentRequest[];
  term_id?: string | null;
}

/**
 * An assignment to create. Clever refuses one without `title`, `description` or `due_date`.
 *
 * Source: dev.clever.com/docs/clever-lms-connect-api-errors.
 */
export interface NewAssignment extends AssignmentRequest {
  title: string;
  /** May contain HTML. */
  description: string;
  /** ISO timestamp, which must be in the future. */
  due_date: string;
}
