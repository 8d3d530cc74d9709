import type { CallOptions } from '../api/context.js';
import type { RepeatOptions, SequentialListParams } from '../api/parameters.js';
import type { ResourceApi } from '../api/resource-api.js';
import type { Paginated } from '../pagination/index.js';
import type { Submission, SubmissionRequest } from '../schemas/submission.js';
import { LMS_CONNECT } from './lms.js';

const PATH = '/sections/{section_id}/assignments/{assignment_id}/submissions';
const ONE = '/sections/{section_id}/assignments/{assignment_id}/submissions/{user_id}';

/**
 * What students handed in, with its grades (LMS Connect). Reached as `district.submissions`, with API v3.1 only.
 *
 * A call may take up to a minute, so `timeoutMs` is 60000 here unless the client or the call names another.
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
   * links to the end. Lazy: nothing is sent until it is read. The position is Clever's own and good for two
   * hours: a `from` older than that fails, so start again.
   *
   * @param params.pageSize - Submissions per request, 1 to 100, sent as `limit`. Default 100.
   * @throws {@link CleverPermissionError} when LMS Connect does not take the token; see {@link Lms.check}.
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
   * Sends `PATCH /sections/{section_id}/assignments/{assignment_id}/submissions/{user_id}`, once.
   *
   * @param options.isSafeToRepeat - `true` repeats it after a lost answer or trouble on Clever's side: no
   * harm where the same values are written again.
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
