import * as z from 'zod';
import {
  KNOWN_SUBMISSION_FLAGS,
  KNOWN_SUBMISSION_STATES,
  type SubmissionFlag,
  type SubmissionState,
} from '../values/lms.js';
import { type Attachment, type AttachmentRequest, attachmentSchema } from './attachment.js';
import { openEnum } from './enumerations.js';
import { looseRecord, optional } from './loose.js';

/**
 * The work that one student submitted for one assignment, with its grade (LMS Connect). Identified by
 * assignment and student. API v3.1 only.
 *
 * Source: the official v3.1 specification; not observed.
 */
export interface Submission {
  /** Id of the assignment. */
  assignment_id: string;
  /** Clever's id of the student. */
  user_id: string;
  state?: SubmissionState | null;
  /** The grade as the learning management system shows it. */
  grade?: string | null;
  grade_points?: number | null;
  grade_comment?: string | null;
  /** Clever's id of the person who graded it. */
  grader_id?: string | null;
  flags?: SubmissionFlag[] | null;
  extra_attempts?: number | null;
  /** ISO timestamp: the student's own due date. */
  override_due_date?: string | null;
  attachments?: Attachment[] | null;
  /** ISO timestamp. */
  created?: string | null;
  /** ISO timestamp. */
  last_modified?: string | null;
  /**
   * Empty with Google Classroom, and will be removed.
   *
   * @deprecated Since January 2026. Identify a submission by `assignment_id` and `user_id`.
   */
  id?: string | null;
}

/** Schema of {@link Submission}. */
export const submissionSchema = looseRecord<Submission>()({
  assignment_id: z.string(),
  user_id: z.string(),
  state: optional(openEnum(KNOWN_SUBMISSION_STATES)),
  grade: optional(z.string()),
  grade_points: optional(z.number()),
  grade_comment: optional(z.string()),
  grader_id: optional(z.string()),
  flags: optional(z.array(openEnum(KNOWN_SUBMISSION_FLAGS))),
  extra_attempts: optional(z.number()),
  override_due_date: optional(z.string()),
  attachments: optional(z.array(attachmentSchema)),
  created: optional(z.string()),
  last_modified: optional(z.string()),
  id: optional(z.string()),
}).meta({ title: 'Submission', description: 'The work that one student submitted for one assignment.' });

/** The members of a submission to write. Source: the official v3.1 specification. */
export interface SubmissionRequest {
  state?: SubmissionState | null;
  grade?: string | null;
  grade_points?: number;
  grade_comment?: string | null;
  /** Clever's id of the person who graded it. */
  grader_id?: string | null;
  flags?: readonly SubmissionFlag[];
  extra_attempts?: number;
  /** ISO timestamp. */
  override_due_date?: string | null;
  attachments?: readonly AttachmentRequest[];
}
