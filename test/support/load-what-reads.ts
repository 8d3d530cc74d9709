import { createCleverClient } from 'clever-sdk';

/**
 * Reads records, one of them without its documented shape, and fails once, so that all that a reading loads on demand is
 * there. For tests on a fake clock: loading takes turns of the real event loop, for which advancing a fake one does not
 * wait.
 */
export async function loadWhatReads(): Promise<void> {
  const records = [{ data: { id: 'a', district: 'b' } }, { data: { id: 'c' } }];
  const fetch = async (url: string): Promise<Response> =>
    url.endsWith('/missing') ? new Response(null, { status: 404 }) : Response.json({ data: records, links: [] });
  const { courses } = createCleverClient({ fetch }).district({ token: 'token' });
  await courses.list().firstPage();
  await courses.get('missing').catch(() => undefined);
}
