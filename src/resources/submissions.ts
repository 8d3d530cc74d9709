import type { CallOptions } from '../api/context.js';
import type { RepeatOptions, SequentialListParams } from '../api/parameters.js';
import type { ResourceApi } from '../api/resource-api.js';
import type { Paginated } from '../pagination/index.js';
import type { Submission, SubmissionRequest } from '../schemas/submission.js';
import { LMS_CONNECT } from './lms.js';

const PATH = '/sections/{section_id}/assignments/{assignment_id}/submissions';
const ONE = '/sections/{section_id}/assignments/{assignment_id}/submissions/{user_id}';

/**
 * The work that students submitted, with its grades (LMS Connect). Available as `district.submissions`,
 * with API v3.1 only.
 *
 * A call may take up to a minute, so `timeoutMs` is 60000 here unless the client or the call sets another limit.
 *
 * Source: dev.clever.com/docs/lms-connect-overview.
 */
export class Submissions {
  readonly #api: ResourceApi;

  /** @internal */
  constructor(api: ResourceApi) {
    this.#api = api;
  }

  /**
   * Lists the submissions of an assignment, one per student.
   *
   * Sends `GET /sections/{section_id}/assignments/{assignment_id}/submissions` and follows Clever's `next`
   * links to the end. Lazy: nothing is sent until the listing is read. Clever defines the position, which
   * is valid for two hours: after that, `from` fails and the listing must start again.
   *
   * @param params.pageSize - Submissions per request, 1 to 100, sent as `limit`. Default 100.
   * @throws {@link CleverPermissionError} when LMS Connect does not accept the token; see {@link Lms.check}.
   */
  list(sectionId: string, assignmentId: string, params?: SequentialListParams): Paginated<Submission> {
    const ids = { section_id: sectionId, assignment_id: assignmentId };
    return this.#api.list(
      {
        call: 'submissions.list()',
        kind: 'submission',
        path: PATH,
        ids,
        maxPageSize: 100,
        hasOpaqueCursor: true,
        ...LMS_CONNECT,
      },
      params,
    );
  }

  /**
   * Reads the submission of one student.
   *
   * Sends `GET /sections/{section_id}/assignments/{assignment_id}/submissions/{user_id}`.
   *
   * @throws {@link CleverNotFoundError} when the section has no such assignment or student.
   */
  get(sectionId: string, assignmentId: string, userId: string, options?: CallOptions): Promise<Submission> {
    const ids = { section_id: sectionId, assignment_id: assignmentId, user_id: userId };
    return this.#api.get({ call: 'submissions.get()', kind: 'submission', path: ONE, ids, ...LMS_CONNECT }, options);
  }

  /**
   * Changes the named members of a student's submission, for example its grade.
   *
   * Sends `PATCH /sections/{section_id}/assignments/{assignment_id}/submissions/{user_id}` only once.
   *
   * @param options.isSafeToRepeat - `true` retries it after a lost answer or a problem on Clever's side,
   * which is harmless if it writes the same values again.
   * @returns The submission after the change.
   */
  update(
    sectionId: string,
    assignmentId: string,
    userId: string,
    changes: SubmissionRequest,
    options?: CallOptions & RepeatOptions,
  ): Promise<Submission> {
    const ids = { section_id: sectionId, assignment_id: assignmentId, user_id: userId };
    return this.#api.write(
      { call: 'submissions.update()', kind: 'submission', method: 'PATCH', path: ONE, ids, ...LMS_CONNECT },
      changes,
      options,
    );
  }
}
