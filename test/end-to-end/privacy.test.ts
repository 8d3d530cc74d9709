import { inspect } from 'node:util';
import { type ClientEvent, createCleverClient, createMemoryRateBudget } from 'clever-sdk';
import { createSandbox, type Fault } from 'clever-sdk/sandbox';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/privacy/index.js';
import { logged, printed } from '../support/printed.js';

/*
 * Marked strings in every credential, token, code, record, id and header. Everything that the SDK shows is
 * searched for them: printed objects, JSON, messages, stacks, events.
 */
const MARK = 'canary';
const sandbox = createSandbox({
  oidc: true,
  clientId: 'app-id',
  clientSecret: `${MARK}-secret`,
  districts: [
    {
      connection: 'both',
      district: { id: 'the-district', name: 'The district' },
      schools: [{ id: `${MARK}-school`, name: `${MARK} school`, district: 'the-district' }],
      sections: [
        {
          id: `${MARK}-section`,
          name: `${MARK} section`,
          district: 'the-district',
          school: `${MARK}-school`,
          teacher: `${MARK}-teacher`,
          teachers: [`${MARK}-teacher`],
          students: [`${MARK}-student`],
        },
      ],
      users: [
        {
          id: `${MARK}-student`,
          district: 'the-district',
          name: { first: `${MARK}first`, last: `${MARK}last` },
          email: `${MARK}@example.com`,
          roles: {
            student: { sis_id: `${MARK}-sis`, school: `${MARK}-school`, schools: [`${MARK}-school`], grade: 7 },
          },
        },
        {
          id: `${MARK}-teacher`,
          district: 'the-district',
          name: { first: `${MARK}first`, last: `${MARK}last` },
          email: `${MARK}.teacher@example.com`,
          roles: { teacher: { sis_id: `${MARK}-sis`, school: `${MARK}-school`, schools: [`${MARK}-school`] } },
        },
      ],
    },
  ],
});

function open(validation: 'lenient' | 'strict' | 'off' = 'lenient') {
  const events: ClientEvent[] = [];
  const onEvent = (event: ClientEvent): void => void events.push(event);
  const clever = createCleverClient({ ...sandbox.clientOptions(), validation, retry: false, onEvent });
  const teacher = sandbox.userToken({ user: `${MARK}-teacher`, connection: 'library' });
  return {
    events,
    clever,
    district: clever.district({ token: sandbox.districts[0].token }),
    library: clever.library({ token: teacher }),
    user: clever.user({ token: sandbox.userToken({ user: `${MARK}-student`, connection: 'district' }) }),
  };
}

/** Every token and secret of this sandbox, apart from the marked ones. */
const secrets = (): string[] => [sandbox.districts[0].token, sandbox.clientOptions().clientSecret, MARK];

function expectClean(value: unknown, show = printed): void {
  const text = show(value);
  for (const secret of secrets()) {
    expect(text).not.toContain(secret);
  }
}

describe('what is printed of an object', () => {
  it('of the SDK shows no secret and no person', async () => {
    const { clever, district, library, user } = open();
    for (const object of [clever, clever.oauth, district, library, user]) {
      expectClean(object);
    }
    const listing = district.users.list();
    expectClean(listing);
    expectClean(district.users);
    expect(inspect(await listing.firstPage(), { depth: 9 })).not.toContain(MARK);
    expect(inspect(await library.classroom(), { depth: 9 })).not.toContain(MARK);
    const token = sandbox.userToken({ user: `${MARK}-teacher`, connection: 'library' });
    expect(inspect(await clever.oauth.identify(token), { depth: 9 })).not.toContain(MARK);
  });

  it('that is only handed out for a while shows no secret either', async () => {
    const rateBudget = createMemoryRateBudget();
    const clever = createCleverClient({ ...sandbox.clientOptions(), rateBudget });
    const district = clever.district({ token: sandbox.districts[0].token });
    const byId = clever.district({ districtId: 'the-district' });
    const listing = district.users.list();
    const [records, pages] = [listing[Symbol.asyncIterator](), listing.pages()[Symbol.asyncIterator]()];
    await records.next();
    await pages.next();
    await byId.schools.count();
    const login = clever.login({ cookieSecret: MARK.repeat(9), onLogin: () => new Response('in') });
    const url = clever.oauth.authorizationUrl({ state: `${MARK}-state`, nonce: `${MARK}-nonce` });
    for (const object of [rateBudget, district, byId, records, pages, listing.pages(), login, url]) {
      expectClean(object);
    }
    expectClean(new Secret(MARK));
    expect(`${url.state} ${url.url}`).toContain(`${MARK}-nonce`);
  });

  it('of the sandbox shows no secret and no person in a log', () => {
    for (const object of [
      sandbox,
      sandbox.districts,
      sandbox.districts[0],
      sandbox.clientOptions(),
      sandbox.people(),
    ]) {
      expectClean(object, logged);
    }
  });

  it('of a token hides it, and no copy has it', async () => {
    const { clever } = open();
    const [token] = await clever.oauth.districtTokens();
    expectClean(token);
    expect(token?.access_token).toBe(sandbox.districts[0].token);
    expect({ ...token }).not.toHaveProperty('access_token');
    expect(structuredClone(token)).toEqual({
      id: token?.id,
      owner: token?.owner,
      created: token?.created,
      scopes: token?.scopes,
    });
    expect(JSON.parse(JSON.stringify(token))).toMatchObject({ id: token?.id, access_token: '[redacted]' });
  });
});

const faults: [string, Fault][] = [
  ['a 400 that repeats the request', { status: 400, body: { message: `${MARK}-id of "${MARK} last" is bad` } }],
  ['a 401', { status: 401, body: { error: `Unrecognized token ${MARK}-token` } }],
  ['a 403', { status: 403, body: { message: `${MARK}-x` } }],
  ['a 404 in HTML', { status: 404, html: `<pre>Cannot GET /v3.1/users/${MARK}-student</pre>` }],
  ['a 404 in JSON', { status: 404, body: { code: 91, error: 'Resource not found', data: { id: `${MARK}-student` } } }],
  ['a 413', { status: 413, body: `${MARK}-x` }],
  ['a 429', { status: 429, retryAfterMs: 3_600_000 }],
  ['a 500', { status: 500, body: { error: { message: `${MARK}-x` } } }],
  ['an HTML page with 200', { html: `<h1>${MARK}-x</h1>` }],
  ['truncated JSON', { truncateBody: true }],
  ['a reset', { resetConnection: true }],
  ['a redirect', { status: 302, headers: { location: `https://${MARK}.example/` } }],
  ['a foreign link', { nextLink: `https://${MARK}.example/v3.1/users` }],
  ['JSON without an envelope', { body: { [MARK]: `${MARK}-x` } }],
  ['odd records', { body: { data: [{ data: { id: `${MARK}-odd`, name: `${MARK}-x`, roles: [`${MARK}-x`] } }] } }],
  ['invalid request ids', { status: 500, headers: { 'x-request-id': `${MARK} <x@y>` } }],
];

describe.each(['lenient', 'strict', 'off'] as const)("with validation '%s'", (validation) => {
  it.each(faults)('%s shows no secret and no person', async (_, fault) => {
    const { clever, district, library, user, events } = open(validation);
    const calls: (() => Promise<unknown>)[] = [
      () => district.users.list().toArray({ maxItems: 9 }),
      () => district.users.get(`${MARK}-student`),
      () => district.users.count(),
      () => district.sections.listUsers(`${MARK}-section`, { role: 'student' }).toArray({ maxItems: 9 }),
      () => library.classroom(),
      () => user.getUser(),
      () => user.userinfo(),
      () => clever.oauth.me(`${MARK}-token`),
      () => clever.oauth.tokenInfo(`${MARK}-token`),
      () => clever.oauth.districtTokens(),
      () =>
        clever.oauth.exchangeCallback(`/callback?code=${MARK}-code&state=${MARK}-state`, {
          expectedState: `${MARK}-state`,
        }),
    ];
    for (const call of calls) {
      sandbox.faults.clear();
      sandbox.faults.add({ ...fault, times: Number.POSITIVE_INFINITY });
      const error: unknown = await call().catch((thrown: unknown) => thrown);
      if (error instanceof Error) {
        expectClean(error);
      }
    }
    sandbox.faults.clear();
    expect(events.length).toBeGreaterThan(0);
    expectClean(events);
  });
});

describe('a refusal before anything is sent', () => {
  it('does not repeat what it refuses', async () => {
    const { district, clever } = open();
    const mistakes: (() => unknown)[] = [
      () => createCleverClient({ clientId: 'x', clientSecret: `${MARK}`, redirectUri: `${MARK}://x` }),
      () => clever.district({ token: `${MARK} with space` }),
      () => district.users.list({ from: `/v3.1/${MARK}` }),
      () => clever.oauth.exchangeCallback(`https://x/?code=${MARK}`, { expectedState: MARK }),
      () => clever.oauth.exchangeCallback(`${MARK}:`, { expectedState: MARK }),
      () => clever.oauth.exchangeCallback(`https://x/?error=${MARK}&state=${MARK}`, { expectedState: MARK }),
    ];
    for (const mistake of mistakes) {
      const error: unknown = await (async () => mistake())().catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(Error);
      expectClean(error);
    }
  });
});
