import { parseJson } from '../util/parse-json.js';

/*
 * The body of an answer is kept as the bytes that arrived, which lie outside the garbage collector's heap,
 * until it is parsed. A string as long as a page would outlive the page by far: V8 keeps such strings apart
 * and seldom looks at them.
 */

/**
 * A list's record as it begins on the wire, where Clever's server puts no white space (inferred from lengths
 * of answers).
 */
const ELEMENT = '{"data":';
const BEFORE_ELEMENTS = '"data":[';
const BETWEEN_ELEMENTS = `},${ELEMENT}`;
/** Characters. To parse less at a time costs more than it saves. */
const SLICE = 32_768;

/** How much of an error answer is read, in bytes. What Clever sends takes a few hundred. */
export const MAX_ERROR_BYTES = 65_536;

/** What was read of a body. */
export interface ReadBody {
  readonly chunks: Uint8Array[];
  /** Whether the body is longer than the limit, so that `chunks` is only its beginning. */
  readonly isTooLong: boolean;
}

/**
 * Reads a body to its end, or until it exceeds a limit. Counts what comes out of a compressed body, chunk by chunk: a
 * megabyte of it can become a gigabyte.
 *
 * @throws whatever breaks the body off.
 */
export async function readBytes(response: Response, maxBytes: number): Promise<ReadBody> {
  // Some doubles of `fetch` answer with an object that has `text()` and nothing else of a response.
  const reader = (response.body as Partial<ReadableStream<Uint8Array>> | null | undefined)?.getReader?.();
  if (reader === undefined) {
    const bytes = new TextEncoder().encode(await response.text());
    return { chunks: [bytes.subarray(0, maxBytes)], isTooLong: bytes.length > maxBytes };
  }
  const chunks: Uint8Array[] = [];
  let left = maxBytes;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    chunks.push(part.value.subarray(0, left));
    left -= part.value.length;
    if (left < 0) {
      // Ends the download. Whether that works does not matter any more.
      reader.cancel().catch(() => undefined);
      break;
    }
  }
  return { chunks, isTooLong: left < 0 };
}

/** The text of a body. */
export function textOf(chunks: readonly Uint8Array[]): string {
  const decoder = new TextDecoder();
  return chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join('') + decoder.decode();
}

/** The first bytes of a body as text. A character that is cut in two there becomes a replacement character. */
export function beginningOf(chunks: readonly Uint8Array[], length: number): string {
  const taken: Uint8Array[] = [];
  let missing = length;
  for (const chunk of chunks) {
    taken.push(chunk.subarray(0, missing));
    missing -= chunk.length;
    if (missing <= 0) {
      break;
    }
  }
  return textOf(taken);
}

/** The last bytes of a body as text. A character that is cut in two there becomes a replacement character. */
export function endOf(chunks: readonly Uint8Array[], length: number): string {
  const taken: Uint8Array[] = [];
  let missing = length;
  for (const chunk of [...chunks].reverse()) {
    taken.unshift(chunk.subarray(Math.max(0, chunk.length - missing)));
    missing -= chunk.length;
    if (missing <= 0) {
      break;
    }
  }
  return textOf(taken);
}

/**
 * Parses the JSON of a body. The result is that of one `JSON.parse`; a body without text gives `undefined`.
 *
 * A list answer is decoded and parsed slice by slice, cut between two records, so that its text never exists
 * as a whole (docs/decisions/0008). The characters between two records cannot appear in a string, where
 * quotes are escaped. If they appear deeper, within a record, then the slice that ends there is not JSON, and
 * the rest is parsed at once. So is every answer that is spelled in another way.
 *
 * @param chunks - Emptied, so that what is parsed can be freed.
 * @throws `SyntaxError`, which quotes the text: do not pass it on.
 */
export function parseBody(chunks: Uint8Array[]): unknown {
  const decoder = new TextDecoder();
  const elements: unknown[] = [];
  let opening = '';
  let rest = '';
  let text = '';
  let isCuttable = true;
  for (let chunk = chunks.shift(); chunk !== undefined; chunk = chunks.shift()) {
    text += decoder.decode(chunk, { stream: true });
    if (!isCuttable || text.length < SLICE || chunks.length === 0) {
      continue;
    }
    if (opening === '') {
      opening = openingOf(text);
      text = text.slice(opening.length);
    }
    // Within what is new, so that nothing is copied but what is parsed.
    const end = opening === '' ? 0 : text.lastIndexOf(BETWEEN_ELEMENTS) + 1;
    const slice = end === 0 ? undefined : parseElements(rest + text.slice(0, end));
    if (slice === undefined) {
      isCuttable = false;
      continue;
    }
    for (const element of slice) {
      elements.push(element);
    }
    rest = text.slice(end + 1);
    text = '';
  }
  text = rest + text + decoder.decode();
  if (opening === '') {
    return text.trim() === '' ? undefined : (JSON.parse(text) as unknown);
  }
  const { data, ...others } = JSON.parse(opening + text) as { readonly data: readonly unknown[] };
  return { data: elements.concat(data), ...others };
}

/** What comes before the records of a list answer; empty where they are not the outermost member `data`. */
function openingOf(text: string): string {
  const opening = text.slice(0, text.indexOf(BEFORE_ELEMENTS + ELEMENT) + BEFORE_ELEMENTS.length);
  const answer = parseJson(`${opening}]}`) as { readonly data?: unknown } | undefined;
  return Array.isArray(answer?.data) ? opening : '';
}

function parseElements(text: string): readonly unknown[] | undefined {
  return parseJson(`[${text}]`) as readonly unknown[] | undefined;
}
