import type { CleverClientOptions } from 'clever-sdk';

/** One request that a {@link double} received. */
export interface Seen {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: string;
}

/** What a double answers: JSON, a ready response, or a failure to throw. */
export type Answer = object | Response | Error | ((seen: Seen, init: RequestInit) => object | Promise<Response>);

/**
 * A `fetch` that answers from a script, in order, and records its requests. Fails the test's call when the
 * script has run out, so that an unexpected request is noticed.
 */
export function double(...script: Answer[]): { fetch: NonNullable<CleverClientOptions['fetch']>; seen: Seen[] } {
  const seen: Seen[] = [];
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const request: Seen = {
      method: init.method ?? 'GET',
      url: new URL(url),
      headers: new Headers(init.headers),
      body: typeof init.body === 'string' ? init.body : '',
    };
    const answer = script[seen.length];
    seen.push(request);
    if (answer === undefined) {
      throw new Error(`request ${seen.length} was not expected`);
    }
    const made = typeof answer === 'function' ? await answer(request, init) : answer;
    if (made instanceof Error) {
      throw made;
    }
    return made instanceof Response ? made : Response.json(made);
  };
  return { fetch, seen };
}

/** A list answer in Clever's envelope. */
export function listOf(records: readonly object[], next?: string, path = '/v3.1/users'): object {
  return {
    data: records.map((data) => ({ data, uri: `${path}/${(data as { id?: string }).id ?? ''}` })),
    links: [{ rel: 'self', uri: path }, ...(next === undefined ? [] : [{ rel: 'next', uri: next }])],
  };
}

/** Records with nothing but an id, for tests about paging rather than people. */
export function ids(...names: string[]): { id: string }[] {
  return names.map((id) => ({ id }));
}
