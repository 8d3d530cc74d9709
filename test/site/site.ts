/** The built site, as files and on a port. */
import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BASE } from '../../site/build/project.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/u, '');
export const DIST = `${ROOT}/site/.vitepress/dist`;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.xml': 'application/xml',
};

/** A running copy of the site. */
export interface ServedSite {
  /** The address of the start page, with a slash at its end. */
  readonly home: string;
  close(): Promise<void>;
}

/** Serves the built site as a static host does: `/guides/login` is `guides/login.html`, and others are the 404 page. */
export async function serveSite(): Promise<ServedSite> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const file = fileOf(pathname);
    response.writeHead(file === undefined ? 404 : 200, { 'content-type': TYPES[extname(file ?? '.html')] ?? '' });
    response.end(readFileSync(file ?? `${DIST}/404.html`));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    home: `http://127.0.0.1:${port}${BASE}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function fileOf(pathname: string): string | undefined {
  if (!pathname.startsWith(BASE)) {
    return undefined;
  }
  const path = `${DIST}/${decodeURIComponent(pathname.slice(BASE.length))}`;
  return [path, `${path}.html`, `${path}/index.html`].find((file) =>
    statSync(file, { throwIfNoEntry: false })?.isFile(),
  );
}
