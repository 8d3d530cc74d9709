import { isObject } from '../../../util/is-object.js';
import { parseJson } from '../../../util/parse-json.js';

/** The members of Clever's links that faults change. */
interface Link {
  readonly rel: string;
  readonly uri: string;
}

/** A parsed answer with records: a list, or one record. */
export interface Envelope {
  data: unknown;
  links?: Link[];
}

/** Parses the envelope in a text; `undefined` when the answer holds anything else. */
export function readEnvelope(text: string): Envelope | undefined {
  const parsed = parseJson(text);
  return isObject(parsed) && (Array.isArray(parsed['data']) || isObject(parsed['data']))
    ? (parsed as unknown as Envelope)
    : undefined;
}

/** Returns the record of an element of a list. Most lists wrap their records; LMS Connect and attendance do not. */
export function recordOf(element: unknown): unknown {
  return isObject(element) && isObject(element['data']) && 'uri' in element ? element['data'] : element;
}
