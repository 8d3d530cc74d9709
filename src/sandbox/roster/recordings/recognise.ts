import { isObject } from '../../../util/is-object.js';
import type { Json } from '../../../util/types.js';
import { type AnyRecord, KINDS, type Kind } from '../records.js';

/** A record that was found, and its kind. */
export interface FoundRecord {
  readonly kind: Kind;
  readonly record: AnyRecord;
}

/**
 * Members that look like a record but are not one: a part of a record, or a person who is not in the
 * roster.
 */
const NOT_RECORDS = new Set(['previous_attributes', 'district_contact', 'owner']);

/**
 * Finds the records in a recorded body: list elements, single records and the objects of events, at any
 * depth. A record's link decides its kind, or its members when there is no link.
 */
export function findRecords(body: unknown): FoundRecord[] {
  const found: FoundRecord[] = [];
  // A list instead of recursion, which overflows the stack some ten thousand levels deep. Its end is visited next.
  const unvisited: Visit[] = [{ value: body, uri: undefined }];
  const seen = new Set<object>();
  for (let next = unvisited.pop(); next !== undefined; next = unvisited.pop()) {
    const { value, uri } = next;
    if (typeof value !== 'object' || value === null || seen.has(value)) {
      continue;
    }
    seen.add(value);
    const kind = isObject(value) && !isDeletion(value) ? kindOf(value, uri) : undefined;
    if (kind !== undefined) {
      found.push({ kind, record: value as AnyRecord });
    } else {
      for (const visit of inside(value).reverse()) {
        unvisited.push(visit);
      }
    }
  }
  return found;
}

/** A value in a body, and the link that names it. */
interface Visit {
  readonly value: unknown;
  readonly uri: string | undefined;
}

/** Returns what an object or a list that is not a record contains, in its order. */
function inside(value: object): Visit[] {
  if (!isObject(value)) {
    return Object.values(value).map((item: unknown) => ({ value: item, uri: undefined }));
  }
  if (isDeletion(value)) {
    return [];
  }
  const own = typeof value['uri'] === 'string' ? value['uri'] : selfLink(value['links']);
  return Object.entries(value)
    .filter(([member]) => !NOT_RECORDS.has(member))
    .map(([member, inner]) => ({ value: inner, uri: member === 'data' ? own : undefined }));
}

/** Whether an event holds the last state of a deleted record. */
function isDeletion({ type }: Json): boolean {
  return typeof type === 'string' && type.endsWith('.deleted');
}

function kindOf(value: Json, uri: string | undefined): Kind | undefined {
  const { id } = value;
  if (typeof id !== 'string' || id === '') {
    return undefined;
  }
  const [, named, linkedId] = /^\/v3\.\d+\/([a-z]+)\/([^/?]+)$/u.exec(uri ?? '') ?? [];
  const kind = KINDS.find((candidate) => candidate === named);
  if (kind !== undefined && linkedId === id) {
    return isWhole(kind, value) ? kind : undefined;
  }
  return KINDS.find((candidate) => isWhole(candidate, value) && hasShape(candidate, value));
}

/** Whether the record names its district. One read with a Library token does not, and belongs to no roster. */
function isWhole(kind: Kind, value: Json): boolean {
  return kind === 'districts' ? typeof value['name'] === 'string' : typeof value['district'] === 'string';
}

function hasShape(kind: Kind, value: Json): boolean {
  const has = (...members: string[]): boolean => members.some((member) => Object.hasOwn(value, member));
  switch (kind) {
    case 'districts':
      return !has('district') && has('portal_url', 'sis_type', 'launch_date', 'login_methods');
    case 'users':
      return isObject(value['roles']) && isObject(value['name']);
    case 'sections':
      return Array.isArray(value['students']) && has('school');
    case 'schools':
      return has('school_number', 'low_grade', 'high_grade', 'principal', 'nces_id') && !has('roles', 'students');
    case 'terms':
      return has('start_date', 'end_date') && !has('school');
    case 'resources':
      return has('resource_id');
    case 'courses':
      return (
        Object.keys(value).every((member) => ['id', 'district', 'name', 'number'].includes(member)) &&
        has('name', 'number')
      );
  }
}

function selfLink(links: unknown): string | undefined {
  const self = Array.isArray(links) ? links.find((link) => isObject(link) && link['rel'] === 'self') : undefined;
  return typeof self?.uri === 'string' ? self.uri : undefined;
}
