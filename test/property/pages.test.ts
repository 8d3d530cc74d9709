import { createCleverClient, type ListPage } from 'clever-sdk';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyRecord } from './records.js';

interface Split {
  readonly records: readonly { id: string }[];
  /** Where a page ends, as positions in the list; two equal ones make an empty page. */
  readonly cuts: readonly number[];
  readonly prefetch: number;
  readonly isAbsolute: boolean;
  readonly envelope: Envelope;
}

/** How a response is written; JSON makes no difference between them. */
interface Envelope {
  readonly linksFirst: boolean;
  readonly uriFirst: boolean;
  readonly indent: number;
  readonly escapesSlashes: boolean;
  /** An earlier second `links` member, which JSON ignores and a look at the text takes for the real one. */
  readonly misleads: boolean;
}

const split: fc.Arbitrary<Split> = fc.array(anyRecord, { maxLength: 12 }).chain((found) => {
  const records = found.map(({ record }, index) => ({ ...record, id: String(index).padStart(4, '0') }));
  return fc.record({
    records: fc.constant(records),
    cuts: fc.array(fc.nat({ max: records.length }), { maxLength: 6 }).map((cuts) => cuts.sort((a, b) => a - b)),
    prefetch: fc.nat({ max: 3 }),
    isAbsolute: fc.boolean(),
    envelope: fc.record({
      linksFirst: fc.boolean(),
      uriFirst: fc.boolean(),
      indent: fc.constantFrom(0, 2),
      escapesSlashes: fc.boolean(),
      misleads: fc.boolean(),
    }),
  });
});

function write(data: readonly object[], next: string | undefined, how: Envelope): string {
  const linkTo = (uri: string) => (how.uriFirst ? { uri, rel: 'next' } : { rel: 'next', uri });
  const links = [{ rel: 'self', uri: '/v3.1/users' }, ...(next === undefined ? [] : [linkTo(next)])];
  const misleading = [linkTo('/v3.1/users?limit=1000&starting_after=0')];
  const text = JSON.stringify(how.linksFirst ? { links, data } : { data, links }, undefined, how.indent);
  const whole = how.misleads ? `{"links":${JSON.stringify(misleading)},${text.slice(1)}` : text;
  return how.escapesSlashes ? whole.replaceAll('/', String.raw`\/`) : whole;
}

/**
 * A Clever that splits one list into pages. The position is the page number, so that empty pages have one
 * as well.
 */
function cleverOf({ records, cuts, prefetch, isAbsolute, envelope }: Split) {
  const bounds = [0, ...cuts, records.length];
  const fetch = async (address: string): Promise<Response> => {
    const url = new URL(address);
    const number = Number(url.searchParams.get('starting_after') ?? 0);
    const page = records.slice(bounds[number], bounds[number + 1]);
    const data = page.map((record) => ({ data: record, uri: '' }));
    const next = `${isAbsolute ? url.origin : ''}/v3.1/users?limit=1000&starting_after=${number + 1}`;
    return new Response(write(data, number + 2 < bounds.length ? next : undefined, envelope));
  };
  const clever = createCleverClient({ fetch, prefetch, validation: 'off' });
  return clever.district({ token: 'token', sensitiveFields: 'all' }).users;
}

const idsOf = (items: readonly { id: string }[]): string[] => items.map(({ id }) => id);

describe('a listing', () => {
  it('has the same items however Clever splits it into pages', async () => {
    await fc.assert(
      fc.asyncProperty(split, async (how) => {
        const listing = cleverOf(how).list();
        const one: unknown[] = [];
        for await (const item of listing) {
          one.push(item);
        }
        expect(one).toEqual(how.records);
        expect(await listing.toArray({ maxItems: 12 })).toEqual(how.records);
        const pages: ListPage<{ id: string }>[] = [];
        for await (const page of listing.pages()) {
          pages.push(page);
        }
        expect(pages).toHaveLength(how.cuts.length + 1);
        expect(pages.flatMap(({ data }) => data)).toEqual(how.records);
      }),
      { numRuns: 60 },
    );
  });

  it('resumes from any page', async () => {
    await fc.assert(
      fc.asyncProperty(split, fc.nat({ max: 6 }), async (how, stop) => {
        const users = cleverOf(how);
        const before: { id: string }[] = [];
        let cursor: string | undefined;
        let left = stop;
        for await (const page of users.list().pages()) {
          before.push(...page.data);
          cursor = page.hasNext ? page.cursor : undefined;
          if (left === 0) {
            break;
          }
          left -= 1;
        }
        const after = cursor === undefined ? [] : await users.list({ from: cursor }).toArray({ maxItems: 12 });
        expect(idsOf([...before, ...after])).toEqual(idsOf(how.records));
      }),
      { numRuns: 60 },
    );
  });
});
