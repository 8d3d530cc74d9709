import { CleverValidationError } from '../errors/index.js';
import { checkRecord, type RecordKind, type RecordTypes } from '../schemas/record.js';
import type { Transport } from '../transport/index.js';

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
  readonly method: 'GET' | 'POST';
  readonly pathTemplate: string;
  readonly validation: ValidationMode;
}

/**
 * Hands a record out as its kind, after looking at it the way `validation` says. The record itself is never changed.
 *
 * @throws {@link CleverValidationError} under `strict`.
 */
export function deliver<Kind extends RecordKind>(
  { transport, method, pathTemplate, validation }: Delivery,
  kind: Kind,
  record: object,
): RecordTypes[Kind] {
  const issues = validation === 'off' ? [] : checkRecord(kind, record);
  if (issues.length > 0) {
    if (validation === 'strict') {
      throw new CleverValidationError({ pathTemplate, issues, received: record });
    }
    transport.emit({ kind: 'validation', method, pathTemplate, issues });
  }
  return record as RecordTypes[Kind];
}
