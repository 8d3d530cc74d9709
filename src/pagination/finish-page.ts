import type { Listing } from './listing.js';
import { createPage, type ListPage } from './page.js';
import type { RawPage } from './page-chain.js';

/** A page that is about to be handed out. */
interface ReadyPage {
  readonly records: RawPage['records'];
  readonly cursor: string;
  readonly hasNext: boolean;
  /** 1 for the first one handed out. */
  readonly pageNumber: number;
}

/** Makes items of a page's records, now that somebody takes them, and reports the page. */
export async function finishPage<T>(listing: Listing<T>, page: ReadyPage): Promise<ListPage<T>> {
  const { transport, method, pathTemplate } = listing;
  const { records, cursor, hasNext, pageNumber } = page;
  const finished = listing.finishPage(records);
  const items = finished instanceof Promise ? await finished : finished;
  transport.emit({ kind: 'page', method, pathTemplate, pageNumber, itemCount: items.length, hasNext });
  return createPage(items, cursor, hasNext);
}
