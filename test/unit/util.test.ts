import { describe, expect, it } from 'vitest';
import { untilAborted } from '../../src/util/abort.js';
import { escapeHtml } from '../../src/util/html.js';
import { isObject } from '../../src/util/is-object.js';
import { omitUndefined } from '../../src/util/omit-undefined.js';
import { parseJson } from '../../src/util/parse-json.js';
import { randomValue } from '../../src/util/random.js';

describe('isObject()', () => {
  it.each([{}, { data: 1 }, Object.create(null)])('accepts the object %j', (value) => {
    expect(isObject(value)).toBe(true);
  });

  it.each([null, undefined, [], 'text', 1, true])('refuses %j', (value) => {
    expect(isObject(value)).toBe(false);
  });
});

describe('parseJson()', () => {
  it.each([
    ['{"data":[1]}', { data: [1] }],
    ['null', null],
    ['<html>', undefined],
    ['', undefined],
  ])('turns %j into %j', (text, value) => {
    expect(parseJson(text)).toEqual(value);
  });
});

describe('omitUndefined()', () => {
  it('keeps every member but those that are undefined', () => {
    const kept = omitUndefined({ id: 'a', email: undefined, name: null, count: 0 });
    expect(Object.entries(kept)).toEqual([
      ['id', 'a'],
      ['name', null],
      ['count', 0],
    ]);
  });

  it('makes a member that may be undefined an optional one', () => {
    const make = (email: string | undefined): { readonly id: string; readonly email?: string } =>
      omitUndefined({ id: 'a', email });
    expect(make(undefined)).toStrictEqual({ id: 'a' });
  });
});

describe('escapeHtml()', () => {
  it('leaves nothing that ends an element, or an attribute in either kind of quotes', () => {
    expect(escapeHtml(`<a b="c" d='e'>&`)).toBe('&#60;a b=&#34;c&#34; d=&#39;e&#39;&#62;&#38;');
  });
});

describe('randomValue()', () => {
  it('is 43 characters of base64url, new each time', () => {
    expect(randomValue()).toMatch(/^[\w-]{43}$/u);
    expect(randomValue()).not.toBe(randomValue());
  });
});

describe('untilAborted()', () => {
  it('does not start the work when the signal is already aborted', async () => {
    let isStarted = false;
    const work = async (): Promise<void> => {
      isStarted = true;
    };
    await expect(untilAborted(AbortSignal.abort('enough'), work)).rejects.toBe('enough');
    expect(isStarted).toBe(false);
  });

  it("throws the signal's reason while the work continues, and ignores the work's late failure", async () => {
    const controller = new AbortController();
    const { promise, reject } = Promise.withResolvers<never>();
    const waiting = untilAborted(controller.signal, () => promise);
    controller.abort('enough');
    await expect(waiting).rejects.toBe('enough');
    reject(new Error('late'));
  });

  it('returns what the work returns, and throws what it throws', async () => {
    const { signal } = new AbortController();
    await expect(untilAborted(signal, async () => 1)).resolves.toBe(1);
    await expect(untilAborted(undefined, async () => 2)).resolves.toBe(2);
    const failure = new Error('no');
    await expect(untilAborted(signal, () => Promise.reject(failure))).rejects.toBe(failure);
  });
});
