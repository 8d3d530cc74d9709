import { createCleverClient, type ListParams, type Paginated } from 'clever-sdk';
import { createSandbox } from 'clever-sdk/sandbox';
import { describe, expect, it } from 'vitest';

const sandbox = createSandbox({ seed: 1, students: 400 });
const [made] = sandbox.districts;

/** A client whose listings have about fifty pages, because each holds ten records. */
function district() {
  return createCleverClient({ ...sandbox.clientOptions(), fetch: sandbox.fetch, pageSize: 10 }).district({
    token: made?.token ?? '',
  });
}

const idsOf = (records: readonly { id: string }[]): string[] => records.map(({ id }) => id).sort();
const all = { maxItems: 100_000 };

describe('a district of the sandbox', () => {
  it.each<[string, (params: ListParams) => Paginated<{ id: string }>]>([
    ['people', (params) => district().users.list(params)],
    ['students', (params) => district().users.list({ ...params, role: 'student' })],
    ['sections', (params) => district().sections.list(params)],
  ])('has the same %s, read by one reader or by four', async (_, list) => {
    const alone = await list({}).toArray(all);
    const shared = await list({ parallel: 4 }).toArray(all);
    expect(alone.length).toBeGreaterThan(40);
    expect(idsOf(shared)).toEqual(idsOf(alone));
  });

  it('is read completely in spite of faults, by resuming from the cursor of each error', async () => {
    const { users } = district();
    const alone = await users.list().toArray(all);
    const got: { id: string }[] = [];
    let from: string | undefined;
    let failures = 0;
    sandbox.faults.add({ path: '/v3.1/users', status: 500, times: 3 });
    do {
      const listing = users.list({ parallel: 4, retry: false, ...(from === undefined ? {} : { from }) });
      from = undefined;
      try {
        for await (const page of listing.pages()) {
          got.push(...page.data);
          if (failures < 4 && got.length > 100 * failures) {
            failures += 1;
            sandbox.faults.add({ path: '/v3.1/users', status: 503, times: 4 });
          }
        }
      } catch (error) {
        from = (error as { cursor: string }).cursor;
      }
    } while (from !== undefined);
    expect(failures).toBe(4);
    expect(idsOf(got)).toEqual(idsOf(alone));
  });
});
