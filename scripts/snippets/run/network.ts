/** Keeps snippets off the network: Clever is the sandbox, and nothing else but loopback is reached. */
import { Socket } from 'node:net';
import { APP_ORIGIN, type World } from '../world.ts';

const CLEVER = new Set(['https://clever.com', 'https://api.clever.com']);
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);

const systemFetch = globalThis.fetch;
const connect = Socket.prototype.connect;

/** The hosts that were asked for and refused since the last call. */
const refused: string[] = [];

export function takeRefused(): string[] {
  return refused.splice(0);
}

/** Refuses connections of this process to anything but loopback. */
export function guardSockets(): void {
  Socket.prototype.connect = function (this: Socket, ...options: unknown[]) {
    refuseOthers(hostOf(options));
    return Reflect.apply(connect, this, options);
  } as typeof connect;
}

/** A `fetch` that has the sandbox in the place of Clever. */
export function fetchIn(world: World): typeof fetch {
  return async (input, init) => {
    const { origin, hostname } = new URL(input instanceof Request ? input.url : input);
    if (CLEVER.has(origin)) {
      return (await world.sandbox()).fetch(input, init);
    }
    if (origin === APP_ORIGIN && world.site !== undefined) {
      return world.site(new Request(input, init));
    }
    refuseOthers(hostname);
    return systemFetch(input, init);
  };
}

function refuseOthers(host: string | undefined): void {
  if (host !== undefined && !LOOPBACK.has(host)) {
    refused.push(host);
    throw new Error(`A snippet must not reach ${host}.`);
  }
}

/** The host of a connection; none for a file in the place of a port. */
function hostOf(options: unknown): string | undefined {
  const [first, second] = Array.isArray(options) ? options.flat() : [];
  if (typeof first === 'object' && first !== null) {
    const { host, path } = first as { readonly host?: string; readonly path?: string };
    return path === undefined ? (host ?? 'localhost') : undefined;
  }
  return typeof second === 'string' ? second : undefined;
}
