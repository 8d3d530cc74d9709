import { expect, it } from 'vitest';
import type { Case } from '../../bench/pulls/cases.ts';
import { measure } from '../../bench/pulls/measure.ts';
import { median, rowsOf } from '../../bench/pulls/report.ts';
import { countUpTo, idAt, RecordPool } from '../../bench/pulls/users.ts';

/* Checks that the bench counts correctly, with tiny sizes; the time that anything takes does not matter here. */

const tiny: Case = {
  ...{ name: 'tiny', title: 'tiny', collection: 'users', records: 2_345, pageSize: 600, latencyMs: 0, parallel: 1 },
  ...{ gzip: false, isSensitive: false, contenders: ['bare', 'openapi-fetch', 'npm-clever'] },
};

it.each([
  tiny,
  { ...tiny, isSensitive: true },
  { ...tiny, collection: 'events', gzip: true, contenders: ['bare'] },
] as const)(
  'every contender reads every record of the server ($collection, gzip: $gzip, sensitive: $isSensitive)',
  { timeout: 60_000 },
  async (one) => {
    const measured = await measure(one, 1, undefined);
    for (const name of one.contenders) {
      expect([name, measured.taken[name]?.map(({ records }) => records)]).toEqual([name, [one.records]]);
    }
    expect(rowsOf(measured)).toHaveLength(one.contenders.length);
  },
);

it('the pool makes records with distinct ascending ids, in pages of any size', () => {
  const pool = new RecordPool('users', false);
  const page = JSON.parse(`[${pool.slice(995, 2_005).toString()}]`) as { data: { id: string }; uri: string }[];
  expect(page.map(({ data }) => data.id)).toEqual(Array.from({ length: 1_010 }, (_, index) => idAt(995 + index)));
  expect(page.map(({ data }) => countUpTo(data.id))).toEqual(Array.from({ length: 1_010 }, (_, at) => 996 + at));
  expect(page.every(({ data, uri }) => uri === `/v3.1/users/${data.id}`)).toBe(true);
  expect([countUpTo('0'.repeat(24)), countUpTo('5f000000ffffffffffffffff')]).toEqual([0, 1_000]);
});

it('the median is the value in the middle', () => {
  expect([median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([2, 2.5]);
});
