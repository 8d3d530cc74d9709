import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A registry on this machine, in memory. */
export interface LocalRegistry {
  readonly url: string;
  /** The tarballs that were published, by their file names. */
  readonly tarballs: ReadonlyMap<string, Buffer>;
  close(): Promise<void>;
}

/** What `npm publish` sends. */
interface Publication {
  readonly name: string;
  readonly versions: Readonly<Record<string, { readonly dist: { tarball: string } }>>;
  readonly _attachments: Readonly<Record<string, { readonly data: string }>>;
}

/**
 * Starts a registry on loopback that accepts a package, so that a release can be rehearsed to its end: published by
 * npm itself, and installed from there. It keeps what it is sent, and forwards requests for other packages.
 *
 * @param upstream - The registry of the other packages. Without it, none exist.
 * @param own - The package that is rehearsed: only what is published here exists, whatever the other registry has.
 */
export async function startLocalRegistry(upstream?: string, own?: string): Promise<LocalRegistry> {
  const packages = new Map<string, Publication>();
  const tarballs = new Map<string, Buffer>();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = decodeURIComponent((request.url ?? '/').slice(1));
    const tarball = tarballs.get(path.slice(path.lastIndexOf('/') + 1));
    if (request.method === 'PUT') {
      keep(JSON.parse(await text(request)) as Publication, `http://${request.headers.host}`);
      response.writeHead(201, { 'content-type': 'application/json' }).end('{"ok":true}');
    } else if (tarball !== undefined) {
      response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(tarball);
    } else if (packages.has(path)) {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(packages.get(path)));
    } else if (upstream === undefined || path === own) {
      response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
    } else {
      // Relative, because a registry may have a path of its own.
      const address = new URL(`.${request.url ?? '/'}`, upstream.replace(/\/?$/u, '/'));
      const forwarded = await fetch(address, { headers: { accept: 'application/json' } });
      response.writeHead(forwarded.status, { 'content-type': forwarded.headers.get('content-type') ?? '' });
      response.end(Buffer.from(await forwarded.arrayBuffer()));
    }
  }

  function keep({ _attachments, ...publication }: Publication, origin: string): void {
    for (const [name, { data }] of Object.entries(_attachments)) {
      tarballs.set(name, Buffer.from(data, 'base64'));
    }
    for (const [version, { dist }] of Object.entries(publication.versions)) {
      const file = `${publication.name}-${version}.tgz`;
      const stored = tarballs.get(file) ?? Buffer.alloc(0);
      // As the registry computes it from what has arrived, and not as npm has announced it.
      Object.assign(dist, {
        tarball: `${origin}/${publication.name}/-/${file}`,
        integrity: `sha512-${createHash('sha512').update(stored).digest('base64')}`,
      });
    }
    packages.set(publication.name, { ...publication, _attachments: {} });
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    tarballs,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
