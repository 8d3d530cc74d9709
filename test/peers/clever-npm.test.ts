import { once } from 'node:events';
import clever from 'clever';
import { expect, it } from 'vitest';
import { inOrder, serve, truth } from './truth.js';

/*
 * The old npm package `clever`, 0.12.1. It requests API v1.2, which Clever switched off in December 2022
 * (dev.clever.com/docs/api-v1-deprecation), so its defaults fail here as they fail there. Its own way to
 * add a kind of record shows that its requests, envelopes and pages still fit.
 */

it('the npm package clever learns that API v1.2 is gone, as it does from Clever', async () => {
  const sandbox = await serve(await truth());
  const { District } = clever({ token: sandbox.districts[0].token ?? '' }, sandbox.url);
  const error = await new Promise<(Error & { readonly body: unknown }) | null>((resolve) => {
    District.find().exec((failure) => resolve(failure));
  });
  expect(error?.message).toBe('received statusCode 404 instead of 200');
  expect(error?.body).toContain('Cannot GET /v1.2/districts');
});

it.each(['v3.0', 'v3.1'])(
  'the npm package clever, pointed at %s, reads the whole roster, page by page',
  async (version) => {
    const records = await truth();
    const sandbox = await serve(records);
    const client = clever({ token: sandbox.districts[0].token ?? '' }, sandbox.url);
    class User extends client.Resource {
      static override path = `/${version}/users`;
    }
    client['User'] = User;
    const found: unknown[] = [];
    const stream = User.find().limit(50).stream();
    stream.on('data', (user: InstanceType<typeof User>) => found.push(user.toJSON()));
    await once(stream, 'end');
    expect(found).toEqual(inOrder(records.users));
  },
);
