import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonBytes } from '../../src/sandbox/http/json-bytes.js';

describe('JSON written element by element', () => {
  it('is what JSON.stringify makes of the whole, in UTF-8', () => {
    const element = fc.record({ text: fc.string({ unit: 'binary' }), value: fc.jsonValue() });
    fc.assert(
      fc.property(fc.array(element, { maxLength: 40 }), fc.jsonValue(), (elements, other) => {
        const expected = JSON.stringify({ other, data: elements, links: [elements.length] });
        const written = jsonBytes({ other, data: elements.values(), links: [elements.length] });
        expect(new TextDecoder().decode(written)).toBe(new TextDecoder().decode(new TextEncoder().encode(expected)));
      }),
    );
  });
});
