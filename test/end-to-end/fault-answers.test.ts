import { CleverError, type ClientEvent, createCleverClient, type DistrictClient } from 'clever-sdk';
import { createSandbox, type Fault, type Sandbox } from 'clever-sdk/sandbox';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

/*
 * Every fault of the sandbox, and what the SDK makes of it: the same records as without the fault, or a
 * typed error. In process and over real sockets. The fault's `times` decides whether it passes or persists.
 */

const PAGE_SIZE = 40;
const ONCE = { path: '/v3.1/users', skip: 1 } as const;
/** A client that waits only briefly, and retries often enough for a slow machine. */
const IMPATIENT = { timeoutMs: 150, retry: { retries: 10, baseDelayMs: 1 } };
const STANDING = { ...ONCE, times: Infinity } as const;

describe.each(['inject', 'listen'] as const)('through %s', (skin) => {
  let sandbox: Sandbox;
  let undisturbed: string[];
  beforeAll(async () => {
    sandbox = createSandbox({ students: 120 });
    if (skin === 'listen') {
      await sandbox.listen();
    }
    undisturbed = await ids(open().district);
  });
  afterAll(() => sandbox.close());
  beforeEach(() => sandbox.faults.clear());

  function open(overrides: object = {}): { district: DistrictClient; events: ClientEvent[] } {
    const events: ClientEvent[] = [];
    const onEvent = (event: ClientEvent): void => void events.push(event);
    const options = {
      ...sandbox.clientOptions(),
      retry: { retries: 2, baseDelayMs: 1, maxRetryAfterMs: 1_000 },
      onEvent,
    };
    const clever = createCleverClient({ ...options, ...overrides });
    return { district: clever.district({ token: sandbox.districts[0].token }), events };
  }

  const ids = async (district: DistrictClient): Promise<string[]> =>
    (await district.users.list({ pageSize: PAGE_SIZE }).toArray({ maxItems: 1_000 })).map(({ id }) => id);

  const failure = async (district: DistrictClient): Promise<CleverError> => {
    const error: unknown = await ids(district).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CleverError);
    return error as CleverError;
  };

  it.each([
    [{ status: 429, rateLimitHeaders: false }, 'status'],
    [{ status: 429, retryAfterMs: 0, clockSkewMs: -3_600_000 }, 'status'],
    [{ status: 429, retryAfterMs: 0, clockSkewMs: 3_600_000 }, 'status'],
    [{ status: 500 }, 'status'],
    [{ status: 502, html: true }, 'status'],
    [{ status: 503, delayMs: 1 }, 'status'],
    [{ html: true }, 'not_json'],
    [{ body: '{"data":[' }, 'not_json'],
    [{ truncateBody: true }, 'body'],
    [{ resetConnection: 'body' }, 'body'],
    [{ resetConnection: true }, 'network'],
    [{ dnsFailure: true }, 'network'],
    [{ hang: true }, 'timeout'],
    [{ hang: 'body' }, 'timeout'],
    [{ slowBodyMs: 3_600_000 }, 'timeout'],
  ] satisfies [Fault, string][])('%j passes, and nothing is lost', async (fault, reason) => {
    const added = sandbox.faults.add({ ...fault, ...ONCE });
    const { district, events } = open(reason === 'timeout' ? IMPATIENT : {});
    expect(await ids(district)).toEqual(undisturbed);
    expect(added.happened).toBe(1);
    // On a slow machine other attempts time out as well.
    const reasons = events.flatMap((event) => (event.kind === 'retry' ? [event.reason] : []));
    expect([...new Set(reasons)]).toEqual([reason]);
  });

  it.each([
    [{ status: 429, rateLimitHeaders: false }, { code: 'rate_limit' }],
    [{ status: 503 }, { code: 'server' }],
    [{ dnsFailure: true }, { code: 'connection' }],
    [{ slowBodyMs: 3_600_000 }, { code: 'timeout' }],
    [{ repeatPage: true }, { code: 'pagination', reason: 'repeated_link' }],
    [{ nextLink: 'self' }, { code: 'pagination', reason: 'repeated_link' }],
    [{ nextLink: 'https://elsewhere.example/v3.1/users' }, { code: 'pagination', reason: 'foreign_link' }],
  ] satisfies [Fault, object][])('%j persists, and ends as the table says', async (fault, expected) => {
    sandbox.faults.add({ ...fault, ...STANDING });
    const { district } = open({ retry: false, ...('slowBodyMs' in fault ? { timeoutMs: 150 } : {}) });
    const error = await failure(district);
    expect(error).toMatchObject(expected);
    sandbox.faults.clear();
    const rest: string[] = [];
    for await (const { id } of open().district.users.list({ pageSize: PAGE_SIZE, from: error.cursor ?? '' })) {
      rest.push(id);
    }
    // `toArray` delivered nothing, so its error resumes at the very beginning.
    expect(rest).toEqual(undisturbed);
  });

  it('an empty page with a next link is not the end', async () => {
    const added = sandbox.faults.add({ emptyPage: true, ...ONCE, times: 2 });
    expect(await ids(open().district)).toEqual(undisturbed);
    expect(added.happened).toBe(2);
  });

  it('a full page without links is not the end', async () => {
    const added = sandbox.faults.add({ dropLinks: true, ...ONCE });
    const { district, events } = open();
    expect(await ids(district)).toEqual(undisturbed);
    expect(added.happened).toBe(1);
    expect(events).toContainEqual(expect.objectContaining({ kind: 'irregular_page', reason: 'missing_link' }));
  });

  it.each([{ unknownEnum: true }, { missingField: 'email' }] as const)('%j is delivered as sent', async (fault) => {
    sandbox.faults.add({ ...fault, ...ONCE });
    const { district, events } = open({ validation: 'strict' });
    expect(await ids(district)).toEqual(undisturbed);
    expect(events.filter(({ kind }) => kind === 'validation')).toEqual([]);
  });

  it('a record that is twice on a page is delivered once', async () => {
    sandbox.faults.add({ duplicateRecord: true, ...ONCE });
    const { district, events } = open();
    expect(await ids(district)).toEqual(undisturbed);
    const repeated = { kind: 'irregular_page', reason: 'repeated_records', itemCount: 1 };
    expect(events.filter(({ kind }) => kind === 'irregular_page')).toMatchObject([repeated]);
  });

  it.each([
    { nullField: 'name' },
    { missingField: 'created' },
    { wrongType: 'name' },
    { wrongType: 'roles.student.grade' },
  ] as const)('%j is delivered with a warning, or refused under strict validation', async (fault) => {
    sandbox.faults.add({ ...fault, record: 7, ...ONCE });
    const { district, events } = open();
    expect(await ids(district)).toEqual(undisturbed);
    const path = Object.values(fault)[0];
    expect(events.filter(({ kind }) => kind === 'validation')).toMatchObject([{ issues: [{ path }] }]);
    sandbox.faults.add({ ...fault, record: 7, ...ONCE });
    expect(await failure(open({ validation: 'strict' }).district)).toMatchObject({ code: 'validation' });
  });

  it('a cursor that moves back repeats no record', async () => {
    const added = sandbox.faults.add({ moveCursor: -5, ...ONCE });
    expect(await ids(open().district)).toEqual(undisturbed);
    expect(added.happened).toBe(1);
  });

  it('a cursor that moves forward skips records, which no client can notice', async () => {
    sandbox.faults.add({ moveCursor: 5, ...ONCE });
    const found = await ids(open().district);
    expect(found).toHaveLength(undisturbed.length - 5);
    expect(new Set(found).size).toBe(undisturbed.length - 5);
  });
});
