import { ENVELOPE } from '../errors/catalogue/records.js';
import { CleverConnectionError } from '../errors/index.js';
import { beginningOf, endOf } from '../transport/body.js';
import { isObject } from '../util/is-object.js';
import { parseJson } from '../util/parse-json.js';

/** How many bytes from either end the links are looked for. Three of them take a few hundred characters. */
const REACH = 4_096;

/** What a list answer holds, unwrapped. */
export interface ListEnvelope {
  readonly records: readonly Record<string, unknown>[];
  /** The uri of the `next` link, relative or absolute, as sent. */
  readonly next: string | undefined;
}

/**
 * Reads a list answer: `{"data": [{"data": {…}, "uri": …}], "links": […]}`, and what Clever sends where there are no
 * resources: `{"resources": []}` (observed). Elements may be wrapped or bare.
 *
 * @param position - The id of the record after which the page was to begin. If the page holds that record, a cursor has
 * slipped back: that record and those before it were handed out already, so they are left out.
 * @throws {@link CleverConnectionError} with reason `envelope` for anything else: otherwise paging could skip records.
 */
export function readListEnvelope(
  json: unknown,
  method: string,
  pathTemplate: string,
  position: string | undefined,
): ListEnvelope {
  const elements = isObject(json) ? (json['data'] ?? json['resources']) : undefined;
  if (!isObject(json) || !Array.isArray(elements)) {
    throw notAnEnvelope(method, pathTemplate);
  }
  let records: Record<string, unknown>[] = [];
  for (const element of elements as readonly unknown[]) {
    if (!isObject(element)) {
      throw notAnEnvelope(method, pathTemplate);
    }
    const record = unwrap(element);
    if (position !== undefined && record['id'] === position) {
      records = [];
    } else {
      records.push(record);
    }
  }
  return { records, next: linkTo('next', json['links']) };
}

/**
 * Reads a single answer: `{"data": {…}, "links": […]}`.
 *
 * @throws {@link CleverConnectionError} with reason `envelope` for anything else.
 */
export function readSingleEnvelope(json: unknown, method: string, pathTemplate: string): Record<string, unknown> {
  const record = isObject(json) ? json['data'] : undefined;
  if (!isObject(record)) {
    throw notAnEnvelope(method, pathTemplate);
  }
  return record;
}

/** A record of its own has an `id`; a wrapper has none. (An event has both an `id` and a `data`.) */
function unwrap(element: Record<string, unknown>): Record<string, unknown> {
  const inner = element['data'];
  return isObject(inner) && !('id' in element) ? inner : element;
}

/** The uri of the link with a relation; `undefined` when no such link exists. */
function linkTo(rel: string, links: unknown): string | undefined {
  if (!Array.isArray(links)) {
    return undefined;
  }
  const link: unknown = links.find((candidate) => isObject(candidate) && candidate['rel'] === rel);
  return isObject(link) && typeof link['uri'] === 'string' && link['uri'] !== '' ? link['uri'] : undefined;
}

/** The error for JSON that cannot be what was asked for, whatever `validation` says: to continue would be to guess. */
export function notAnEnvelope(method: string, pathTemplate: string): CleverConnectionError {
  const failure = { method, pathTemplate, attempts: 1, isRetryable: false };
  return new CleverConnectionError('connection', ENVELOPE, failure);
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
  return linkTo('next', linksBeforeData(beginningOf(chunks, REACH)) ?? linksAfterData(endOf(chunks, REACH)));
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
