import type { Screenshot } from '../verdict.js';
import type { Control } from './page-content.js';

/** One answer on the way to a page: a redirect, or the page itself. */
export interface Hop {
  readonly method: string;
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  /** The `Set-Cookie` headers, as they arrived. */
  readonly setCookies: readonly string[];
}

/** Where a visitor arrived. */
export interface Page {
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  /** The page as it was sent; in a browser, as it is after its scripts have run. */
  readonly html: string;
  /** What a person can read. */
  readonly text: string;
  readonly title: string;
  /** Links and buttons, in the order of the page. */
  readonly controls: readonly Control[];
  /** Every answer on the way, the page's own last. */
  readonly hops: readonly Hop[];
}

/** A request that is no visit: what a page's script, a second tab or an image would send. */
export interface SideRequest {
  readonly method?: 'GET' | 'HEAD' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /**
   * `image`: as `<img src>` on a page of another site would send it. `navigation`: as a second tab would. Default
   * `same-site`: as the app's own script.
   */
  readonly as?: 'same-site' | 'image' | 'navigation';
  /** Default `true`. */
  readonly followRedirects?: boolean;
}

/** A cookie that the visitor holds for the app. */
export interface HeldCookie {
  readonly name: string;
  readonly value: string;
  readonly httpOnly: boolean;
  readonly secure: boolean;
  readonly sameSite: 'strict' | 'lax' | 'none' | undefined;
  readonly path: string;
  readonly domain: string;
}

/**
 * A person's browser, with cookies of its own. Probes use nothing else to reach an app, so that the same probe works
 * by HTTP and in Chromium.
 *
 * Every method throws {@link AppTrouble} when the app does not answer in time, refuses the connection, or redirects
 * without an end.
 */
export interface Visitor {
  /** `http`, or the name of the browser. */
  readonly driver: 'http' | 'chromium';
  /** Goes to an address, as if it was typed, or clicked on a page of another site; follows redirects. */
  open(address: string | URL, from?: 'typed' | 'other-site'): Promise<Page>;
  /** Follows a link or presses a button of the page where the visitor is. */
  press(control: Control): Promise<Page>;
  /** Loads the page where the visitor is once more, with the address that it came by, such as a callback. */
  reload(address?: string | URL): Promise<Page>;
  /** Sends a request with the same cookies, and stays on the page. */
  request(address: string | URL, request?: SideRequest): Promise<Page>;
  /** The cookies that would be sent to an address. */
  cookies(address: string | URL): Promise<readonly HeldCookie[]>;
  /** Puts cookies back that the visitor held before, in place of those that it has for the address. */
  restoreCookies(address: string | URL, cookies: readonly HeldCookie[]): Promise<void>;
  /** A picture of the page where the visitor is; `undefined` without a browser. */
  screenshot(title: string): Promise<Screenshot | undefined>;
  close(): Promise<void>;
}

/** What an app did in place of answering: a sentence for the evidence of a probe. */
export class AppTrouble extends Error {
  override get name(): string {
    return 'AppTrouble';
  }
}
