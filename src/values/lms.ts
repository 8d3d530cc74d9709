import { type Guard, known, type OpenEnum } from './known.js';

/**
 * Every way to assign work that Clever documents: to the whole section or to some of its students. LMS
 * Connect, API v3.1.
 */
export const KNOWN_ASSIGNEE_MODES = ['all', 'individuals'] as const;

/** A way to assign work that Clever documents. */
export type KnownAssigneeMode = (typeof KNOWN_ASSIGNEE_MODES)[number];

/** A way to assign work: a documented one, or any other text, `''` included. */
export type AssigneeMode = OpenEnum<KnownAssigneeMode>;

/** Whether a value is a way to assign work that Clever documents. */
export const isKnownAssigneeMode: Guard<KnownAssigneeMode> = /* @__PURE__ */ known(KNOWN_ASSIGNEE_MODES);

/** Every state of an assignment that Clever documents, in Clever's spelling. LMS Connect, API v3.1. */
export const KNOWN_ASSIGNMENT_STATES = ['draft', 'scheduled', 'open', 'locked'] as const;

/** A state of an assignment that Clever documents. */
export type KnownAssignmentState = (typeof KNOWN_ASSIGNMENT_STATES)[number];

/** A state of an assignment: a documented one, or any other text, `''` included. */
export type AssignmentState = OpenEnum<KnownAssignmentState>;

/** Whether a value is a state of an assignment that Clever documents. */
export const isKnownAssignmentState: Guard<KnownAssignmentState> = /* @__PURE__ */ known(KNOWN_ASSIGNMENT_STATES);

/** Every way to grade an assignment that Clever documents, in Clever's spelling. LMS Connect, API v3.1. */
export const KNOWN_GRADING_TYPES = ['points', 'percent', 'pass_fail', 'letter_grade'] as const;

/** A way to grade an assignment that Clever documents. */
export type KnownGradingType = (typeof KNOWN_GRADING_TYPES)[number];

/** A way to grade an assignment: a documented one, or any other text, `''` included. */
export type GradingType = OpenEnum<KnownGradingType>;

/** Whether a value is a way to grade an assignment that Clever documents. */
export const isKnownGradingType: Guard<KnownGradingType> = /* @__PURE__ */ known(KNOWN_GRADING_TYPES);

/** Every kind of work that a student can submit, as Clever documents it. LMS Connect, API v3.1. */
export const KNOWN_SUBMISSION_TYPES = ['link', 'file', 'text', 'discussion'] as const;

/** A kind of work that Clever documents. */
export type KnownSubmissionType = (typeof KNOWN_SUBMISSION_TYPES)[number];

/** A kind of work: a documented one, or any other text, `''` included. */
export type SubmissionType = OpenEnum<KnownSubmissionType>;

/** Whether a value is a kind of work that Clever documents. */
export const isKnownSubmissionType: Guard<KnownSubmissionType> = /* @__PURE__ */ known(KNOWN_SUBMISSION_TYPES);

/** Every state of a submission that Clever documents, in Clever's spelling. LMS Connect, API v3.1. */
export const KNOWN_SUBMISSION_STATES = ['created', 'submitted', 'returned', 'reclaimed'] as const;

/** A state of a submission that Clever documents. */
export type KnownSubmissionState = (typeof KNOWN_SUBMISSION_STATES)[number];

/** A state of a submission: a documented one, or any other text, `''` included. */
export type SubmissionState = OpenEnum<KnownSubmissionState>;

/** Whether a value is a state of a submission that Clever documents. */
export const isKnownSubmissionState: Guard<KnownSubmissionState> = /* @__PURE__ */ known(KNOWN_SUBMISSION_STATES);

/** Every flag of a submission that Clever documents, in Clever's spelling. LMS Connect, API v3.1. */
export const KNOWN_SUBMISSION_FLAGS = ['excused', 'late', 'missing'] as const;

/** A flag of a submission that Clever documents. */
export type KnownSubmissionFlag = (typeof KNOWN_SUBMISSION_FLAGS)[number];

/** A flag of a submission: a documented one, or any other text, `''` included. */
export type SubmissionFlag = OpenEnum<KnownSubmissionFlag>;

/** Whether a value is a flag of a submission that Clever documents. */
export const isKnownSubmissionFlag: Guard<KnownSubmissionFlag> = /* @__PURE__ */ known(KNOWN_SUBMISSION_FLAGS);
