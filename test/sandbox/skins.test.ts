import type { Fault, LoggedRequest, Sandbox } from 'clever-sdk/sandbox';
import { afterAll, describe, expect, it } from 'vitest';
import { SKINS, type Skin, type SkinName, stopMocking } from './skins.js';
import { small } from './support.js';

/*
 * Three ways to call one sandbox: the same requests get the same responses, the same failures and the same
 * log. The injected `fetch` is tested elsewhere; here the others are compared with it.
 */

const NOW = 1_800_000_000_000;

/** Calls a sandbox through a skin. */
async function through<T>(name: SkinName, work: (skin: Skin, sandbox: Sandbox) => Promise<T>): Promise<T> {
  const sandbox = small({ clock: () => NOW });
  const skin = await SKINS[name](sandbox);
  try {
    return await work(skin, sandbox);
  } finally {
    await skin.close();
  }
}

/** What a caller sees of a response: everything that does not belong to the connection. */
async function seen(pending: Promise<Response>): Promise<unknown> {
  const response = await pending.catch((error: unknown) => error);
  if (!(response instanceof Response)) {
    return response instanceof TypeError ? 'no answer' : response;
  }
  const headers = Object.fromEntries(
    [...response.headers].filter(([name]) =>
      /^(?:x-ratelimit|content-type|retry|cache|date|access|location)/u.test(name),
    ),
  );
  const body = await response.text().catch((error: unknown) => (error instanceof TypeError ? 'broken off' : error));
  return { status: response.status, headers, body };
}

const bearer = (sandbox: Sandbox, init: RequestInit = {}): RequestInit => ({
  ...init,
  headers: { authorization: `Bearer ${sandbox.districts[0].token}` },
});

const PATHS = [
  '/v3.1/users?limit=3',
  '/v3.0/sections?limit=2&starting_after=0',
  '/v3.1/users?count=true',
  '/v3.1/users/unknown',
  '/v3.1/users?limit=10001',
  '/v3.1/nothing',
  '/oauth/tokeninfo',
];

const FAULTS: Fault[] = [
  { status: 429 },
  { status: 429, retryAfterMs: 1_500, rateLimitHeaders: false },
  { status: 503, delayMs: 1 },
  { html: true },
  { body: '{"data":[' },
  { headers: { 'retry-after': '7' }, clockSkewMs: -3_600_000 },
  { truncateBody: true },
  { resetConnection: true },
  { resetConnection: 'body' },
  { dnsFailure: true },
  { slowBodyMs: 10 },
  { nextLink: 'self', unknownEnum: true },
  { dropLinks: true, nullField: 'name' },
  { emptyPage: true },
  { wrongType: 'name', record: 1, duplicateRecord: true },
  { replaceRecord: null, missingField: 'created', record: 'all' },
];

async function answersOf(skin: Skin, sandbox: Sandbox): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (const path of PATHS) {
    answers.push(await seen(skin.fetch(`${skin.origin}${path}`, bearer(sandbox))));
  }
  for (const fault of FAULTS) {
    const added = sandbox.faults.add(fault);
    answers.push(await seen(skin.fetch(`${skin.origin}/v3.1/users?limit=3`, bearer(sandbox))));
    expect(added.happened, JSON.stringify(fault)).toBe(1);
  }
  return answers;
}

const withoutIds = (requests: LoggedRequest[]): object[] =>
  requests.map(({ requestId, ...others }) => ({ ...others, hasRequestId: requestId !== undefined }));

afterAll(stopMocking);

describe.each(Object.keys(SKINS) as SkinName[])('by %s', (name) => {
  it('responses, failures and the log equal those of the injected fetch', async () => {
    const run = (skin: Skin, sandbox: Sandbox) =>
      answersOf(skin, sandbox).then((answers) => ({ answers, log: withoutIds(sandbox.requests()) }));
    const [expected, found] = [await through('inject', run), await through(name, run)];
    expect(found.answers).toEqual(expected.answers);
    expect(found.log).toEqual(expected.log);
    expect(found.log).toHaveLength(PATHS.length + FAULTS.length);
  });

  it.each([{ hang: true }, { hang: 'body' }, { delayMs: 2 ** 30 }, { slowBodyMs: 2 ** 30 }] as const)(
    'a caller who gives up ends the wait, and appears in the log: %j',
    async (fault) => {
      await through(name, async (skin, sandbox) => {
        sandbox.faults.add(fault);
        const abort = new AbortController();
        const reason = new Error('given up');
        const request = skin
          .fetch(`${skin.origin}/v3.1/users`, bearer(sandbox, { signal: abort.signal }))
          .then((response) => response.text());
        const refused = expect(request).rejects.toBe(reason);
        // The fault applies to one request, so a response to the next one shows that the first has arrived.
        await skin.fetch(`${skin.origin}/v3.1/terms`, bearer(sandbox)).then((response) => response.text());
        abort.abort(reason);
        await refused;
        await expect.poll(() => sandbox.requests({ path: '/v3.1/users' })[0]?.outcome).toBe('aborted');
      });
    },
  );
});
