import { ENVELOPE, ERROR_INSIDE, OTHER_RECORD } from '../errors/catalogue/records.js';
import { CleverConnectionError } from '../errors/index.js';
import { beginningOf, endOf } from '../transport/body.js';
import { isObject } from '../util/is-object.js';
import { parseJson } from '../util/parse-json.js';
import { type NextLink, readNextLink } from './next-link.js';

/** How many bytes from either end the links are looked for. Three of them take a few hundred characters. */
const REACH = 4_096;

/** What a list answer holds, unwrapped. */
export interface ListEnvelope {
  readonly records: readonly Record<string, unknown>[];
  /** Whether every record has an id, and each is greater than the one before it. */
  readonly isAscending: boolean;
  /** Where the page after it is. */
  readonly next: NextLink;
}

/**
 * Reads a list answer: `{"data": [{"data": {…}, "uri": …}], "links": […]}`, and what Clever sends where there are no
 * resources: `{"resources": []}` (observed). Elements may be wrapped or bare.
 *
 * @throws {@link CleverConnectionError} with reason `envelope` for anything else: otherwise paging could skip records.
 */
export function readListEnvelope(json: unknown, method: string, pathTemplate: string): ListEnvelope {
  const elements = isObject(json) ? (json['data'] ?? json['resources']) : undefined;
  if (!isObject(json) || !Array.isArray(elements)) {
    throw notAnEnvelope(method, pathTemplate);
  }
  refuseErrorIn(json, method, pathTemplate);
  const records: Record<string, unknown>[] = [];
  let isAscending = true;
  let last = '';
  for (const element of elements as readonly unknown[]) {
    if (!isObject(element)) {
      throw notAnEnvelope(method, pathTemplate);
    }
    const record = unwrap(element);
    if (record === undefined) {
      throw notAnEnvelope(method, pathTemplate);
    }
    records.push(record);
    const { id } = record;
    if (typeof id === 'string' && id > last) {
      last = id;
    } else {
      isAscending = false;
    }
  }
  return { records, isAscending, next: readNextLink(json['links']) };
}

/**
 * Reads a single answer: `{"data": {…}, "links": […]}`.
 *
 * @param ids - What the placeholders of the path stand for. A path that ends in one asks for the record with that id;
 * one without `ids` is a write, whose answer may have any id.
 * @throws {@link CleverConnectionError} with reason `envelope` for anything else, and for another record than that one.
 */
export function readSingleEnvelope(
  json: unknown,
  method: string,
  pathTemplate: string,
  ids?: Readonly<Record<string, string | undefined>>,
): Record<string, unknown> {
  const record = isObject(json) ? unwrap(json) : undefined;
  if (!isObject(json) || !isObject(record) || record === json) {
    throw notAnEnvelope(method, pathTemplate);
  }
  refuseErrorIn(json, method, pathTemplate);
  if (ids !== undefined) {
    checkId(record, method, pathTemplate, ids);
  }
  return record;
}

/** Checks that a record is the one that was asked for, or at least a record: all but submissions have an `id`. */
function checkId(
  record: Record<string, unknown>,
  method: string,
  pathTemplate: string,
  ids: Readonly<Record<string, string | undefined>>,
): void {
  const [, last = ''] = /\{(\w+)\}$/u.exec(pathTemplate) ?? [];
  const id = record[last === 'user_id' ? last : 'id'];
  if (typeof id !== 'string' || id === '') {
    throw notAnEnvelope(method, pathTemplate);
  }
  if (id.toLowerCase() !== (ids[last] ?? id).toLowerCase()) {
    throw notAnEnvelope(method, pathTemplate, OTHER_RECORD);
  }
}

/** Refuses an answer that reports an error in spite of its status, in the shapes of Clever's error answers. */
export function refuseErrorIn(json: Record<string, unknown>, method: string, pathTemplate: string): void {
  const { error, errors, message, code } = json;
  const isSaid = [error, errors, message].some((said) => said !== undefined && !isNothing(said));
  if (isSaid || (typeof code === 'number' && code !== 0 && code !== 200)) {
    throw notAnEnvelope(method, pathTemplate, ERROR_INSIDE);
  }
}

function isNothing(said: unknown): boolean {
  return said === null || said === false || said === '' || (Array.isArray(said) && said.length === 0);
}

/** The members of a wrapper. */
const WRAPPER = new Set(['data', 'uri', 'links']);

/**
 * The record in a wrapper, `{"data": {…}, "uri": …}`; what has no wrapper is a record itself. An event also has
 * `data`, but with the changed `object` in it instead of a record.
 *
 * @returns `undefined` for a wrapper without a record.
 */
function unwrap(element: Record<string, unknown>): Record<string, unknown> | undefined {
  if (!('data' in element)) {
    return element;
  }
  const { data } = element;
  if (!isObject(data)) {
    return 'id' in element ? element : undefined;
  }
  const isWrapper = 'id' in data || (!('id' in element) && !('object' in data)) || isOnlyWrapper(element);
  return isWrapper ? data : element;
}

function isOnlyWrapper(element: Record<string, unknown>): boolean {
  return Object.keys(element).every((key) => WRAPPER.has(key));
}

/** The error for JSON that cannot be what was asked for, whatever `validation` says: to continue would be to guess. */
export function notAnEnvelope(method: string, pathTemplate: string, entry = ENVELOPE): CleverConnectionError {
  const failure = { method, pathTemplate, attempts: 1, isRetryable: false };
  return new CleverConnectionError('connection', entry, failure);
}

/**
 * The `next` link of a list answer, from its bytes, long before all of it is parsed: only the few hundred characters
 * before or after the records are.
 *
 * A guess: compare it with the link of the parsed answer before relying on it.
 *
 * @returns `undefined` when no link exists or can be found.
 */
export function guessNextLink(chunks: readonly Uint8Array[]): string | undefined {
  const next = readNextLink(linksBeforeData(beginningOf(chunks, REACH)) ?? linksAfterData(endOf(chunks, REACH)));
  return typeof next === 'string' ? undefined : next.uri;
}

/** `{"links": […], "data": [` up to where the records begin is JSON when it is closed. */
function linksBeforeData(head: string): unknown {
  const dataAt = head.search(/"(?:data|resources)"/u);
  return linksIn(`${head.slice(0, Math.max(dataAt, 0)).trimEnd().replace(/,$/u, '')}}`);
}

/** `"links": […]}` to the end is JSON when it is opened. Within a string, quotes are escaped. */
function linksAfterData(tail: string): unknown {
  const linksAt = tail.lastIndexOf('"links"');
  return linksAt === -1 ? undefined : linksIn(`{${tail.slice(linksAt)}`);
}

function linksIn(json: string): unknown {
  const members = parseJson(json);
  return isObject(members) ? members['links'] : undefined;
}
