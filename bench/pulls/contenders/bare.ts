import { type Contender, touch } from '../contender.ts';

interface Body {
  readonly data: readonly { readonly data: { readonly id: string } }[];
  readonly links: readonly { readonly rel: string; readonly uri: string }[];
}

/** The baseline: only `fetch` and `JSON.parse`. Checks nothing, retries nothing, hides nothing. */
export const pull: Contender = async ({ origin, collection, pageSize }) => {
  let count = 0;
  for (let path: string | undefined = `/v3.1/${collection}?limit=${pageSize}`; path !== undefined; ) {
    const response: Response = await fetch(origin + path, { headers: { authorization: 'Bearer bench' } });
    const body = JSON.parse(await response.text()) as Body;
    for (const { data } of body.data) {
      count += touch(data);
    }
    path = body.links.find(({ rel }) => rel === 'next')?.uri;
  }
  return count;
};
