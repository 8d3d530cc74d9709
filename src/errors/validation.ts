import { CleverError } from './base.js';
import type { CatalogueEntry } from './catalogue/entry.js';
import { messageOf } from './message.js';

/** One thing that is wrong with a record: where and what kind, never the value. */
export interface CleverIssue {
  /** Members joined by dots, `roles.student.grade`; list positions are numbers. */
  readonly path: string;
  /**
   * The kind of mismatch, in zod's words: `invalid_type`, `invalid_union` … `unexplained`, with an empty path, where an app
   * was deployed without zod.
   */
  readonly code: string;
}

/** Clever sent something that the schema cannot accept. Thrown only under `validation: 'strict'`. */
export class CleverValidationError extends CleverError<'validation'> {
  override get name(): string {
    return 'CleverValidationError';
  }

  /** What is wrong, by path and code. */
  readonly issues: readonly CleverIssue[];
  /** The path with placeholders of the request that brought the record. */
  readonly pathTemplate: string;
  readonly #received: unknown;

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

  /** The record as received, without the sensitive fields that were not asked for. Not enumerable: it is a person's data. */
  get received(): unknown {
    return this.#received;
  }
}
