import type { LoggedSender } from '../../world/log/logged-request.js';

/** The pages of Clever's that people open, and what their forms send. */
const PAGES = /^\/(?:oauth\/(?:authorize|instant-login|sign-in|logout)|portal|library|in)(?:\/|$)/u;

/**
 * Returns who sent a request. Browsers say what they load: a page, an image … A script of a page, as of an app in the
 * browser, says `empty`, and programs say nothing.
 */
export function senderOf({ pathname }: URL, headers: Headers): LoggedSender {
  const loads = headers.get('sec-fetch-dest') ?? 'empty';
  const isNavigation = headers.get('sec-fetch-mode') === 'navigate';
  return isNavigation || loads !== 'empty' || PAGES.test(pathname) ? 'browser' : 'app';
}
