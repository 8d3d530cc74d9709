import { hashOf } from './hash.js';

type RawRecords = readonly Record<string, unknown>[];

/** A page of ascending ids that was delivered: its ends, and four bytes for each record between them. */
interface Stretch {
  readonly first: string;
  readonly last: string;
  readonly hashes: Uint32Array;
}

/**
 * Remembers which records were delivered, so that none is delivered twice.
 *
 * A page of ascending ids takes four bytes a record, outside the garbage collector's heap. What they can tell is
 * asked only of an id that should not come any more, and only of the pages between whose ends it lies. So an id is
 * mistaken for another one about once in four million such questions, at a thousand records a page. Of any other page
 * the ids are kept.
 */
export class Delivered {
  readonly #stretches: Stretch[] = [];
  /** Whether the stretches are in order of their first ids; looked at only when one is searched for. */
  #isSorted = true;
  readonly #ids = new Set<string>();
  #size = 0;

  /** How many records were delivered. */
  get size(): number {
    return this.#size;
  }

  /** Adds the records of a page. */
  add(records: RawRecords): void {
    this.#size += records.length;
    const stretch = stretchOf(records);
    if (stretch !== undefined) {
      this.#isSorted &&= stretch.first > (this.#stretches.at(-1)?.last ?? '');
      this.#stretches.push(stretch);
      return;
    }
    for (const record of records) {
      const id = idIn(record);
      if (id !== undefined) {
        this.#ids.add(id);
      }
    }
  }

  has(id: string): boolean {
    return this.#ids.has(id) || this.#isInStretch(id);
  }

  #isInStretch(id: string): boolean {
    if (!this.#isSorted) {
      return this.#stretches.some((stretch) => holds(stretch, id));
    }
    let [low, high] = [0, this.#stretches.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#stretches[middle] as Stretch).last < id) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    const found = this.#stretches[low];
    return found !== undefined && holds(found, id);
  }
}

/** `undefined` where the ids do not ascend, and for an empty page. */
function stretchOf(records: RawRecords): Stretch | undefined {
  const hashes = new Uint32Array(records.length);
  let last = '';
  for (let index = 0; index < hashes.length; index += 1) {
    const id = records[index]?.['id'];
    if (typeof id !== 'string' || id <= last) {
      return undefined;
    }
    hashes[index] = hashOf(id);
    last = id;
  }
  const first = idIn(records[0]);
  return first === undefined ? undefined : { first, last, hashes };
}

function holds({ first, last, hashes }: Stretch, id: string): boolean {
  return first <= id && id <= last && hashes.includes(hashOf(id));
}

/** The id of a record; `undefined` for one that has none. (The `id` of a submission may be empty.) */
export function idIn(record: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const id = record?.['id'];
  return typeof id === 'string' && id !== '' ? id : undefined;
}
