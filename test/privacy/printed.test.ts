import { describe, expect, it } from 'vitest';
import { hideFromInspect, hideMembers, Secret } from '../../src/privacy/index.js';
import { logged, printed } from '../support/printed.js';

const MARK = 'zzmarked';

class WithAccessor {
  get secret(): string {
    return MARK;
  }
}
class Inherited extends WithAccessor {}
class Failure extends Error {
  get body(): string {
    return MARK;
  }
}

describe('the printers that tests of privacy use', () => {
  it.each<[string, unknown]>([
    ['a plain member', { secret: MARK }],
    ['a member that is hidden from logs alone', hideFromInspect({ secret: MARK }, ['secret'])],
    ['a member that is not enumerable', Object.defineProperty({}, 'secret', { value: MARK })],
    ['a getter of the object', Object.defineProperty({}, 'secret', { get: () => MARK, enumerable: true })],
    ['a getter of its class', new WithAccessor()],
    ['a getter of a class further up', new Inherited()],
    ['a getter of an error', new Failure('failed')],
    ['a cause', new Error('failed', { cause: new Failure('failed') })],
    ['a list', [[{ deep: [{ secret: MARK }] }]]],
  ])('find a secret in %s', (_, value) => {
    expect(printed(value)).toContain(MARK);
  });

  it.each<[string, unknown]>([
    ['a hidden member', hideMembers({ secret: MARK, shown: 1 }, ['secret'])],
    ['a list of hidden members', [hideMembers({ secret: MARK }, ['secret'])]],
    ['a Secret', { secret: new Secret(MARK) }],
  ])('find none in %s', (_, value) => {
    expect(printed(value)).not.toContain(MARK);
    expect(logged(value)).toContain('[redacted]');
  });
});

describe('hideMembers()', () => {
  const members = { secret: MARK, shown: 1, absent: undefined };
  const value = hideMembers(members, ['secret', 'absent', 'unknown']);

  it('lets code read what it hides', () => {
    const { secret, shown } = value;
    expect([secret, shown, value.absent]).toEqual([MARK, 1, undefined]);
    expect('secret' in value).toBe(true);
    expect('unknown' in value).toBe(false);
  });

  it('leaves copies without it', () => {
    expect({ ...value }).toEqual({ shown: 1 });
    expect(structuredClone(value)).toEqual({ shown: 1 });
    expect(JSON.stringify(value)).toBe('{"secret":"[redacted]","shown":1}');
    expect(value.constructor).toBe(Object);
  });
});
