import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseSplit, type Remainder } from '../../src/pagination/parallel/choose-split.js';

const hex = (value: bigint): string => value.toString(16).padStart(24, '0');
const id = fc.bigInt({ min: 0n, max: 2n ** 96n - 1n }).map(hex);

const remainder: fc.Arbitrary<Remainder> = fc.record({
  after: id,
  before: fc.option(id, { nil: undefined }),
  pageSpans: fc.array(fc.bigInt({ min: 1n, max: 2n ** 90n }), { minLength: 1, maxLength: 2 }),
});

/** A segment without an end, whose pages are a hundred ids apart. */
const open: Remainder = { after: hex(1_000n), before: undefined, pageSpans: [100n] };

describe('the position where another reader begins', () => {
  it('is always after what was read of a segment, and before its end', () => {
    fc.assert(
      fc.property(
        fc.array(remainder),
        fc.array(id, { maxLength: 8 }),
        fc.nat({ max: 10_000 }),
        (parts, taken, read) => {
          const split = chooseSplit(parts, taken, read);
          const isInside = ({ after, before }: Remainder): boolean =>
            split !== undefined &&
            after === split.from &&
            after < split.at &&
            (before === undefined || split.at < before);
          expect(split === undefined || parts.some(isInside)).toBe(true);
          expect(taken).not.toContain(split?.at);
        },
      ),
    );
  });

  it('is four pages ahead while little is known, after the page under way', () => {
    expect(chooseSplit([open], [], 1)).toEqual({ from: hex(1_000n), at: hex(1_100n + 400n) });
  });

  it('is after the readers that are already under way', () => {
    expect(chooseSplit([open], [hex(1_500n)], 1)?.at).toBe(hex(1_600n + 400n));
  });

  it('is ahead by half of what has been read so far', () => {
    expect(chooseSplit([open], [], 60)?.at).toBe(hex(1_100n + 3_000n));
  });

  it('is in the middle of the largest segment', () => {
    const parts = [
      { after: hex(0n), before: hex(600n), pageSpans: [100n] },
      { after: hex(1_000n), before: hex(2_100n), pageSpans: [100n] },
    ];
    expect(chooseSplit(parts, [], 50)).toEqual({ from: hex(1_000n), at: hex(1_100n + 500n) });
  });

  it('is computed from the usual span when the likelier one leaves nothing to share', () => {
    const part = { after: hex(1_000n), before: hex(2_100n), pageSpans: [5_000n, 100n] };
    expect(chooseSplit([part], [], 50)?.at).toBe(hex(1_100n + 500n));
  });

  it.each([
    ['no segment exists', []],
    ['less than two pages are left', [{ after: hex(0n), before: hex(250n), pageSpans: [100n] }]],
    ['ids are of another shape', [{ ...open, after: 'user-1' }]],
    ['the end of a segment has another shape', [{ ...open, before: 'user-1' }]],
    ['the end of all ids is near', [{ ...open, after: hex(2n ** 96n - 200n) }]],
  ])('does not exist when %s', (_, parts) => {
    expect(chooseSplit(parts, [], 50)).toBeUndefined();
  });
});
