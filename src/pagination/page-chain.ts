import { PAGES } from '../errors/catalogue/pages.js';
import { CleverPaginationError } from '../errors/index.js';
import { readListEnvelope } from '../records/index.js';
import { guessNextLink } from '../records/next-link.js';
import { resolveLink } from '../transport/index.js';
import { isSameListing, positionOf } from './cursor.js';
import type { Listing } from './listing.js';
import { untilSent } from './until-sent.js';

/** A page as it arrived. */
export interface RawPage {
  /** The path that it was asked for by. */
  readonly path: string;
  /** Those behind the position that the path names. */
  readonly records: readonly Record<string, unknown>[];
  /** The path of the following page; `undefined` on the last one. */
  readonly nextPath: string | undefined;
}

/** A page that was asked for. */
interface Visit {
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
 * looked for in the raw text, and the network works while the thread parses. The parsed link has the last word: if it is
 * another one, the page asked for is dropped unseen. A guess goes nowhere that a link could not lead.
 */
export class PageChain {
  readonly #listing: Listing;
  readonly #isWanted: (path: string) => boolean;
  /**
   * Every path that was followed, so that none is followed twice. Grows by some 200 bytes a page: 2 MB for a million records
   * in pages of a hundred. What needs less sees a loop only when records were handed out twice.
   */
  readonly #followed = new Set<string>();
  /** Asked for and not taken yet, in order. Only the last can be a guess. */
  readonly #visits: Visit[] = [];
  #last: Visit | undefined;
  /** Where to go on behind the last visit, once that is certain; `undefined` also behind the last page of all. */
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
    // By a listener of our own, which `close` takes back: a caller's signal may live for days, or come from another realm.
    signal?.addEventListener('abort', this.#callOff, { once: true });
  }

  /**
   * The next page; `undefined` behind the last one that is wanted. One call at a time.
   *
   * @param allowed - How many pages may be asked for by now, counted from the first: this one, and those ahead of it.
   */
  async take(allowed: number): Promise<RawPage | undefined> {
    this.#allowed = allowed;
    this.#goOn();
    const [visit] = this.#visits;
    const page = await visit?.page;
    this.#visits.shift();
    // Whoever took it holds it, and nobody else: the visit is still known to the one after it.
    delete visit?.page;
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
    for (const { abort } of this.#visits) {
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

  #ask({ path, isGuess }: Pick<Visit, 'path' | 'isGuess'>): void {
    const before = this.#last;
    const visit: Visit = { path, isGuess, abort: new AbortController() };
    if (this.#end !== undefined) {
      visit.abort.abort(this.#end.reason);
    }
    this.#askedFor += 1;
    this.#last = visit;
    this.#visits.push(visit);
    visit.page = this.#load(visit, before);
    // A failure is the consumer's to see when it gets there; if it never does, nobody has to.
    visit.page.catch(() => undefined);
  }

  async #load(visit: Visit, before: Visit | undefined): Promise<RawPage> {
    const { transport, method, pathTemplate, authorization, options, defaultTimeoutMs, advice } = this.#listing;
    const { path, abort } = visit;
    const { json } = await transport.send({
      method,
      pathTemplate,
      path,
      authorization,
      options: { ...options, signal: abort.signal },
      defaultTimeoutMs,
      priority: 'bulk',
      advice,
      onBody: (chunks) => this.#lookAhead(visit, chunks),
    });
    const { records, next } = readListEnvelope(json, method, pathTemplate, positionOf(path));
    // What was asked for early may arrive first, and what becomes of it is up to the page before.
    await before?.page;
    abort.signal.throwIfAborted();
    const nextPath = next === undefined ? undefined : this.#follow(next, path);
    this.#settle(visit, nextPath);
    return { path, records, nextPath };
  }

  /** Sends for the page that the body seems to link to, and has the parsing wait until that is on its way. */
  #lookAhead(visit: Visit, chunks: readonly Uint8Array[]): Promise<void> | undefined {
    if (visit !== this.#last || visit.isGuess || this.#end !== undefined || this.#askedFor >= this.#allowed) {
      return undefined;
    }
    const link = guessNextLink(chunks);
    const path = link === undefined ? undefined : resolveLink(this.#listing.transport.origin, link);
    if (path === undefined || !isSameListing(path, visit.path) || this.#followed.has(path) || !this.#mayAsk(path)) {
      return undefined;
    }
    this.#ask({ path, isGuess: true });
    return untilSent();
  }

  /** What comes behind a page is certain now: the page that was asked for early, or another one. */
  #settle(visit: Visit, nextPath: string | undefined): void {
    const guess = this.#last;
    if (guess !== undefined && guess !== visit) {
      guess.isGuess = false;
      if (guess.path === nextPath) {
        this.#followed.add(nextPath);
        return;
      }
      this.#visits.pop();
      this.#askedFor -= 1;
      this.#last = visit;
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
