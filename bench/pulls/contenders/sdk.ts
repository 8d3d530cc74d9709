import { createCleverClient } from 'clever-sdk';
import { type Contender, touch } from '../contender.ts';

/** This SDK with its defaults, record by record. */
export const pull: Contender = async ({ origin, collection, pageSize, parallel }) => {
  const { users, events } = createCleverClient({ apiOrigin: origin }).district({ token: 'bench' });
  const listing =
    collection === 'events'
      ? events.list({ pageSize })
      : users.list(parallel > 1 ? { pageSize, parallel } : { pageSize });
  let count = 0;
  for await (const record of listing) {
    count += touch(record);
  }
  return count;
};
