/*
 * The body of an answer is kept as the bytes that arrived, which lie outside the garbage collector's heap, until it is
 * parsed. A string as long as a page would outlive the page by far: V8 keeps such strings apart and seldom looks at them.
 */

/**
 * Reads a body to its end.
 *
 * @throws whatever breaks the body off.
 */
export async function readBytes(response: Response): Promise<Uint8Array[]> {
  // Some doubles of `fetch` answer with no more of a response than its `text()`.
  const reader = (response.body as Partial<ReadableStream<Uint8Array>> | null | undefined)?.getReader?.();
  if (reader === undefined) {
    return [new TextEncoder().encode(await response.text())];
  }
  const chunks: Uint8Array[] = [];
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    chunks.push(part.value);
  }
  return chunks;
}

/** The text of a body. */
export function textOf(chunks: readonly Uint8Array[]): string {
  const decoder = new TextDecoder();
  return chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join('') + decoder.decode();
}

/** The first bytes of a body as text. A letter that is cut in two there comes out as a strange one. */
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

/** The last bytes of a body as text. A letter that is cut in two there comes out as a strange one. */
export function endOf(chunks: readonly Uint8Array[], length: number): string {
  const taken: Uint8Array[] = [];
  let missing = length;
  for (const chunk of chunks.toReversed()) {
    taken.unshift(chunk.subarray(Math.max(0, chunk.length - missing)));
    missing -= chunk.length;
    if (missing <= 0) {
      break;
    }
  }
  return textOf(taken);
}
