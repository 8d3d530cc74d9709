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

  it('does not compile with a missing key, a surplus key, or a key set to false', () => {
    // @ts-expect-error pageSize is missing; it is optional, but has to be listed
    keysOf<Options>()({ role: true });
    // @ts-expect-error from is not a member
    keysOf<Options>()({ role: true, pageSize: true, from: true });
    // @ts-expect-error a listed key is always true
    keysOf<Options>()({ role: true, pageSize: false });
  });
});
