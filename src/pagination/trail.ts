import { join, PAGE_SIZE, positionOf, split, TRAIL } from './cursor.js';
import { hashOf } from './hash.js';
import type { Listing } from './listing.js';
import { leadsToStart } from './positions.js';

/** How many pages a trail remembers. Beyond that, a link that leads back is noticed some pages later. */
const LONGEST_TRAIL = 100;

/**
 * What a cursor carries where ids do not tell which pages were read: which these were, and how many records of the page
 * that it names were delivered. `#seen=<hash>.<hash>&skip=<number>`.
 */
export class Trail {
  readonly #start: string;
  readonly #hasOpaqueCursor: boolean;
  readonly #marks: string[];
  /** Pages that were read and have no mark yet: most readings need none. */
  #paths: string[] = [];
  /** How many records of the first page were delivered before. */
  readonly skip: number;

  constructor({ path, rest = '', hasOpaqueCursor = false }: Listing) {
    const members = new URLSearchParams(rest);
    const skip = Number(members.get('skip') ?? 0);
    this.#start = path;
    this.#hasOpaqueCursor = hasOpaqueCursor;
    this.#marks = (members.get(TRAIL) ?? '').split('.').filter((mark) => mark !== '');
    this.skip = Number.isSafeInteger(skip) && skip > 0 ? skip : 0;
  }

  /** Adds a page that was read. */
  add(path: string): void {
    this.#paths.push(path);
    if (this.#paths.length > LONGEST_TRAIL) {
      this.#paths.shift();
    }
  }

  has(path: string): boolean {
    return this.#marks.length > 0 && this.#marks.includes(markOf(path));
  }

  /**
   * The cursor of a path, with the pages that were read before it.
   *
   * @param skip - How many records of that page were delivered.
   */
  cursorOf(path: string, skip: number): string {
    // Where a listing starts is known without.
    this.#marks.push(...this.#paths.filter((read) => !leadsToStart(read, this.#start)).map(markOf));
    this.#paths = [];
    this.#marks.splice(0, this.#marks.length - LONGEST_TRAIL);
    const own = markOf(path);
    const marks = this.#marks.filter((mark) => mark !== own);
    // Without a trail, the id in a path would be taken for a place in an order.
    const isPlain = this.#hasOpaqueCursor || positionOf(path) === undefined;
    if (isPlain && marks.length === 0 && skip === 0) {
      return path;
    }
    return `${path}#${TRAIL}=${marks.join('.')}${skip === 0 ? '' : `&skip=${skip}`}`;
  }
}

/** Stands for a page, whatever its size. */
function markOf(path: string): string {
  const { pathname, query } = split(path);
  query.delete(PAGE_SIZE);
  return hashOf(join(pathname.toLowerCase(), query)).toString(36);
}
