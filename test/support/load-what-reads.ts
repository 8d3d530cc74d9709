import { createCleverClient, type RateBudgetStore } from 'clever-sdk';

/**
 * Reads records, one of them without its documented shape, and fails once, so that everything that a
 * reading loads on demand has been loaded, and the keys of the tests' tokens in shared rate budgets are
 * known. For tests on a fake clock: loading and Web Crypto take turns of the real event loop, for which
 * advancing a fake clock does not wait.
 */
export async function loadWhatReads(): Promise<void> {
  const records = [{ data: { id: 'a', district: 'b' } }, { data: { id: 'c' } }];
  const fetch = async (url: string): Promise<Response> =>
    url.endsWith('/missing') ? new Response(null, { status: 404 }) : Response.json({ data: records, links: [] });
  const { courses } = createCleverClient({ fetch }).district({ token: 'token' });
  await courses.list().firstPage();
  await courses.get('missing').catch(() => undefined);
  const rateBudget: RateBudgetStore = { update: (_, change) => change(undefined, 0).result };
  for (const token of ['token', 'canary-token']) {
    await createCleverClient({ fetch, rateBudget }).district({ token }).courses.list().firstPage();
  }
}
