import { CleverValidationError } from '../errors/index.js';
import { omitSensitive } from '../redaction/index.js';
import { checkRecord, type RecordKind, type RecordTypes } from '../schemas/record.js';
import type { Transport, TransportRequest } from '../transport/index.js';
import type { SensitiveField } from '../values/sensitive-fields.js';

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
 * Hands a record out as its kind: looks at all of it the way `validation` says, then removes the sensitive fields that were
 * not asked for, in place. Nothing else is changed, and nobody gets to see the record before: no error, no observer.
 *
 * @throws {@link CleverValidationError} under `strict`.
 */
export function deliver<Kind extends RecordKind>(
  { transport, method, pathTemplate, validation, sensitiveFields }: Delivery,
  kind: Kind,
  record: object,
): RecordTypes[Kind] {
  const issues = validation === 'off' ? [] : checkRecord(kind, record);
  omitSensitive(record, sensitiveFields);
  if (issues.length > 0) {
    if (validation === 'strict') {
      throw new CleverValidationError({ pathTemplate, issues, received: record });
    }
    transport.emit({ kind: 'validation', method, pathTemplate, issues });
  }
  return record as RecordTypes[Kind];
}
