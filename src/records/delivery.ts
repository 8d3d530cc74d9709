import { lazily } from '../lazily.js';
import type { SensitiveField } from '../privacy/sensitive-fields.js';
import type { RecordKind, RecordTypes } from '../schemas/record.js';
import type { Transport, TransportRequest } from '../transport/index.js';

const delivering = /* @__PURE__ */ lazily(() => import('./deliver.js'));

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
 * Hands records out as their kind, checked, without the sensitive fields that were not asked for. The first call loads the
 * checks and waits for them; after that there is a promise only where something is wrong with a record.
 *
 * @throws {@link CleverValidationError} under `strict`, for the first record without its documented shape.
 */
export function deliverAll<Kind extends RecordKind>(
  delivery: Delivery,
  kind: Kind,
  records: readonly object[],
): readonly RecordTypes[Kind][] | Promise<readonly RecordTypes[Kind][]> {
  const part = delivering();
  return part instanceof Promise
    ? part.then((loaded) => loaded.deliverAll(delivery, kind, records))
    : part.deliverAll(delivery, kind, records);
}

/** The same for a single record. */
export async function deliver<Kind extends RecordKind>(
  delivery: Delivery,
  kind: Kind,
  record: object,
): Promise<RecordTypes[Kind]> {
  const [delivered] = await deliverAll(delivery, kind, [record]);
  return delivered as RecordTypes[Kind];
}
