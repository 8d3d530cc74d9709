import { PAGES } from '../errors/catalogue/pages.js';
import { CleverPaginationError } from '../errors/index.js';
import { guessNextLink, readListEnvelope } from '../records/index.js';
import { resolveLink } from '../transport/index.js';
import { isSameListing, positionOf } from './cursor.js';
import type { Listing } from './listing.js';

/** A page as it arrived. */
export interface RawPage {
  /** The path that it was asked for by. */
  readonly path: string;
  /** Those after the position that the path names. */
  readonly records: readonly Record<string, unknown>[];
  /** The path of the following page; `undefined` on the last one. */
  readonly nextPath: string | undefined;
}

/** A page that was asked for. */
interface PageRequest {
  readonly path: string;
  readonly abort: AbortController;
  /** Whether the link to it was only seen in the text of the page before, which is not parsed yet. */
  isGuess: boolean;
  page?: Promise<RawPage>;
}

/**
 * Follows the `next` links of a listing from one page on.
 *
 * A page is asked for as soon as the link to it is known. That is before the page with the link is parsed: the link is
 * looked for in the raw text, and the network works while the thread parses. The parsed link decides: if it is
 * another one, the page asked for is dropped unseen. A guess is sent nowhere that a link could not lead.
 */
export class PageChain {
  readonly #listing: Listing;
  readonly #isWanted: (path: string) => boolean;
  /**
   * Every path that was followed, so that none is followed twice. Grows by some 200 bytes a page: 2 MB for a
   * million records in pages of a hundred. A cheaper memory would notice a loop only after records were
   * handed out twice.
   */
  readonly #followed = new Set<string>();
  /** Asked for and not taken yet, in order. Only the last can be a guess. */
  readonly #requests: PageRequest[] = [];
  #last: PageRequest | undefined;
  /** What to ask for after the last request, once that is certain; `undefined` also after the last page of all. */
  #nextPath: string | undefined;
  #askedFor = 0;
  #allowed = 0;
  #end: { readonly reason: unknown } | undefined;

  /**
   * @param isWanted - Whether a page is worth asking for. Default: every page.
   */
  constructor(listing: Listing, startPath: string, isWanted: (path: string) => boolean = () => true) {
    this.#listing = listing;
    this.#nextPath = startPath;
    this.#isWanted = isWanted;
    const { signal } = listing.options;
    if (signal?.aborted === true) {
      this.#abort(signal.reason);
    }
    // By a listener of our own, which `close` removes: a caller's signal may live for days, or come from another realm.
    signal?.addEventListener('abort', this.#callOff, { once: true });
  }

  /**
   * The next page; `undefined` after the last one that is wanted. One call at a time.
   *
   * @param allowed - How many pages may be asked for by now, counted from the first: this one, and those ahead of it.
   */
  async take(allowed: number): Promise<RawPage | undefined> {
    this.#allowed = allowed;
    this.#goOn();
    const [request] = this.#requests;
    const page = await request?.page;
    this.#requests.shift();
    // Only the caller holds the page from now on: the next request still refers to this one.
    delete request?.page;
    return page;
  }

  /** Aborts what is under way. Safe to call twice. */
  close(): void {
    this.#listing.options.signal?.removeEventListener('abort', this.#callOff);
    this.#abort(undefined);
  }

  readonly #callOff = ({ target }: Event): void => {
    this.#abort((target as AbortSignal).reason);
  };

  #abort(reason: unknown): void {
    this.#end ??= { reason };
    for (const { abort } of this.#requests) {
      abort.abort(reason);
    }
  }

  #mayAsk(path: string): boolean {
    return this.#askedFor < this.#allowed && this.#isWanted(path);
  }

  #goOn(): void {
    const path = this.#nextPath;
    if (path !== undefined && this.#mayAsk(path)) {
      this.#nextPath = undefined;
      this.#followed.add(path);
      this.#ask({ path, isGuess: false });
    }
  }

  #ask({ path, isGuess }: Pick<PageRequest, 'path' | 'isGuess'>): void {
    const before = this.#last;
    const request: PageRequest = { path, isGuess, abort: new AbortController() };
    if (this.#end !== undefined) {
      request.abort.abort(this.#end.reason);
    }
    this.#askedFor += 1;
    this.#last = request;
    this.#requests.push(request);
    request.page = this.#load(request, before);
    // The consumer sees a failure when it takes the page. If it never does, the failure does not matter.
    request.page.catch(() => undefined);
  }

  async #load(request: PageRequest, before: PageRequest | undefined): Promise<RawPage> {
    const { transport, method, pathTemplate, authorization, options, advice } = this.#listing;
    const { defaultTimeoutMs, defaultMaxResponseBytes } = this.#listing;
    const { path, abort } = request;
    const { json } = await transport.send({
      method,
      pathTemplate,
      path,
      authorization,
      options: { ...options, signal: abort.signal },
      defaultTimeoutMs,
      defaultMaxResponseBytes,
      priority: 'bulk',
      advice,
      onBody: (chunks) => this.#lookAhead(request, chunks),
    });
    const { records, next } = readListEnvelope(json, method, pathTemplate, positionOf(path));
    // A page that was asked for early may arrive first, and only the page before it decides whether it is used.
    await before?.page;
    abort.signal.throwIfAborted();
    const nextPath = next === undefined ? undefined : this.#follow(next, path);
    this.#settle(request, nextPath);
    return { path, records, nextPath };
  }

  /** Asks for the page that the body seems to link to, and lets the parsing wait until that request has been sent. */
  #lookAhead(request: PageRequest, chunks: readonly Uint8Array[]): Promise<void> | undefined {
    if (request !== this.#last || request.isGuess || this.#end !== undefined || this.#askedFor >= this.#allowed) {
      return undefined;
    }
    const link = guessNextLink(chunks);
    const path = link === undefined ? undefined : resolveLink(this.#listing.transport.origin, link);
    if (path === undefined || !isSameListing(path, request.path) || this.#followed.has(path) || !this.#mayAsk(path)) {
      return undefined;
    }
    this.#ask({ path, isGuess: true });
    return yieldToNetwork();
  }

  /** What follows a page is certain now: the page that was asked for early, or another one. */
  #settle(request: PageRequest, nextPath: string | undefined): void {
    const guess = this.#last;
    if (guess !== undefined && guess !== request) {
      guess.isGuess = false;
      if (guess.path === nextPath) {
        this.#followed.add(nextPath);
        return;
      }
      this.#requests.pop();
      this.#askedFor -= 1;
      this.#last = request;
      guess.abort.abort();
    }
    this.#nextPath = nextPath;
    this.#goOn();
  }

  #follow(link: string, from: string): string {
    const { transport, pathTemplate } = this.#listing;
    const path = resolveLink(transport.origin, link);
    if (path === undefined || !isSameListing(path, from)) {
      const target = path === undefined ? 'origin' : 'listing';
      throw new CleverPaginationError(PAGES.foreign_link, { pathTemplate }, { target });
    }
    if (this.#followed.has(path)) {
      throw new CleverPaginationError(PAGES.repeated_link, { pathTemplate });
    }
    return path;
  }
}

/**
 * Turns of the event loop from a call of `fetch` to the wire: one to connect, one to write (measured with
 * Node's fetch).
 */
const TURNS_TO_SEND = 2;

/**
 * Waits until a request that was just begun has been sent. Runtimes send it in later turns of the event loop,
 * so work that keeps the thread busy now would delay it. Takes some fifty microseconds; a timer would take
 * more than a millisecond.
 */
function yieldToNetwork(): Promise<void> {
  if (typeof MessageChannel === 'undefined') {
    return Promise.resolve();
  }
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    let turns = 0;
    port1.onmessage = () => {
      turns += 1;
      if (turns < TURNS_TO_SEND) {
        port2.postMessage(null);
      } else {
        port1.close();
        resolve();
      }
    };
    port2.postMessage(null);
  });
}
