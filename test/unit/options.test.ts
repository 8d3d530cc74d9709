import { describe, expect, it } from 'vitest';
import { keysOf } from '../../src/util/keys-of.js';

interface Options {
  readonly role: string;
  readonly pageSize?: number;
}

describe('keysOf()', () => {
  it('lists the members of an interface in the order in which they are written', () => {
    expect(keysOf<Options>()({ role: true, pageSize: true })).toEqual(['role', 'pageSize']);
  });

  it('does not compile with a forgotten key, with a surplus one, or with one that is switched off', () => {
    // @ts-expect-error pageSize is forgotten, although it is optional
    keysOf<Options>()({ role: true });
    // @ts-expect-error from is not a member
    keysOf<Options>()({ role: true, pageSize: true, from: true });
    // @ts-expect-error a key is either listed or not
    keysOf<Options>()({ role: true, pageSize: false });
  });
});
