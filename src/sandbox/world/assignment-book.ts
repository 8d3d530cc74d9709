import type { Json } from '../../util/types.js';
import { Random } from '../roster/random.js';
import type { SavedDistrict } from './state/state-schema.js';

/** What a learning management system stores of an assignment or a submission. */
export interface Kept {
  readonly id: string;
  readonly created: string;
  readonly last_modified: string;
  readonly members: Json;
}

/** An assignment with the submissions that were written. */
export interface KeptAssignment extends Kept {
  readonly sectionId: string;
}

/** Members that Canvas does not store. Source: dev.clever.com/docs/lms-connect-output-behavior. */
const NOT_IN_CANVAS = new Set(['start_date', 'term_id']);

/** The assignments and submissions in a district's learning management system. */
export class AssignmentBook {
  readonly #assignments = new Map<string, KeptAssignment>();
  readonly #submissions = new Map<string, Map<string, Kept>>();
  readonly #district: string;
  #created = 0;

  constructor(districtId: string) {
    this.#district = districtId;
  }

  /** Returns an assignment of a section. */
  get(sectionId: string, id: string): KeptAssignment | undefined {
    const assignment = this.#assignments.get(id);
    return assignment?.sectionId === sectionId ? assignment : undefined;
  }

  create(sectionId: string, members: Json, now: string, lmsType: unknown): KeptAssignment {
    const id = this.#uuid();
    const assignment = {
      id,
      sectionId,
      created: now,
      last_modified: now,
      members: keep({ grading_type: 'points', assignee_mode: 'all', ...members }, lmsType),
    };
    this.#assignments.set(id, assignment);
    return assignment;
  }

  update(assignment: KeptAssignment, changes: Json, now: string, lmsType: unknown): KeptAssignment {
    const members = keep({ ...assignment.members, ...changes }, lmsType);
    const updated = { ...assignment, members, last_modified: now };
    this.#assignments.set(assignment.id, updated);
    return updated;
  }

  delete({ id }: KeptAssignment): void {
    this.#assignments.delete(id);
    this.#submissions.delete(id);
  }

  /** Returns a student's submission. It exists from the beginning and is as old as the assignment. */
  submission(assignment: KeptAssignment, userId: string): Kept {
    const { id, created } = assignment;
    const known = this.#submissions.get(id)?.get(userId);
    return known ?? { id: uuidFrom(new Random(0, id, userId)), created, last_modified: created, members: {} };
  }

  updateSubmission(assignment: KeptAssignment, userId: string, changes: Json, now: string): Kept {
    const old = this.submission(assignment, userId);
    const updated = { ...old, last_modified: now, members: { ...old.members, ...withFileIds(changes) } };
    const submissions = this.#submissions.get(assignment.id) ?? new Map<string, Kept>();
    this.#submissions.set(assignment.id, submissions.set(userId, updated));
    return updated;
  }

  /** Returns what a saved state needs. */
  save(): SavedDistrict['assignments'] {
    const submissions = [...this.#submissions].flatMap(([assignment, ofStudents]) =>
      [...ofStudents].map(([student, submission]) => ({ ...submission, assignment, student })),
    );
    return { created: this.#created, kept: [...this.#assignments.values()], submissions };
  }

  /** Continues from a saved state. */
  load({ created, kept, submissions }: SavedDistrict['assignments']): void {
    this.#created = created;
    for (const assignment of kept) {
      this.#assignments.set(assignment.id, assignment);
    }
    for (const { assignment, student, ...submission } of submissions) {
      const ofStudents = this.#submissions.get(assignment) ?? new Map<string, Kept>();
      this.#submissions.set(assignment, ofStudents.set(student, submission));
    }
  }

  #uuid(): string {
    this.#created += 1;
    return uuidFrom(new Random(0, 'assignments', this.#district, this.#created));
  }
}

function keep(members: Json, lmsType: unknown): Json {
  const kept = Object.entries(members).filter(([member]) => lmsType !== 'canvas' || !NOT_IN_CANVAS.has(member));
  return withFileIds(Object.fromEntries(kept));
}

/** Adds the id that the learning management system gives to each attached file. */
function withFileIds(members: Json): Json {
  const { attachments } = members as { readonly attachments?: readonly Json[] };
  return attachments === undefined
    ? members
    : {
        ...members,
        attachments: attachments.map((attachment, index) => ({ file_external_id: String(index + 1), ...attachment })),
      };
}

function uuidFrom(random: Random): string {
  const variant = '89ab'.charAt(random.below(4));
  return `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-${variant}${random.hex(3)}-${random.hex(12)}`;
}
