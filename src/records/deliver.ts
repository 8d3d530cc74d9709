import { CHECKS } from '../checks/checks.js';
import { VALIDATION } from '../errors/catalogue/records.js';
import { CleverValidationError } from '../errors/index.js';
import { omissionOf, type SensitiveField } from '../privacy/index.js';
import type { RecordKind, RecordTypes, ValidationIssue } from '../schemas/record.js';
import type { Transport, TransportRequest } from '../transport/index.js';

/**
 * What happens to a record that does not have its documented shape.
 *
 * - `'lenient'` (default): it is delivered as sent, and a `validation` event says where and why.
 * - `'strict'`: a `CleverValidationError` is thrown.
 * - `'off'`: records are not looked at.
 */
export type ValidationMode = 'lenient' | 'strict' | 'off';

/** Where a record came from, for errors and events, and how closely to look at it. */
export interface Delivery {
  readonly transport: Transport;
  readonly method: TransportRequest['method'];
  readonly pathTemplate: string;
  readonly validation: ValidationMode;
  /** The sensitive student fields to hand out. Default: none. */
  readonly sensitiveFields?: ReadonlySet<SensitiveField> | undefined;
}

/**
 * Hands records out as their kind: looks at all of each the way `validation` says, then removes the sensitive fields that
 * were not asked for, in place. Nothing else is changed, and nobody gets to see a record before: no error, no observer.
 *
 * A generated check decides. Only what it refuses meets zod, which is loaded there and then to say why; that takes a
 * promise, and nothing else does.
 *
 * Record by record, not step by step: a page of ten thousand does not fit into the processor's cache, and to fetch each
 * record from memory once more costs as much as the check.
 *
 * @throws {@link CleverValidationError} under `strict`, for the first record without its documented shape.
 */
export function deliverAll<Kind extends RecordKind>(
  delivery: Delivery,
  kind: Kind,
  records: readonly object[],
): readonly RecordTypes[Kind][] | Promise<readonly RecordTypes[Kind][]> {
  const check = delivery.validation === 'off' ? () => true : CHECKS[kind];
  const omit = omissionOf(delivery.sensitiveFields);
  const refused: object[] = [];
  for (const record of records) {
    if (check(record)) {
      omit(record);
    } else {
      refused.push(record);
    }
  }
  const delivered = records as readonly RecordTypes[Kind][];
  return refused.length === 0 ? delivered : tell(delivery, kind, refused).then(() => delivered);
}

/**
 * Tells what is wrong with records, in their order: by events, or under `strict` by an error. Their sensitive fields are
 * removed behind that, because what is wrong may be in them.
 */
async function tell(
  { transport, method, pathTemplate, validation, sensitiveFields }: Delivery,
  kind: RecordKind,
  refused: readonly object[],
): Promise<void> {
  const explain = await loadExplanation();
  const omit = omissionOf(sensitiveFields);
  for (const record of refused) {
    const issues = explain(kind, record);
    omit(record);
    if (issues.length === 0) {
      continue; // Check and schema agree, as a test proves. Should they ever not, the schema is right.
    }
    if (validation === 'strict') {
      throw new CleverValidationError(VALIDATION, { pathTemplate, issues, received: record });
    }
    transport.emit({ kind: 'validation', method, pathTemplate, issues });
  }
}

/** zod, or where an app was deployed without that part of its bundle, the bare fact: a roster must not break off for it. */
async function loadExplanation(): Promise<(kind: RecordKind, record: object) => readonly ValidationIssue[]> {
  try {
    return (await import('../schemas/record.js')).explainRecord;
  } catch {
    return () => [{ path: '', code: 'unexplained' }];
  }
}
