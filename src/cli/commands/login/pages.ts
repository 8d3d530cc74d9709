import { escapeHtml } from '../../../util/html.js';

/** What the browser shows after the login. */
export function donePage(): Response {
  return page('Logged in', 'You can close this page and go back to the terminal.', 200);
}

/** What the browser shows when it did not work. */
export function failedPage(message: string, status: number): Response {
  return page('Login did not work', message, status);
}

/** The answer to a callback that is not of this login, for which the command still waits. */
export function strayPage(status: number): Response {
  return page('Not this login', 'This address does not belong to the login that the terminal waits for.', status);
}

function page(title: string, text: string, status: number): Response {
  const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>body{font:1.1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:4rem auto;padding:0 1rem}</style>
<h1>${title}</h1>
<p>${escapeHtml(text)}</p>
</html>
`;
  return new Response(html, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      // The command waits for this answer and ends.
      connection: 'close',
    },
  });
}
