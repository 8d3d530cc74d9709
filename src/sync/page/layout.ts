import { Html, html } from '../../html/html.js';
import { randomValue } from '../../util/random.js';
import { ALL } from './links.js';
import { STATUS_STYLE } from './style.js';

/** A style sheet has no characters that HTML would read. */
const STYLE_TEXT = new Html(STATUS_STYLE);

/** A page of the status page, before it is sent. */
export interface Page {
  readonly status?: 200 | 400 | 403 | 404 | 405 | 409 | 413 | 503;
  readonly title: string;
  /** The heading, where it is more than the title. */
  readonly heading?: Html;
  readonly body: Html;
  /** For 405: the methods that are possible. */
  readonly allow?: string;
}

/**
 * Makes the response. The page loads nothing, runs no script and is shown in no frame; its forms lead to itself alone.
 */
export function respond({ status = 200, title, heading, body, allow }: Page): Response {
  const nonce = randomValue();
  const { text } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Clever sync</title>
<style nonce="${nonce}">${STYLE_TEXT}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header><div><a class="brand" href="${ALL}">Clever sync</a></div></header>
<main id="main">
<h1>${heading ?? title}</h1>
${body}
</main>
<footer>Numbers and districts, and no person. Times are by the database's clock.</footer>
</body>
</html>
`;
  return new Response(text, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': `default-src 'none'; style-src 'nonce-${nonce}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
      // Not `no-referrer`: browsers would then send `null` as the origin of the forms. Other sites learn nothing.
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      ...(allow === undefined ? {} : { allow }),
    },
  });
}

/** Sends the browser to another address of the page, by GET. The address is relative: the app decides where it is. */
export function goTo(address: string): Response {
  return new Response(null, { status: 303, headers: { location: address, 'cache-control': 'no-store' } });
}
