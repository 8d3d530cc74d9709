import { CleverConfigError, CleverError, createCleverClient, type Paginated } from 'clever-sdk';
import { describe, expect, it } from 'vitest';

type List = (params: object) => Paginated<unknown>;

/** The options that a listing may be given from a variable that is not set. */
const UNSET = {
  from: undefined,
  pageSize: undefined,
  prefetch: undefined,
  signal: undefined,
  timeoutMs: undefined,
  validation: undefined,
};

/** Every listing of a client, by its name. */
function listingsOf(client: object): [string, List][] {
  const groups = [['', client] as const, ...Object.entries(client as Record<string, object>)];
  return groups.flatMap(([group, resource]) =>
    Object.getOwnPropertyNames(Object.getPrototypeOf(resource))
      .filter((method) => method.startsWith('list'))
      .map((method): [string, List] => {
        const call = (resource as Record<string, (...given: unknown[]) => Paginated<unknown>>)[method];
        const ids = method === 'list' && group !== 'submissions' ? [] : group === 'submissions' ? ['s', 'a'] : ['id'];
        return [`${group}.${method}()`, (params) => call?.call(resource, ...ids, params) as Paginated<unknown>];
      }),
  );
}

describe.each([
  ['district', 30, createCleverClient().district({ token: 'token' })],
  ['library', 2, createCleverClient().library({ token: 'token' })],
])('every listing of a %s', (_, count, client) => {
  const listings = listingsOf(client);

  it('is found', () => {
    expect(listings.length).toBeGreaterThanOrEqual(count);
  });

  it.each(listings)('%s takes an option that is not set for none', (__, list) => {
    expect(() => list(UNSET)).not.toThrow();
    expect(() => list({ ...UNSET, from: '/v3.1/another' })).toThrow(CleverError);
  });
});

it('every list of a district takes the same options of paging', () => {
  const district = createCleverClient().district({ token: 'token' });
  const lists = ['districts', 'schools', 'courses', 'terms', 'sections', 'users', 'resources'] as const;
  for (const name of lists) {
    expect(() => district[name].list({ pageSize: 10, prefetch: 0, parallel: 2, from: undefined })).not.toThrow();
    expect(() => district[name].list({ pageSize: 0 })).toThrow(CleverConfigError);
  }
});
