import type { CleverError } from '../../errors/index.js';
import { escapeHtml } from '../../util/html.js';

/** The content of the default error page. */
export interface ErrorPage {
  readonly error: CleverError;
  readonly status: number;
  /** The target of *Try again*; a path of the app. */
  readonly retryPath: string;
}

/**
 * Returns the page for a failed login when the app has no page of its own. It has one short text and one
 * link, and contains no script and no data of the request.
 */
export function errorPage({ error, status, retryPath }: ErrorPage): Response {
  const body = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Login did not work</title>
<style>
:root { color-scheme: light dark; font: 1.05rem/1.5 system-ui, sans-serif; }
main { max-width: 34rem; margin: 15vh auto 0; padding: 0 1.25rem; }
h1 { font-size: 1.5rem; }
a { display: inline-block; margin-top: .5rem; padding: .6rem 1.1rem; border: 1px solid; border-radius: .5rem; color: inherit; text-decoration: none; }
a:focus-visible { outline: 3px solid Highlight; outline-offset: 2px; }
</style>
</head>
<body>
<main>
<h1>Login did not work</h1>
<p>${escapeHtml(error.userMessage)}</p>
<p><a href="${escapeHtml(retryPath)}">Try again</a></p>
</main>
</body>
</html>
`;
  return new Response(body, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
  });
}
