import { PAGES } from '../errors/catalogue/pages.js';
import { CleverPaginationError } from '../errors/index.js';
import { guessNextLink, type NextLink, readListEnvelope } from '../records/index.js';
import { resolveLink } from '../transport/index.js';
import { isSameListing, positionOf } from './cursor.js';
import { idIn } from './delivered.js';
import type { Listing } from './listing.js';
import { cursorAfter, leadsBack, leadsToStart, limitOf } from './positions.js';
import type { ArrivedPage, Sieve } from './sieve.js';
import type { Trail } from './trail.js';

type RawRecords = ArrivedPage['records'];

/** A page of a listing. */
export interface RawPage {
  /** The path that it was asked for by. */
  readonly path: string;
  /** Those that were not delivered before. */
  readonly records: RawRecords;
  /** How many records arrived. */
  readonly arrivedCount: number;
  /**
   * The path of what follows it; `undefined` on the last page, and where a page announces one that cannot be asked
   * for.
   */
  readonly nextPath: string | undefined;
  /** Whether anything follows it. */
  readonly hasNext: boolean;
}

/** What follows a page, as far as the page says. */
interface Following {
  readonly nextPath: string | undefined;
  /** Why the link cannot be followed. */
  readonly failure?: CleverPaginationError;
  /** Whether the page says nothing of a next one, and only an answer for `nextPath` can show that it is the last. */
  readonly isUnsure?: boolean;
  /** Whether the link leads back, unless the listing is not in the order of its ids. */
  readonly isBackward?: boolean;
}

/** A page as it arrived, with what follows it. */
interface LoadedPage extends ArrivedPage {
  readonly next: NextLink;
  /** `undefined` where that depends on which of its records were delivered before. */
  readonly following: Following | undefined;
}

/** A page on its way to who reads it. */
interface TakenPage extends RawPage {
  readonly isUnsure: boolean;
}

/** A page that was asked for. */
interface PageRequest {
  readonly path: string;
  readonly abort: AbortController;
  /** Whether the link to it was only seen in the text of the page before, which is not parsed yet. */
  isGuess: boolean;
  page?: Promise<LoadedPage>;
}

/** Who reads a chain of pages. */
export interface ChainReader {
  /** Leaves out what was delivered before. Default: nothing. */
  readonly sieve?: Sieve;
  /** The pages that an earlier reading has read. */
  readonly trail?: Trail;
  /** Whether a page is worth asking for. Default: every page. */
  readonly isWanted?: (path: string) => boolean;
  /** Whether a page without a link can be the last one, by the id of its last record. Default: each can. */
  readonly canEndAt?: (lastId: string) => boolean;
}

/** The fewest records by which a page that is as long as those before it counts as full. */
const LEAST_CAP = 10;

/**
 * Follows the `next` links of a listing from one page on.
 *
 * A page is asked for as soon as the link to it is known. That is before the page with the link is parsed: the link is
 * looked for in the raw text, and the network works while the thread parses. The parsed link decides: if it is
 * another one, the page asked for is dropped unseen. A guess is sent nowhere that a link could not lead.
 *
 * Only a page that is not full and has no link is known to be the last. After any other one without a link that can be
 * read, what comes after its last record is asked for. A link that cannot be followed is an error, which comes
 * after the page that it came with.
 */
export class PageChain {
  readonly #listing: Listing;
  readonly #reader: ChainReader;
  #sieve: Sieve | undefined;
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
  /** The records of the longest page with a link: what the server takes for a full page, whatever was asked for. */
  #longest = 0;
  /** A page that was asked for to learn whether the one before it is the last. */
  #ahead: TakenPage | undefined;
  /** Whether the page that was taken last did not say what follows it. */
  #isAfterUnsure = false;
  /** Comes after the page that was taken last. */
  #failure: { readonly error: unknown } | undefined;
  #end: { readonly reason: unknown } | undefined;

  constructor(listing: Listing, startPath: string, reader: ChainReader = {}) {
    this.#listing = listing;
    this.#nextPath = startPath;
    this.#reader = reader;
    this.#sieve = reader.sieve;
    const { signal } = listing.options;
    if (signal?.aborted === true) {
      this.#abort(signal.reason);
    }
    // By a listener of our own, which `close` removes: a caller's signal may live for days, or come from another realm.
    signal?.addEventListener('abort', this.#callOff, { once: true });
  }

  /** Lets another sieve leave out what was delivered, from the next page on. */
  siftBy(sieve: Sieve | undefined): void {
    this.#sieve = sieve;
  }

  /**
   * The next page; `undefined` after the last one that is wanted. One call at a time.
   *
   * @param allowed - How many pages may be asked for by now, counted from the first: this one, and those ahead of it.
   */
  async take(allowed: number): Promise<RawPage | undefined> {
    if (this.#failure !== undefined) {
      throw this.#failure.error;
    }
    this.#allowed = Math.max(this.#allowed, allowed);
    const isFirst = this.#askedFor === 0;
    const page = this.#ahead ?? (await this.#takeNext());
    this.#ahead = undefined;
    // A consumer that stops within the first page has paid for one request.
    return page?.isUnsure === true && !isFirst ? this.#confirm(page) : page;
  }

  /** Learns whether a page is the last one. A failure of that comes after the page. */
  async #confirm(page: TakenPage): Promise<RawPage> {
    this.#allowed = Math.max(this.#allowed, this.#askedFor + 1);
    try {
      const more = await this.#takeNext();
      if (more?.records.length === 0 && !more.hasNext) {
        return { ...page, nextPath: undefined, hasNext: false };
      }
      this.#ahead = more;
    } catch (error) {
      this.#failure = { error };
    }
    return page;
  }

  async #takeNext(): Promise<TakenPage | undefined> {
    this.#goOn();
    const [request] = this.#requests;
    const page = await request?.page;
    this.#requests.shift();
    // Only the caller holds the page from now on: the next request still refers to this one.
    delete request?.page;
    return page === undefined ? undefined : this.#receive(page);
  }

  #receive(page: LoadedPage): TakenPage {
    const { path } = page;
    const records = this.#sieve === undefined ? page.records : this.#sieve.sift(page);
    const { nextPath, failure, isUnsure = false } = page.following ?? this.#settleLate(page, records);
    if (failure !== undefined) {
      this.#failure = { error: failure };
    }
    if (this.#isAfterUnsure && records.length > 0) {
      this.#report('missing_link', records.length);
    }
    this.#isAfterUnsure = isUnsure;
    const hasNext = nextPath !== undefined || failure !== undefined;
    return { path, records, arrivedCount: page.records.length, nextPath, hasNext, isUnsure };
  }

  /** What follows a page with records that were delivered before, or are not in order. */
  #settleLate(page: LoadedPage, records: RawRecords): Following {
    const following = this.#whatFollows(page, records);
    if (following.isBackward === true && this.#sieve?.isOrdered !== false) {
      return { nextPath: undefined, failure: this.#error('repeated_link') };
    }
    this.#nextPath = following.nextPath;
    this.#goOn();
    return following;
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
    return this.#askedFor < this.#allowed && this.#reader.isWanted?.(path) !== false;
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

  async #load(request: PageRequest, before: PageRequest | undefined): Promise<LoadedPage> {
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
    const envelope = readListEnvelope(json, method, pathTemplate);
    // A page that was asked for early may arrive first, and only the page before it decides whether it is used.
    await before?.page;
    abort.signal.throwIfAborted();
    const page = { path, ...envelope };
    const following = this.#whatFollows(page, page.records);
    // Else, what was delivered before the page decides.
    const isCertain = typeof page.next === 'object' ? following.isBackward !== true : continues(page);
    this.#settle(request, isCertain ? following.nextPath : undefined);
    return { ...page, following: isCertain ? following : undefined };
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

  /** What follows a page of which these records are delivered. */
  #whatFollows({ path, next, records: arrived }: ArrivedPage & { next: NextLink }, records: RawRecords): Following {
    if (typeof next === 'object') {
      this.#longest = Math.max(this.#longest, arrived.length);
      return this.#follow(next.uri, path);
    }
    const lastId = this.#listing.hasOpaqueCursor === true ? undefined : idIn(records.at(-1));
    const isFull = arrived.length >= this.#fullLength(path);
    const mayBeLast = next === 'none' && !isFull && (lastId === undefined || this.#reader.canEndAt?.(lastId) !== false);
    if (mayBeLast || arrived.length === 0) {
      return { nextPath: undefined };
    }
    if (lastId !== undefined) {
      return { nextPath: cursorAfter(path, lastId), isUnsure: true };
    }
    const isUnreadable = next === 'unreadable' || (next === 'unclear' && isFull);
    return { nextPath: undefined, ...(isUnreadable ? { failure: this.#error('unreadable_link') } : {}) };
  }

  /** How many records a full page has: as many as were asked for, or as the server sends at most. */
  #fullLength(path: string): number {
    const asked = limitOf(path) ?? limitOf(this.#listing.path) ?? Number.POSITIVE_INFINITY;
    return this.#longest < LEAST_CAP ? asked : Math.min(asked, this.#longest);
  }

  #follow(link: string, from: string): Following {
    const { transport, hasOpaqueCursor } = this.#listing;
    const path = resolveLink(transport.origin, absolute(link, from));
    if (path === undefined) {
      const isForeign =
        URL.canParse(link, transport.origin) && new URL(link, transport.origin).origin !== transport.origin;
      return { nextPath: undefined, failure: this.#error(isForeign ? 'foreign_link' : 'unreadable_link', 'origin') };
    }
    if (!isSameListing(path, from)) {
      return { nextPath: undefined, failure: this.#error('foreign_link', 'listing') };
    }
    if (this.#followed.has(path) || this.#reader.trail?.has(path) === true || leadsToStart(path, from)) {
      return { nextPath: undefined, failure: this.#error('repeated_link') };
    }
    const isBackward = hasOpaqueCursor !== true && this.#sieve?.isOrdered !== false && leadsBack(path, from);
    return { nextPath: path, isBackward };
  }

  #error(reason: 'repeated_link' | 'unreadable_link' | 'foreign_link', target = ''): CleverPaginationError {
    return new CleverPaginationError(PAGES[reason], { pathTemplate: this.#listing.pathTemplate }, { target });
  }

  #report(reason: 'missing_link', itemCount: number): void {
    const { transport, method, pathTemplate } = this.#listing;
    transport.emit({ kind: 'irregular_page', method, pathTemplate, reason, itemCount });
  }
}

/** A link with the parts that a relative one leaves out: `?starting_after=…`, `v3.1/users?…`. */
function absolute(link: string, from: string): string {
  if (link.startsWith('?')) {
    return from.split('?', 1)[0] + link;
  }
  return /^v\d[\d.]*\//u.test(link) ? `/${link}` : link;
}

/** Whether all records of a page come after the place where it was to begin, in the order of their ids. */
function continues({ path, records, isAscending }: ArrivedPage): boolean {
  const first = idIn(records[0]);
  return records.length === 0 || (isAscending && first !== undefined && first > (positionOf(path) ?? ''));
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
