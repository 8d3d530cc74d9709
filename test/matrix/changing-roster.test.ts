import type { Sandbox } from 'clever-sdk/sandbox';
import { describe, expect } from 'vitest';
import { it as itWithSandbox } from '../support/fixtures.js';
import { attempt, READERS, type Reader } from './readers.js';
import { makeSandbox } from './run.js';

/*
 * A roster that changes while it is read. A person who is present throughout is delivered exactly once; a
 * person who is added or removed meanwhile, at most once.
 */

const it = itWithSandbox.extend('sandbox', makeSandbox);

interface Change {
  readonly name: string;
  /** Makes the change during the request for the third page, given the ids of the listing. */
  readonly make: (sandbox: Sandbox, ids: readonly string[], pageSize: number) => void;
}

const CHANGES: readonly Change[] = [
  {
    name: 'a record that was already read is changed',
    make: ({ districts: [{ users }] }, [first]) => users.update(first ?? '', { email: 'new@example.com' }),
  },
  {
    name: 'a record that is still to come is changed',
    make: ({ districts: [{ users }] }, ids) => users.update(ids.at(-1) ?? '', { email: 'new@example.com' }),
  },
  {
    name: 'a record that was already read is removed',
    make: ({ districts: [{ users }] }, [first]) => users.delete(first ?? ''),
  },
  {
    name: 'the record that the cursor names is removed',
    make: ({ districts: [{ users }] }, ids, pageSize) => users.delete(ids[2 * pageSize - 1] ?? ''),
  },
  {
    name: 'a record that is still to come is removed',
    make: ({ districts: [{ users }] }, ids) => users.delete(ids.at(-1) ?? ''),
  },
  {
    name: 'a whole page that is still to come is removed',
    make: ({ districts: [{ users }] }, ids, pageSize) => {
      for (const id of ids.slice(3 * pageSize, 4 * pageSize)) {
        users.delete(id);
      }
    },
  },
  {
    name: 'a record is added',
    make: ({ districts: [{ users }] }) => users.create({ name: { first: 'A', last: 'B' }, roles: { teacher: {} } }),
  },
];

const idsOf = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id);

describe.each(CHANGES)('$name', ({ make }) => {
  it.for(READERS)('$name', async (reader: Reader, { sandbox, district }) => {
    const { path, pageSize } = reader;
    const before = idsOf((await attempt(reader, district, { pageSize })).rows).sort();
    const people = idsOf(await district.users.list().toArray({ maxItems: 1_000 }));
    let asked = 0;
    const when = (): boolean => {
      asked += 1;
      if (asked === 3) {
        make(sandbox, people, pageSize);
      }
      return false;
    };
    sandbox.faults.add({ path, when, status: 500 });
    const { rows, error } = await attempt(reader, district, { pageSize });
    const found = idsOf(rows);
    sandbox.faults.clear();
    const after = new Set(idsOf((await attempt(reader, district, { pageSize })).rows));
    expect(error).toBeUndefined();
    expect(asked).toBeGreaterThan(3);
    expect(new Set(found).size).toBe(found.length);
    expect(found).toEqual(expect.arrayContaining(before.filter((id) => after.has(id))));
    expect(found.filter((id) => !before.includes(id) && !after.has(id))).toEqual([]);
  });
});
