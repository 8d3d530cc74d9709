import { type CleverApiError, isCleverError, type Paginated } from '../../index.js';
import { isObject } from '../../util/is-object.js';
import { parseJson } from '../../util/parse-json.js';
import type { Facts } from '../capture/facts.js';

/** The requests that a sampling may still send. */
export class Requests {
  readonly #facts: Facts;
  readonly #onRequest: (sent: number) => void;
  readonly #limit: number;
  #sent = 0;

  constructor(limit: number, facts: Facts, onRequest: (sent: number) => void) {
    this.#limit = limit;
    this.#facts = facts;
    this.#onRequest = onRequest;
  }

  /** How many are left. */
  get left(): number {
    return this.#limit - this.#sent;
  }

  /**
   * Sends one request, if one is left. An answer that refuses it is recorded, too.
   *
   * @returns `undefined` when the request was refused, or none is left.
   */
  async send<Result>(request: () => Promise<Result>): Promise<Result | undefined> {
    if (this.left <= 0) {
      return undefined;
    }
    this.#sent += 1;
    try {
      return await request();
    } catch (error) {
      if (!isRefusal(error)) {
        throw error;
      }
      this.#addRefusal(error);
      return undefined;
    } finally {
      this.#onRequest(this.#sent);
    }
  }

  /** Reads pages of a listing, one request each, up to a number of them. */
  async read<Item>(listing: Paginated<Item>, mostPages: number): Promise<Item[]> {
    const pages = listing.pages()[Symbol.asyncIterator]();
    const items: Item[] = [];
    for (let page = 0; page < mostPages; page += 1) {
      const next = await this.send(() => pages.next());
      if (next === undefined || next.done === true) {
        break;
      }
      items.push(...next.value.data);
      if (!next.value.hasNext) {
        break;
      }
    }
    await pages.return?.();
    return items;
  }

  #addRefusal({ method, pathTemplate: path, status, body: text }: CleverApiError): void {
    const body = parseJson(text);
    this.#facts.addError({
      method,
      path,
      status,
      body: isObject(body) ? body : undefined,
      isHtml: body === undefined && text.trimStart().startsWith('<'),
    });
  }
}

/** Refusals that concern one path: the sampling goes on without it. */
function isRefusal(error: unknown): error is CleverApiError {
  return isCleverError(error) && ['permission', 'not_found', 'bad_request'].includes(error.code);
}
