import { CHECKS } from '../checks/checks.js';
import { CleverValidationError } from '../errors/index.js';
import { omitSensitive } from '../redaction/index.js';
import type { RecordKind, RecordTypes, ValidationIssue } from '../schemas/record.js';
import type { Delivery } from './delivery.js';

/**
 * Hands records out as their kind: looks at all of each the way `validation` says, then removes the sensitive fields that
 * were not asked for, in place. Nothing else is changed, and nobody gets to see a record before: no error, no observer.
 *
 * A generated check decides. Only what it refuses meets zod, which is loaded there and then to say why; that takes a
 * promise, and nothing else does.
 *
 * @throws {@link CleverValidationError} under `strict`, for the first record without its documented shape.
 */
export function deliverAll<Kind extends RecordKind>(
  delivery: Delivery,
  kind: Kind,
  records: readonly object[],
): readonly RecordTypes[Kind][] | Promise<readonly RecordTypes[Kind][]> {
  const check = CHECKS[kind];
  const refused = delivery.validation === 'off' ? [] : records.filter((record) => !check(record));
  const handOut = (): readonly RecordTypes[Kind][] => {
    omitSensitive(records, delivery.sensitiveFields);
    return records as readonly RecordTypes[Kind][];
  };
  return refused.length === 0 ? handOut() : tell(delivery, kind, refused).then(handOut);
}

/** Tells what is wrong with records, in their order: by events, or under `strict` by an error. */
async function tell(
  { transport, method, pathTemplate, validation, sensitiveFields }: Delivery,
  kind: RecordKind,
  refused: readonly object[],
): Promise<void> {
  const explain = await loadExplanation();
  for (const record of refused) {
    const issues = explain(kind, record);
    if (issues.length === 0) {
      continue; // Check and schema agree, as a test proves. Should they ever not, the schema is right.
    }
    if (validation === 'strict') {
      omitSensitive(record, sensitiveFields);
      throw new CleverValidationError({ pathTemplate, issues, received: record });
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
