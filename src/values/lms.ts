import { isOneOf, type OpenEnum } from './open.js';

/** Every way to assign work that Clever documents: to the whole section or to some of its students. LMS Connect, API v3.1. */
export const KNOWN_ASSIGNEE_MODES = ['all', 'individuals'] as const;

/** A way to assign work that Clever documents. */
export type KnownAssigneeMode = (typeof KNOWN_ASSIGNEE_MODES)[number];

/** A way to assign work: a documented one, or any other text, `''` included. */
export type AssigneeMode = OpenEnum<KnownAssigneeMode>;

/** Tells whether a value is a way to assign work that Clever documents. */
export function isKnownAssigneeMode(value: unknown): value is KnownAssigneeMode {
  return isOneOf(KNOWN_ASSIGNEE_MODES, value);
}

/** Every state of an assignment that Clever documents, in Clever's spelling. LMS Connect, API v3.1. */
export const KNOWN_ASSIGNMENT_STATES = ['draft', 'scheduled', 'open', 'locked'] as const;

/** A state of an assignment that Clever documents. */
export type KnownAssignmentState = (typeof KNOWN_ASSIGNMENT_STATES)[number];

/** A state of an assignment: a documented one, or any other text, `''` included. */
export type AssignmentState = OpenEnum<KnownAssignmentState>;

/** Tells whether a value is a state of an assignment that Clever documents. */
export function isKnownAssignmentState(value: unknown): value is KnownAssignmentState {
  return isOneOf(KNOWN_ASSIGNMENT_STATES, value);
}

/** Every way to grade an assignment that Clever documents, in Clever's spelling. LMS Connect, API v3.1. */
export const KNOWN_GRADING_TYPES = ['points', 'percent', 'pass_fail', 'letter_grade'] as const;

/** A way to grade an assignment that Clever documents. */
export type KnownGradingType = (typeof KNOWN_GRADING_TYPES)[number];

/** A way to grade an assignment: a documented one, or any other text, `''` included. */
export type GradingType = OpenEnum<KnownGradingType>;

/** Tells whether a value is a way to grade an assignment that Clever documents. */
export function isKnownGradingType(value: unknown): value is KnownGradingType {
  return isOneOf(KNOWN_GRADING_TYPES, value);
}

/** Every kind of work that a student can hand in, as Clever documents it. LMS Connect, API v3.1. */
export const KNOWN_SUBMISSION_TYPES = ['link', 'file', 'text', 'discussion'] as const;

/** A kind of work that Clever documents. */
export type KnownSubmissionType = (typeof KNOWN_SUBMISSION_TYPES)[number];

/** A kind of work: a documented one, or any other text, `''` included. */
export type SubmissionType = OpenEnum<KnownSubmissionType>;

/** Tells whether a value is a kind of work that Clever documents. */
export function isKnownSubmissionType(value: unknown): value is KnownSubmissionType {
  return isOneOf(KNOWN_SUBMISSION_TYPES, value);
}

/** Every state of a submission that Clever documents, in Clever's spelling. LMS Connect, API v3.1. */
export const KNOWN_SUBMISSION_STATES = ['created', 'submitted', 'returned', 'reclaimed'] as const;

/** A state of a submission that Clever documents. */
export type KnownSubmissionState = (typeof KNOWN_SUBMISSION_STATES)[number];

/** A state of a submission: a documented one, or any other text, `''` included. */
export type SubmissionState = OpenEnum<KnownSubmissionState>;

/** Tells whether a value is a state of a submission that Clever documents. */
export function isKnownSubmissionState(value: unknown): value is KnownSubmissionState {
  return isOneOf(KNOWN_SUBMISSION_STATES, value);
}

/** Every flag of a submission that Clever documents, in Clever's spelling. LMS Connect, API v3.1. */
export const KNOWN_SUBMISSION_FLAGS = ['excused', 'late', 'missing'] as const;

/** A flag of a submission that Clever documents. */
export type KnownSubmissionFlag = (typeof KNOWN_SUBMISSION_FLAGS)[number];

/** A flag of a submission: a documented one, or any other text, `''` included. */
export type SubmissionFlag = OpenEnum<KnownSubmissionFlag>;

/** Tells whether a value is a flag of a submission that Clever documents. */
export function isKnownSubmissionFlag(value: unknown): value is KnownSubmissionFlag {
  return isOneOf(KNOWN_SUBMISSION_FLAGS, value);
}
