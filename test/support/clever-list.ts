import type { CleverClientOptions } from 'clever-sdk';

/** How a server treats `starting_after` with an id that does not exist. */
export type GuessAnswer =
  /** Takes it as a position between two ids. */
  | 'honours'
  /** Answers 400. */
  | 'refuses'
  /** Begins at the start. */
  | 'ignores'
  /** Has nothing after it. */
  | 'empty'
  /** Begins one record too late. */
  | 'skips';

/** A server with one ascending list of ids at `/v3.1/users`. */
export interface CleverList {
  readonly ids: readonly string[];
  readonly answer?: GuessAnswer;
  /** Called for each request; what it returns is awaited before the answer, or thrown. */
  readonly onRequest?: (url: URL, signal: AbortSignal | null | undefined) => Promise<Response | undefined> | undefined;
}

export interface Listener {
  readonly fetch: NonNullable<CleverClientOptions['fetch']>;
  /** The requested positions, `''` for the start. */
  readonly asked: string[];
}

export function cleverList({ ids, answer = 'honours', onRequest }: CleverList): Listener {
  const known = new Set(ids);
  const asked: string[] = [];
  const fetch = async (address: string, init: RequestInit): Promise<Response> => {
    const url = new URL(address);
    const after = url.searchParams.get('starting_after') ?? '';
    asked.push(after);
    const instead = await onRequest?.(url, init.signal);
    if (instead !== undefined) {
      return instead;
    }
    const isGuess = after !== '' && !known.has(after);
    if (isGuess && answer === 'refuses') {
      return Response.json({ message: 'no such id' }, { status: 400 });
    }
    const limit = Number(url.searchParams.get('limit'));
    const found = ids.findIndex((id) => id > after);
    const following = found === -1 ? ids.length : found;
    const starts = { honours: following, refuses: following, ignores: 0, empty: ids.length, skips: following + 1 };
    const start = isGuess ? starts[answer] : following;
    const page = ids.slice(start, start + limit);
    url.searchParams.set('starting_after', page.at(-1) ?? '');
    const next = start + limit < ids.length ? [{ rel: 'next', uri: url.pathname + url.search }] : [];
    return Response.json({ data: page.map((id) => ({ data: { id }, uri: '' })), links: next });
  };
  return { fetch, asked };
}
