import { CleverError, CleverPaginationError } from '../errors/index.js';
import { readListEnvelope } from '../records/index.js';
import { resolveLink, type TransportResponse } from '../transport/index.js';
import { cursorAfter, isSameListing } from './cursor.js';
import type { Listing } from './listing.js';
import { createPage, type Page } from './page.js';

interface LoadedPage<T> {
  readonly page: Page<T>;
  /** The path of the following page; `undefined` on the last one. */
  readonly nextPath: string | undefined;
}

/**
 * Reads the pages of one listing in order, keeping some of them under way ahead of the consumer.
 *
 * One reader serves one iteration: it holds the links already followed and the requests in flight, and `close` ends both.
 */
export class PageReader<T> {
  readonly #listing: Listing<T>;
  readonly #abort = new AbortController();
  readonly #followed = new Set<string>();
  /** Pages under way or arrived that the consumer has not asked for. */
  readonly #ahead: Promise<LoadedPage<T>>[] = [];
  #nextPath: string | undefined;
  #pagesRead = 0;

  constructor(listing: Listing<T>, startPath: string) {
    listing.beforeReading?.();
    this.#listing = listing;
    this.#nextPath = startPath;
    const { signal } = listing.options;
    if (signal?.aborted === true) {
      this.#abort.abort(signal.reason);
    }
    // By a listener of our own, which `close` takes back: a caller's signal may live for days, or come from another realm.
    signal?.addEventListener('abort', this.#callOff, { once: true });
  }

  /** The next page, or `undefined` behind the last one. */
  async read(): Promise<Page<T> | undefined> {
    const upcoming = this.#ahead.shift() ?? this.#loadNext();
    if (upcoming === undefined) {
      return undefined;
    }
    const { page } = await upcoming;
    this.#pagesRead += 1;
    const { transport, method, pathTemplate, prefetch } = this.#listing;
    transport.emit({
      kind: 'page',
      method,
      pathTemplate,
      pageNumber: this.#pagesRead,
      itemCount: page.data.length,
      hasNext: page.hasNext,
    });
    // Whoever stops inside the first page has paid for one request; whoever reads on gets network and loop overlapped.
    if (this.#pagesRead > 1) {
      this.#readAhead(prefetch);
    }
    return page;
  }

  /** Aborts what is under way. Safe to call twice. */
  close(): void {
    this.#nextPath = undefined;
    this.#listing.options.signal?.removeEventListener('abort', this.#callOff);
    this.#abort.abort();
  }

  readonly #callOff = ({ target }: Event): void => {
    this.#abort.abort((target as AbortSignal).reason);
  };

  #readAhead(prefetch: number): void {
    if (this.#ahead.length >= prefetch) {
      return;
    }
    const upcoming = this.#loadNext();
    if (upcoming === undefined) {
      return;
    }
    this.#ahead.push(upcoming);
    // A failure is the consumer's to see when it gets there; if it never does, nobody has to.
    upcoming.then(
      () => this.#readAhead(prefetch),
      () => undefined,
    );
  }

  /** Starts loading the page behind the last one started. Needs that one's link, so it waits for it where necessary. */
  #loadNext(): Promise<LoadedPage<T>> | undefined {
    const path = this.#nextPath;
    if (path === undefined) {
      return undefined;
    }
    this.#nextPath = undefined;
    return this.#load(path);
  }

  async #load(path: string): Promise<LoadedPage<T>> {
    const { transport, method, pathTemplate, authorization, options, defaultTimeoutMs, advice } = this.#listing;
    this.#followed.add(path);
    const response: TransportResponse = await transport.send({
      method,
      pathTemplate,
      path,
      authorization,
      options: { ...options, signal: this.#abort.signal },
      defaultTimeoutMs,
      advice,
    });
    const envelope = readListEnvelope(response.json, method, pathTemplate);
    const nextPath = envelope.next === undefined ? undefined : this.#follow(envelope.next, path);
    this.#nextPath = nextPath;
    const lastId = this.#listing.hasOpaqueCursor ? undefined : envelope.records.at(-1)?.['id'];
    const cursor = nextPath ?? (typeof lastId === 'string' ? cursorAfter(path, lastId) : path);
    const finished = this.#listing.finishPage(envelope.records);
    const items = finished instanceof Promise ? await finished : finished;
    return { page: createPage(items, cursor, nextPath !== undefined), nextPath };
  }

  #follow(link: string, from: string): string {
    const { transport, pathTemplate } = this.#listing;
    const path = resolveLink(transport.origin, link);
    if (path === undefined || !isSameListing(path, from)) {
      throw new CleverPaginationError(
        `${pathTemplate}: the \`next\` link leads to another ${path === undefined ? 'origin' : 'listing'}. ` +
          'It was not followed, and the token was not sent there. Check the configured origin.',
        { reason: 'foreign_link', pathTemplate },
      );
    }
    if (this.#followed.has(path)) {
      throw new CleverPaginationError(
        `${pathTemplate}: the \`next\` link leads back to a page that was already read. ` +
          "Reading on would never end. Start over from the error's `cursor`; if it repeats, report it to Clever.",
        { reason: 'repeated_link', pathTemplate },
      );
    }
    return path;
  }
}

/** Gives an error on its way out of a listing the position from which nothing is lost. */
export function withCursor<E>(error: E, cursor: string): E {
  return CleverError.attachCursor(error, cursor);
}
