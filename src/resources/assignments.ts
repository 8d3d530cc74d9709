import type { CallOptions } from '../api/context.js';
import type { RepeatOptions } from '../api/parameters.js';
import type { ResourceApi } from '../api/resource-api.js';
import type { Assignment, AssignmentRequest, NewAssignment } from '../schemas/assignment.js';
import type { RequestOptions } from '../transport/index.js';
import { LMS_CONNECT } from './lms.js';

const PATH = '/sections/{section_id}/assignments';
const ONE = '/sections/{section_id}/assignments/{assignment_id}';

/**
 * Assignments in the district's learning management system (LMS Connect). Available as
 * `district.assignments`, with API v3.1 only.
 *
 * Clever cannot list them: store the id of each one that you create. A call may take up to a minute, so
 * `timeoutMs` is 60000 here unless the client or the call sets another limit.
 *
 * Source: dev.clever.com/docs/lms-connect-overview.
 */
export class Assignments {
  readonly #api: ResourceApi;

  /** @internal */
  constructor(api: ResourceApi) {
    this.#api = api;
  }

  /**
   * Creates an assignment in a section. Sends `POST /sections/{section_id}/assignments`, only once, because
   * a retry after a lost answer could create the assignment twice.
   *
   * @param options.isSafeToRepeat - `true` retries it nevertheless, after a lost answer or a problem on
   * Clever's side.
   * @returns The assignment as stored by the learning management system. Store its `id`.
   * @throws {@link CleverPermissionError} when LMS Connect does not accept the token; see {@link Lms.check}.
   * @throws {@link CleverBadRequestError} when a member is missing or wrong.
   *
   * @example
   * ```ts
   * import type { DistrictClient } from 'clever-sdk';
   *
   * async function assignReading(district: DistrictClient, sectionId: string): Promise<string> {
   *   const { id } = await district.assignments.create(sectionId, {
   *     title: 'Chapter 4',
   *     description: 'Read chapter 4.',
   *     due_date: '2030-01-31T23:59:00.000Z',
   *   });
   *   return id;
   * }
   * ```
   */
  create(sectionId: string, assignment: NewAssignment, options?: CallOptions & RepeatOptions): Promise<Assignment> {
    const ids = { section_id: sectionId };
    return this.#api.write(
      { call: 'assignments.create()', kind: 'assignment', method: 'POST', path: PATH, ids, ...LMS_CONNECT },
      assignment,
      options,
    );
  }

  /**
   * Reads one assignment. Sends `GET /sections/{section_id}/assignments/{assignment_id}`.
   *
   * @throws {@link CleverNotFoundError} when the section has no assignment with this id.
   */
  get(sectionId: string, assignmentId: string, options?: CallOptions): Promise<Assignment> {
    const ids = { section_id: sectionId, assignment_id: assignmentId };
    return this.#api.get({ call: 'assignments.get()', kind: 'assignment', path: ONE, ids, ...LMS_CONNECT }, options);
  }

  /**
   * Changes the named members of an assignment. Sends
   * `PATCH /sections/{section_id}/assignments/{assignment_id}` only once.
   *
   * @param options.isSafeToRepeat - `true` retries it after a lost answer or a problem on Clever's side.
   * @returns The assignment after the change.
   */
  update(
    sectionId: string,
    assignmentId: string,
    changes: AssignmentRequest,
    options?: CallOptions & RepeatOptions,
  ): Promise<Assignment> {
    const ids = { section_id: sectionId, assignment_id: assignmentId };
    return this.#api.write(
      { call: 'assignments.update()', kind: 'assignment', method: 'PATCH', path: ONE, ids, ...LMS_CONNECT },
      changes,
      options,
    );
  }

  /**
   * Deletes an assignment. Sends `DELETE /sections/{section_id}/assignments/{assignment_id}` only once.
   *
   * @param options.isSafeToRepeat - `true` retries it after a lost answer or a problem on Clever's side. If
   * the assignment is already deleted, the retry throws a {@link CleverNotFoundError}.
   */
  delete(sectionId: string, assignmentId: string, options?: RequestOptions & RepeatOptions): Promise<void> {
    const ids = { section_id: sectionId, assignment_id: assignmentId };
    return this.#api.delete({ call: 'assignments.delete()', path: ONE, ids, ...LMS_CONNECT }, options);
  }
}
