/**
 * The server for the pulls: node:http without any code of the SDK, in its own process, several times as
 * fast as any client. It uses Clever's envelopes, cursors and headers. Its first argument is its
 * configuration, as JSON.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { countUpTo, idAt, RecordPool } from './users.ts';

/** What a server serves, and how. */
export interface ServerOptions {
  readonly records: number;
  readonly latencyMs: number;
  readonly gzip: boolean;
  /** Whether students have the fields that the SDK removes. */
  readonly isSensitive: boolean;
}

const { records, latencyMs, gzip, isSensitive } = JSON.parse(process.argv[2] ?? '{}') as ServerOptions;
const pools = { users: new RecordPool('users', isSensitive), events: new RecordPool('events', isSensitive) };
/** Compressed pages are cached, because compression is not what is measured. */
const compressed = new Map<string, Buffer>();

function page(collection: keyof typeof pools, version: string, query: URLSearchParams): Buffer {
  const limit = Number(query.get('limit') ?? 100);
  const [after, before] = [query.get('starting_after'), query.get('ending_before')];
  const end = before === null || before === 'last' ? records : Math.min(records, countUpTo(before) - 1);
  const from = before === null ? (after === null ? 0 : countUpTo(after)) : Math.max(0, end - limit);
  const to = Math.min(from + limit, end);
  const path = `/${version}/${collection}`;
  const links = [{ rel: 'self', uri: path }];
  if (to > from && to < records) {
    links.push({ rel: 'next', uri: `${path}?limit=${limit}&starting_after=${idAt(to - 1)}` });
  }
  if (to > from && from > 0) {
    links.push({ rel: 'prev', uri: `${path}?limit=${limit}&ending_before=${idAt(from)}` });
  }
  const tail = `],"links":${JSON.stringify(links)}}`;
  return Buffer.concat([Buffer.from('{"data":['), pools[collection].slice(from, to), Buffer.from(tail)]);
}

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const [, version = '', collection = ''] = url.pathname.split('/');
  if (collection !== 'users' && collection !== 'events') {
    response.writeHead(404).end();
    return;
  }
  const known = compressed.get(url.href);
  const plain = known ?? page(collection, version, url.searchParams);
  const body = known ?? (gzip ? gzipSync(plain, { level: 1 }) : plain);
  if (gzip) {
    compressed.set(url.href, body);
  }
  const send = (): void => {
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': body.length,
      ...(gzip ? { 'content-encoding': 'gzip' } : {}),
      // Large enough that no client has to wait.
      'x-ratelimit-limit': 1_000_000_000,
      'x-ratelimit-remaining': 999_999_999,
      'x-ratelimit-reset': Math.floor(Date.now() / 1_000) + 60,
    });
    response.end(body);
  };
  if (latencyMs > 0) {
    setTimeout(send, latencyMs);
  } else {
    send();
  }
});

server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
