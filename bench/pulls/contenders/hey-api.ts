import { pathToFileURL } from 'node:url';
import { type Contender, positionAfter, touch } from '../contender.ts';

interface Answer {
  readonly data?: {
    readonly data?: readonly { readonly data?: { readonly id?: string } }[];
    readonly links?: readonly { readonly rel?: string; readonly uri?: string }[];
  };
  readonly error?: unknown;
}

type GetUsers = (options: { readonly client: unknown; readonly query: object }) => Promise<Answer>;

/** A client generated from Clever's specification with @hey-api/openapi-ts. Checks every response with zod. */
export const pull: Contender = async ({ origin, pageSize, generated = '' }) => {
  const load = (name: string): Promise<unknown> => import(pathToFileURL(`${generated}/${name}`).href);
  const { getUsers } = (await load('sdk.gen.js')) as { getUsers: GetUsers };
  const { createClient } = (await load('client.js')) as { createClient: (config: object) => unknown };
  const client = createClient({ baseUrl: `${origin}/v3.1`, auth: 'bench' });
  let count = 0;
  let after: string | undefined;
  do {
    const query = { limit: pageSize, ...(after === undefined ? {} : { starting_after: after }) };
    const { data, error } = await getUsers({ client, query });
    if (error !== undefined) {
      throw new Error(`The generated client rejected a page: ${String(error).slice(0, 300)}`);
    }
    for (const record of data?.data ?? []) {
      count += touch(record.data ?? {});
    }
    after = positionAfter(data?.links, origin);
  } while (after !== undefined);
  return count;
};
