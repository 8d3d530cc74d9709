import type { Context } from 'hono';
import { html } from 'hono/html';

/** HTML whose values are escaped. */
export type Html = ReturnType<typeof html>;

/** A page of the sandbox: plain, no scripts, nothing from elsewhere. */
export function page(
  context: Context,
  status: 200 | 400 | 403 | 404,
  title: string,
  body: Html,
): Response | Promise<Response> {
  context.header('cache-control', 'no-store');
  context.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'");
  context.header('referrer-policy', 'no-referrer');
  return context.html(
    html`<!DOCTYPE html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>${title} · Clever sandbox</title>
          <style>
            body { font: 1rem/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
            ul { columns: 2; padding-left: 1.2rem; }
          </style>
        </head>
        <body>
          <main>
            <h1>${title}</h1>
            ${body}
          </main>
        </body>
      </html>`,
    status,
  );
}
