import { beginningOf, endOf } from '../transport/body.js';
import { isObject } from '../util/is-object.js';
import { parseJson } from '../util/parse-json.js';
import { linkTo } from './envelope.js';

/** How many bytes from either end the links are looked for. Three of them take a few hundred characters. */
const REACH = 4_096;

/**
 * The `next` link of a list answer, from its bytes, long before all of it is parsed: only the few hundred characters
 * before or after the records are.
 *
 * A guess: compare it with the link of the parsed answer before relying on it.
 *
 * @returns `undefined` when there is none, or none can be found.
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
