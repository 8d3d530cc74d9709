import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonBytes } from '../../src/sandbox/clever/api/json-bytes.js';

describe('JSON written element by element', () => {
  it('equals the output of JSON.stringify, in UTF-8', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'é', 'ł', '語', '😀', '\ud800', '\u0000', '"', '\\'),
      maxLength: 9,
    });
    const element = fc.record({ text, count: fc.nat(), missing: fc.constant(undefined) });
    fc.assert(
      fc.property(fc.array(element, { maxLength: 9 }), text, (elements, other) => {
        const expected = JSON.stringify({ other, data: elements, links: [elements.length] });
        const written = jsonBytes({ other, data: elements.values(), links: [elements.length] });
        expect(new TextDecoder().decode(written)).toBe(new TextDecoder().decode(new TextEncoder().encode(expected)));
      }),
    );
  });
});
