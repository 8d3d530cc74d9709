import { hideAccessors } from '../privacy/index.js';
import { CleverError } from './base.js';
import type { CatalogueEntry } from './catalogue/entry.js';
import { messageOf } from './message.js';

/** One mismatch between a record and its schema: where and of what kind, never the value. */
export interface CleverIssue {
  /** The members joined by dots, `roles.student.grade`; positions in lists are numbers. */
  readonly path: string;
  /**
   * The kind of mismatch, as zod names it: `invalid_type`, `invalid_union` … It is `unexplained`, with an
   * empty path, when the app was deployed without zod.
   */
  readonly code: string;
}

/** Clever sent something that the schema cannot accept. Thrown only with `validation: 'strict'`. */
export class CleverValidationError extends CleverError<'validation'> {
  override get name(): string {
    return 'CleverValidationError';
  }

  /** The mismatches, by path and code. */
  readonly issues: readonly CleverIssue[];
  /** The path, with placeholders, of the request that returned the record. */
  readonly pathTemplate: string;
  readonly #received: unknown;

  static {
    hideAccessors(CleverValidationError.prototype, Error, ['received']);
  }

  constructor(
    entry: CatalogueEntry,
    failure: { readonly pathTemplate: string; readonly issues: readonly CleverIssue[]; readonly received: unknown },
  ) {
    const issues = failure.issues.map(({ path, code }) => `${path === '' ? '(root)' : path}: ${code}`).join('; ');
    super('validation', `${failure.pathTemplate}: ${messageOf(entry, { issues })}`);
    this.issues = failure.issues;
    this.pathTemplate = failure.pathTemplate;
    this.#received = failure.received;
  }

  /**
   * The record as received, without the sensitive fields that were not requested. Not enumerable, because
   * it is a person's data.
   */
  get received(): unknown {
    return this.#received;
  }
}
