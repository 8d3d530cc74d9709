import { createCleverClient } from 'clever-sdk';
import { type Contender, touch } from '../contender.ts';

/** This SDK, page by page. */
export const pull: Contender = async ({ origin, pageSize }) => {
  const { users } = createCleverClient({ apiOrigin: origin }).district({ token: 'bench' });
  let count = 0;
  for await (const { data } of users.list({ pageSize }).pages()) {
    for (const record of data) {
      count += touch(record);
    }
  }
  return count;
};
