import { setTimeout as sleep } from 'node:timers/promises';
import type { Page as Tab, Request as TabRequest } from 'playwright-core';

/** How long nothing may be loaded until a page counts as ready: a script may load more after what it loaded. */
const QUIET_MS = 300;
/** How long other things than pages may be loaded: some pages keep a connection open. */
const MOST_BUSY_MS = 3_000;
const BETWEEN_LOOKS_MS = 25;

/** What a tab loads. The browser's own `networkidle` is over before a click has made a script load anything. */
export class Traffic {
  readonly #tab: Tab;
  readonly #open = new Set<TabRequest>();
  #changedAt = 0;

  constructor(tab: Tab) {
    this.#tab = tab;
    tab.on('request', this.#begun);
    tab.on('requestfinished', this.#ended);
    tab.on('requestfailed', this.#ended);
  }

  /**
   * Waits until nothing is loaded any more.
   *
   * @param answerMs - The time for a page.
   */
  async isQuiet(answerMs: number): Promise<void> {
    const begin = performance.now();
    this.#changedAt = begin;
    for (;;) {
      const now = performance.now();
      const waitsForPage = [...this.#open].some((request) => request.isNavigationRequest());
      const isQuiet = this.#open.size === 0 && now - this.#changedAt > QUIET_MS;
      if (isQuiet || now - begin > (waitsForPage ? answerMs : MOST_BUSY_MS)) {
        return;
      }
      await sleep(BETWEEN_LOOKS_MS);
    }
  }

  stop(): void {
    this.#tab.off('request', this.#begun);
    this.#tab.off('requestfinished', this.#ended);
    this.#tab.off('requestfailed', this.#ended);
  }

  readonly #begun = (request: TabRequest): void => {
    this.#open.add(request);
    this.#changedAt = performance.now();
  };

  readonly #ended = (request: TabRequest): void => {
    this.#open.delete(request);
    this.#changedAt = performance.now();
  };
}
