import { CHECKS } from '../checks/checks.js';
import { VALIDATION } from '../errors/catalogue/records.js';
import { CleverValidationError } from '../errors/index.js';
import { omissionOf, type SensitiveField } from '../privacy/index.js';
import { hideSecretsOf, isTokenKind } from '../privacy/token-members.js';
import type { RecordKind, RecordTypes, ValidationIssue } from '../schemas/record.js';
import type { Transport, TransportRequest } from '../transport/index.js';

/**
 * What happens to a record that does not have its documented shape.
 *
 * - `'lenient'` (default): it is delivered as sent, and a `validation` event says where and why.
 * - `'strict'`: a `CleverValidationError` is thrown.
 * - `'off'`: records are not checked.
 */
export type ValidationMode = 'lenient' | 'strict' | 'off';

/** Where records came from, for errors and events, and how they are checked and handed out. */
export interface Delivery<Kind extends RecordKind = RecordKind> {
  readonly transport: Transport;
  readonly method: TransportRequest['method'];
  readonly pathTemplate: string;
  readonly kind: Kind;
  readonly validation: ValidationMode;
  /** Puts a record as sent into the place where it is documented, as a copy, before it is checked. */
  readonly arrange?: ((record: Record<string, unknown>) => Record<string, unknown>) | undefined;
  /** The sensitive student fields to hand out. Default: none. */
  readonly sensitiveFields?: ReadonlySet<SensitiveField> | undefined;
}

/**
 * Hands records out as their kind: checks each of them as `validation` says, then removes the sensitive
 * fields that were not asked for, in place. Nothing else is changed, and no error and no observer sees a
 * record before that. Tokens are then handed out as objects that hide their secrets.
 *
 * A generated check decides. Only for records that it refuses, zod is loaded to say why. That takes a
 * promise, and nothing else does.
 *
 * Each record goes through all steps before the next one: a page of ten thousand does not fit into the
 * processor's cache, and to fetch each record from memory once more costs as much as the check.
 *
 * @throws {@link CleverValidationError} under `strict`, for the first record without its documented shape.
 */
export function deliverAll<Kind extends RecordKind>(
  delivery: Delivery<Kind>,
  records: readonly Record<string, unknown>[],
): readonly RecordTypes[Kind][] | Promise<readonly RecordTypes[Kind][]> {
  const { kind, validation, sensitiveFields, arrange } = delivery;
  const arranged = arrange === undefined ? records : records.map(arrange);
  const check = validation === 'off' ? () => true : CHECKS[kind];
  const omit = omissionOf(sensitiveFields);
  const refused: object[] = [];
  for (const record of arranged) {
    if (check(record)) {
      omit(record);
    } else {
      refused.push(record);
    }
  }
  const kept: readonly object[] = isTokenKind(kind) ? arranged.map((token) => hideSecretsOf(kind, token)) : arranged;
  const delivered = kept as readonly RecordTypes[Kind][];
  return refused.length === 0 ? delivered : explainRefused(delivery, refused).then(() => delivered);
}

/** The same for a single record. */
export async function deliver<Kind extends RecordKind>(
  delivery: Delivery<Kind>,
  record: object,
): Promise<RecordTypes[Kind]> {
  const [delivered] = await deliverAll(delivery, [record as Record<string, unknown>]);
  return delivered as RecordTypes[Kind];
}

/**
 * Says what is wrong with records, in their order: by events, or under `strict` by an error. Their sensitive fields are
 * removed after that, because what is wrong may be in them.
 */
async function explainRefused(
  { transport, method, pathTemplate, kind, validation, sensitiveFields }: Delivery,
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
      const received = isTokenKind(kind) ? hideSecretsOf(kind, record) : record;
      throw new CleverValidationError(VALIDATION, { pathTemplate, issues, received });
    }
    transport.emit({ kind: 'validation', method, pathTemplate, issues });
  }
}

/**
 * Loads zod. Where an app was deployed without that part of its bundle, only the fact is reported, because a
 * reading must not fail for want of an explanation.
 */
async function loadExplanation(): Promise<(kind: RecordKind, record: object) => readonly ValidationIssue[]> {
  try {
    return (await import('../schemas/record.js')).explainRecord;
  } catch {
    return () => [{ path: '', code: 'unexplained' }];
  }
}
