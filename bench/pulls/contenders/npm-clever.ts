import { once } from 'node:events';
import clever from 'clever';
import { type Contender, touch } from '../contender.ts';

/**
 * The npm package `clever` 0.12.1. It requests API v1.2, which is switched off; its own extension mechanism
 * points it at v3.1. It checks nothing.
 */
export const pull: Contender = async ({ origin, collection, pageSize }) => {
  const client = clever({ token: 'bench' }, origin);
  class Records extends client.Resource {
    static override path = `/v3.1/${collection}`;
  }
  client['Records'] = Records;
  let count = 0;
  const stream = Records.find().limit(pageSize).stream();
  stream.on('data', (record: InstanceType<typeof Records>) => {
    count += touch(record.toJSON() as { id?: unknown });
  });
  await once(stream, 'end');
  return count;
};
