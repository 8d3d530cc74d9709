import type { Fault } from '../../world/faults/fault.js';
import { type Envelope, recordOf } from './envelope.js';

/** A value that no enumeration of Clever contains. */
const UNKNOWN_VALUE = 'Added by Clever later';

/** Members with known values that records are likely to have. Source: the official specification. */
const ENUMERATED = [
  ...['grade', 'race', 'gender', 'hispanic_ethnicity'].map((member) => `roles.student.${member}`),
  'subject',
  'grade',
  'low_grade',
  'high_grade',
  'state',
  'launch_migration_status',
  'status',
  'type',
] as const;

/** Changes a member. Returns whether the record has it. */
type MutableJson = Record<string, unknown>;
type Change = (parent: MutableJson, member: string) => void;

/** Changes the records of an answer, in place. Returns whether it did. */
export function changeRecords(envelope: Envelope, fault: Fault): boolean {
  const { unknownEnum, nullField, missingField, wrongType, replaceRecord, duplicateRecord, record } = fault;
  const setUnknown: Change = (parent, member) => {
    parent[member] = UNKNOWN_VALUE;
  };
  const setNull: Change = (parent, member) => {
    parent[member] = null;
  };
  const changed = [
    ...(unknownEnum === undefined ? [] : [changeMember(envelope, unknownEnum, record, setUnknown)]),
    ...(nullField === undefined ? [] : [changeMember(envelope, nullField, record, setNull)]),
    ...(wrongType === undefined ? [] : [changeMember(envelope, wrongType, record, retype)]),
    ...(missingField === undefined ? [] : [changeMember(envelope, missingField, record, remove)]),
    ...(duplicateRecord === true ? [duplicate(envelope, record)] : []),
    ...(replaceRecord === undefined ? [] : [replace(envelope, replaceRecord, record)]),
  ];
  return changed.includes(true);
}

function changeMember({ data }: Envelope, path: string | true, at: Fault['record'], change: Change): boolean {
  const elements = Array.isArray(data) ? data : [data];
  const paths = path === true ? ENUMERATED : [path];
  let isChanged = false;
  for (const element of at === undefined || at === 'all' ? elements : elements.slice(at, at + 1)) {
    const record = recordOf(element);
    const found = paths.map((one) => find(record, one.split('.'))).find((one) => one !== undefined);
    if (found !== undefined) {
      change(found.parent, found.member);
      isChanged = true;
      if (at !== 'all') {
        return true;
      }
    }
  }
  return isChanged;
}

/** Finds where a path ends; array elements are named by their index. */
function find(record: unknown, path: readonly string[]): { parent: MutableJson; member: string } | undefined {
  const [member = '', ...rest] = path;
  const isThere = typeof record === 'object' && record !== null && Object.hasOwn(record, member);
  if (!isThere) {
    return undefined;
  }
  const parent = record as MutableJson;
  return rest.length === 0 ? { parent, member } : find(parent[member], rest);
}

function retype(parent: MutableJson, member: string): void {
  parent[member] = typeof parent[member] === 'string' ? 7 : 'text where none belongs';
}

function remove(parent: MutableJson, member: string): void {
  delete parent[member];
}

function duplicate({ data }: Envelope, at: Fault['record']): boolean {
  if (!Array.isArray(data) || data.length === 0) {
    return false;
  }
  for (const place of placesOf(data, at).reverse()) {
    data.splice(place, 0, data[place]);
  }
  return true;
}

function replace(envelope: Envelope, replacement: unknown, at: Fault['record']): boolean {
  const { data } = envelope;
  if (!Array.isArray(data)) {
    envelope.data = replacement;
    return true;
  }
  const places = placesOf(data, at);
  for (const place of places) {
    const element: unknown = data[place];
    data[place] = recordOf(element) === element ? replacement : { ...(element as MutableJson), data: replacement };
  }
  return places.length > 0;
}

function placesOf(data: readonly unknown[], at: Fault['record'] = 0): number[] {
  const places = [...data.keys()];
  return at === 'all' ? places : places.slice(at, at + 1);
}
