import { CleverError } from './base.js';

/** Why a listing stopped. */
export type PaginationFailureReason =
  /** A `next` link led to a page that was already read. */
  | 'repeated_link'
  /** A `next` link led to another origin or another listing: the token is not sent there. */
  | 'foreign_link'
  /** `toArray` met more records than `maxItems`. */
  | 'max_items'
  /** A parallel reading met records whose ids do not ascend, so that it cannot tell which it has read. */
  | 'unordered'
  /** `from` is not a cursor of this listing. */
  | 'invalid_cursor';

/** A listing could not be followed to its end. Records that were handed out before are sound; `cursor` resumes. */
export class CleverPaginationError extends CleverError<'pagination'> {
  override get name(): string {
    return 'CleverPaginationError';
  }

  readonly reason: PaginationFailureReason;
  /** The path with placeholders of the listing. */
  readonly pathTemplate: string;

  constructor(message: string, failure: { readonly reason: PaginationFailureReason; readonly pathTemplate: string }) {
    super('pagination', message);
    this.reason = failure.reason;
    this.pathTemplate = failure.pathTemplate;
  }
}
