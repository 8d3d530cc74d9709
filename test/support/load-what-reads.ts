import { createCleverClient } from 'clever-sdk';

/**
 * Reads one record, so that all that a reading loads on demand is there. For tests on a fake clock: loading takes turns of
 * the real event loop, for which advancing a fake one does not wait.
 */
export async function loadWhatReads(): Promise<void> {
  const fetch = async (): Promise<Response> =>
    Response.json({ data: [{ data: { id: 'a', district: 'b' } }], links: [] });
  const client = createCleverClient({ fetch });
  await client.district({ token: 'token' }).courses.list().firstPage();
}
