import { isObject } from '../../util/is-object.js';
import type { Json } from '../../util/types.js';

/** The kinds of record of the Data API, named as in Clever's paths. References point to earlier kinds. */
export const KINDS = ['districts', 'schools', 'terms', 'courses', 'users', 'sections', 'resources'] as const;

/** A kind of record. */
export type Kind = (typeof KINDS)[number];

/** A record with an id. Nothing else about it is certain. */
export interface RawRecord extends Json {
  readonly id: string;
}

/** Whether a value is a record that a recording can hold: with an id, and of a district. */
export function isRecord(kind: Kind, value: unknown): value is RawRecord {
  return (
    isObject(value) &&
    typeof value['id'] === 'string' &&
    value['id'] !== '' &&
    (kind === 'districts' || typeof value['district'] === 'string')
  );
}

/** The roles of a person that are objects, by name. */
export function rolesOf(user: Json): Readonly<Record<string, Json>> {
  const roles = isObject(user['roles']) ? user['roles'] : {};
  return Object.fromEntries(
    Object.entries(roles).filter((entry): entry is [string, Record<string, unknown>] => isObject(entry[1])),
  );
}
