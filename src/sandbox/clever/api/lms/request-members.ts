import * as z from 'zod';
import type { Json } from '../../../../util/types.js';
import {
  KNOWN_ASSIGNEE_MODES,
  KNOWN_GRADING_TYPES,
  KNOWN_SUBMISSION_FLAGS,
  KNOWN_SUBMISSION_STATES,
  KNOWN_SUBMISSION_TYPES,
} from '../../../../values/index.js';
import { Refusal } from '../answers.js';

const isDate = (text: string): boolean => /^\d{4}-\d{2}-\d{2}/u.test(text) && !Number.isNaN(Date.parse(text));
const text = z.string();
const date = z.string().refine(isDate);
const whole = z.int();
const attachments = z.array(
  z.object({
    type: z.literal('file'),
    url: text.nullish(),
    title: text.nullish(),
    description: text.nullish(),
  }),
);

/** The members of an assignment that can be written. Source: the official v3.1 specification. */
const ASSIGNMENT = {
  title: text,
  description: text,
  description_plaintext: text,
  due_date: date,
  start_date: date,
  end_date: date,
  display_date: date,
  points_possible: z.number(),
  grading_type: z.enum(KNOWN_GRADING_TYPES),
  submission_types: z.array(z.enum(KNOWN_SUBMISSION_TYPES)),
  max_attempts: whole,
  assignee_mode: z.enum(KNOWN_ASSIGNEE_MODES),
  assignee_ids: z.array(text),
  attachments,
  term_id: text,
} as const;

const SUBMISSION = {
  state: z.enum(KNOWN_SUBMISSION_STATES),
  grade: text,
  grade_points: z.number(),
  grade_comment: text,
  grader_id: text,
  flags: z.array(z.enum(KNOWN_SUBMISSION_FLAGS)),
  extra_attempts: whole,
  override_due_date: date,
  attachments,
} as const;

const REQUIRED = ['title', 'description', 'due_date'] as const;

/**
 * Checks the members of an assignment in the body of a write.
 *
 * @returns The members that can be written. Unknown members and members that are `null` are ignored (inferred).
 * @throws {@link Refusal} 400 in the documented words; the text for a member of the wrong type is inferred.
 */
export function assignmentMembers(body: Json, now: number, isNew: boolean): Json {
  const missing = isNew ? REQUIRED.filter((member) => (body[member] ?? '') === '') : [];
  if (missing.length > 0) {
    throw refuse(`missing required field(s): ${missing.join(', ')}`);
  }
  const members = checked(ASSIGNMENT, body);
  if (typeof members['due_date'] === 'string' && Date.parse(members['due_date']) <= now) {
    throw refuse('due_date must be in the future');
  }
  return members;
}

/** Checks the members of a submission in the body of a write, as {@link assignmentMembers} does. */
export function submissionMembers(body: Json): Json {
  return checked(SUBMISSION, body);
}

function checked(schemas: Readonly<Record<string, z.ZodType>>, body: Json): Json {
  const members = Object.keys(schemas).filter((member) => (body[member] ?? null) !== null);
  const wrong = members.find((member) => schemas[member]?.safeParse(body[member]).success !== true);
  if (wrong !== undefined) {
    throw refuse(`invalid value for field: ${wrong}`);
  }
  return Object.fromEntries(members.map((member) => [member, body[member]]));
}

function refuse(message: string): Refusal {
  return new Refusal(400, message, 'message');
}
