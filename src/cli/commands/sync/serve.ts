import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { statusPage } from '../../../sync/index.js';
import type { DatabaseOptions } from '../../session/database-options.js';
import { serveLocally } from '../../session/local-server.js';
import type { CommandIo } from '../../terminal/io.js';
import { untilStopped } from '../../terminal/stopped.js';
import { visible, visibleJson } from '../../terminal/visible.js';
import { approverOf } from './approver.js';
import { withTables } from './open.js';

/** Options of `sync status --serve`. */
export interface ServeOptions extends DatabaseOptions {
  readonly port?: number;
  readonly by?: string;
}

/** `sync status --serve`: the status page on this machine, for the user alone, until the command is stopped. */
export async function serveStatus(io: CommandIo, options: ServeOptions): Promise<void> {
  const by = approverOf(io, options);
  await withTables(io, options, async (sync) => {
    // Fails now, and not in the browser, when the tables are missing.
    await sync.summary();
    const page = statusPage(sync, { authorize: () => ({ by }) });
    const door = new Door();
    const server = await serveLocally((request) => door.refuse(request) ?? page(request), {
      port: options.port ?? 0,
      ifTaken: 'choose another with --port, or leave it out for any free one',
    });
    try {
      const url = `http://127.0.0.1:${server.port}/?key=${door.key}`;
      await io.out(options.json === true ? `${visibleJson({ url })}\n` : welcome(url, by));
      await untilStopped(io.signal);
    } finally {
      await server.close();
    }
  });
}

function welcome(url: string, by: string): string {
  return [
    `Status page: ${url}`,
    `Open it in a browser on this machine. Its key is for you alone. Approvals are stored as those of ${visible(by)}.`,
    '',
    'Press Ctrl+C to stop.',
    '',
  ].join('\n');
}

function randomKey(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * Lets in only whom the key was given to. Any user and any web page of this machine's browser can reach a port of
 * loopback, so the address that the terminal prints has a key, which the first visit exchanges for a cookie, and the
 * server answers under its own names alone: a page whose name resolves to this machine (DNS rebinding) reads nothing.
 */
class Door {
  /** What the address has. */
  readonly key = randomKey();
  /** Browsers send a cookie to every port of a machine, so that each server has a name of its own for it. */
  readonly #cookie = `clever_sync_${randomBytes(6).toString('hex')}=${randomKey()}`;

  /** The answer to a request that the page is not to see; `undefined` for one that it is. */
  refuse(request: Request): Response | undefined {
    const { pathname, searchParams } = new URL(request.url);
    if (!/^(?:127\.0\.0\.1|localhost)(?::\d+)?$/iu.test(request.headers.get('host') ?? '')) {
      return text(421, 'The status page does not answer at this host name. Use 127.0.0.1 or localhost.');
    }
    if (pathname !== '/') {
      return text(404, 'Not here.');
    }
    const key = searchParams.get('key');
    if (request.method === 'GET' && key !== null && isSame(key, this.key)) {
      return text(303, '', {
        location: '/',
        'set-cookie': `${this.#cookie}; Path=/; HttpOnly; SameSite=Strict`,
      });
    }
    const cookies = (request.headers.get('cookie') ?? '').split(/;\s*/u);
    return cookies.some((cookie) => isSame(cookie, this.#cookie))
      ? undefined
      : text(
          403,
          'Copy the address that the terminal has printed, with its key, into the address bar of your browser.',
        );
  }
}

function isSame(given: string, expected: string): boolean {
  // Of equal length, as the comparison in constant time needs.
  const [one, other] = [given, expected].map((value) => createHash('sha256').update(value).digest());
  return one !== undefined && other !== undefined && timingSafeEqual(one, other);
}

function text(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(`${body}\n`, {
    status,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      ...headers,
    },
  });
}
