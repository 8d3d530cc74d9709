import { lazily } from '../lazily.js';
import type { RecordKind, RecordTypes } from '../schemas/record.js';
import type { Delivery } from './deliver.js';

const delivering = /* @__PURE__ */ lazily(() => import('./deliver.js'));

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
