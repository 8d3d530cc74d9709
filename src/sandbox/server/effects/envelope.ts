import { isObject } from '../../../util/is-object.js';
import { parseJson } from '../../../util/parse-json.js';

/** A link of Clever's, as far as faults care. */
interface Link {
  readonly rel: string;
  readonly uri: string;
}

/** An answer with records, parsed: a list, or one of them. */
export interface Envelope {
  data: unknown;
  links?: Link[];
}

/** The envelope in a text; `undefined` for everything else that an answer may hold. */
export function readEnvelope(text: string): Envelope | undefined {
  const parsed = parseJson(text);
  return isObject(parsed) && (Array.isArray(parsed['data']) || isObject(parsed['data']))
    ? (parsed as unknown as Envelope)
    : undefined;
}

/** The record of an element of a list: most lists wrap theirs, LMS Connect and attendance do not. */
export function recordOf(element: unknown): unknown {
  return isObject(element) && isObject(element['data']) && 'uri' in element ? element['data'] : element;
}
