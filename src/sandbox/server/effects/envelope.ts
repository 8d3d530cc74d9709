/** A JSON object. */
export type Json = Record<string, unknown>;

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

/** Whether something is a JSON object. */
function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The envelope in a text; `undefined` for everything else that an answer may hold. */
export function readEnvelope(text: string): Envelope | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return isJson(parsed) && (Array.isArray(parsed['data']) || isJson(parsed['data']))
      ? (parsed as unknown as Envelope)
      : undefined;
  } catch {
    return undefined;
  }
}

/** The record of an element of a list: most lists wrap theirs, LMS Connect and attendance do not. */
export function recordOf(element: unknown): unknown {
  return isJson(element) && isJson(element['data']) && 'uri' in element ? element['data'] : element;
}
