import createClient from 'openapi-fetch';
import { type Contender, positionAfter, touch } from '../contender.ts';

interface Paths {
  readonly '/users': {
    readonly get: {
      parameters: { query?: { limit?: number; starting_after?: string } };
      responses: {
        200: {
          content: {
            'application/json': { data?: { data?: { id?: string } }[]; links?: { rel?: string; uri?: string }[] };
          };
        };
      };
    };
  };
}

/** openapi-fetch, whose types have no cost at run time. It checks nothing. */
export const pull: Contender = async ({ origin, pageSize }) => {
  const client = createClient<Paths>({ baseUrl: `${origin}/v3.1`, headers: { authorization: 'Bearer bench' } });
  let count = 0;
  let after: string | undefined;
  do {
    const query = { limit: pageSize, ...(after === undefined ? {} : { starting_after: after }) };
    const { data } = await client.GET('/users', { params: { query } });
    for (const record of data?.data ?? []) {
      count += touch(record.data ?? {});
    }
    after = positionAfter(data?.links, origin);
  } while (after !== undefined);
  return count;
};
