import type { FetchFunction } from 'clever-sdk';

/** How a {@link CountingClever} differs from the captured Clever. */
export interface CountingOptions {
  /** Requests per window. Default 1200. */
  readonly limit?: number;
  /** Default 60000. */
  readonly windowMs?: number;
  /** How the end of a window is rounded to whole seconds. Default `floor`. */
  readonly rounding?: 'floor' | 'round' | 'ceil';
  /** Milliseconds for the way there, and for the way back. Default 50 each. */
  readonly latencyMs?: () => number;
  /** How far Clever's clock is ahead of this machine's, in milliseconds. */
  readonly aheadMs?: number;
  /** Whether answers have a `Date`. Default `true`. */
  readonly tellsTime?: boolean;
}

interface Window {
  readonly endsAt: number;
  used: number;
}

/**
 * A Clever that only counts, on a fake clock: a fixed window per token that begins with its first request,
 * the captured headers, and an empty 429 beyond the limit. Every list has a next page, and every id exists.
 */
export class CountingClever {
  /** Requests that were answered, and those that were refused. */
  served = 0;
  refused = 0;
  /** The paths that were answered, in order. */
  readonly paths: string[] = [];
  readonly #options: Required<CountingOptions>;
  readonly #windows = new Map<string, Window>();

  constructor(options: CountingOptions = {}) {
    this.#options = {
      ...{ limit: 1_200, windowMs: 60_000, rounding: 'floor', aheadMs: 0, tellsTime: true },
      latencyMs: () => 50,
      ...options,
    };
  }

  /** For `createCleverClient({ fetch })`. */
  readonly fetch: FetchFunction = async (url, { headers, signal }) => {
    await pause(this.#options.latencyMs());
    const response = this.receive(new URL(url), new Headers(headers).get('authorization') ?? '');
    await pause(this.#options.latencyMs());
    signal?.throwIfAborted();
    return response;
  };

  /** Counts a request that has arrived; tests also call it for requests of another process. */
  receive(url: URL, token: string): Response {
    const { limit, windowMs, rounding, aheadMs, tellsTime } = this.#options;
    const now = Date.now() + aheadMs;
    const open = this.#windows.get(token);
    const window = open !== undefined && now < open.endsAt ? open : { endsAt: now + windowMs, used: 0 };
    this.#windows.set(token, window);
    window.used += 1;
    const headers = {
      'x-ratelimit-bucket': 'bearer',
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(Math.max(0, limit - window.used)),
      'x-ratelimit-reset': String(Math[rounding](window.endsAt / 1_000)),
      ...(tellsTime ? { date: new Date(now).toUTCString() } : {}),
    };
    if (window.used > limit) {
      this.refused += 1;
      return new Response(null, { status: 429, headers });
    }
    this.served += 1;
    this.paths.push(url.pathname);
    return Response.json(answerTo(url), { headers });
  }
}

function answerTo({ pathname, searchParams }: URL): object {
  const [, , collection, id] = pathname.split('/');
  if (id !== undefined || collection === 'me') {
    return { data: { id: id ?? 'a-person' } };
  }
  const last = Number(searchParams.get('starting_after') ?? 0) + 1;
  const next = `${pathname}?limit=1&starting_after=${last}`;
  return { data: [{ data: { id: String(last) } }], links: [{ rel: 'next', uri: next }] };
}

/** Waits, on the real or the fake clock. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
