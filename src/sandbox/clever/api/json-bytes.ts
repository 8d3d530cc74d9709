const encoder = new TextEncoder();

/**
 * Does what `JSON.stringify` does, and returns UTF-8. A member of the object may be an iterable in the
 * place of a list: its elements are read and written one after the other. This saves memory. It also limits
 * the cost of letters beyond Latin-1, which make a text slow to write and to encode, to the elements that
 * contain them.
 */
export function jsonBytes(body: object): Uint8Array<ArrayBuffer> {
  const members = Object.entries(body);
  if (!members.some(([, value]) => isSequence(value))) {
    return encoder.encode(JSON.stringify(body));
  }
  const text = new Utf8();
  let start = '{';
  for (const [member, value] of members) {
    text.write(`${start}${JSON.stringify(member)}:`);
    if (isSequence(value)) {
      let before = '[';
      for (const element of value) {
        text.write(before + JSON.stringify(element));
        before = ',';
      }
      text.write(before === '[' ? '[]' : ']');
    } else {
      text.write(JSON.stringify(value));
    }
    start = ',';
  }
  text.write('}');
  return text.bytes();
}

function isSequence(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value && !Array.isArray(value);
}

/** A buffer of UTF-8 text that grows. */
class Utf8 {
  #bytes = new Uint8Array(1_024);
  #length = 0;

  write(text: string): void {
    const most = this.#length + text.length * 3;
    if (most > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(most, this.#bytes.length * 2));
      larger.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = larger;
    }
    this.#length += encoder.encodeInto(text, this.#bytes.subarray(this.#length)).written;
  }

  bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }
}
