import { describe, expect, it } from 'vitest';
import { lazily } from '../../src/util/lazily.js';

describe('a part that is loaded when it is needed', () => {
  it('is loaded by the first who asks, and once for all', async () => {
    const part = { name: 'part' };
    let loads = 0;
    const get = lazily(async () => {
      loads += 1;
      return part;
    });
    expect(loads).toBe(0);
    expect(await Promise.all([get(), get()])).toEqual([part, part]);
    expect(loads).toBe(1);
  });

  it('is given at once from then on', async () => {
    const part = { name: 'part' };
    const get = lazily(async () => part);
    await get();
    expect(get()).toBe(part);
  });

  it('fails all who wait for it, and is asked for again by the next', async () => {
    const part = { name: 'part' };
    const trouble = new Error('no network');
    let loads = 0;
    const get = lazily(async () => {
      loads += 1;
      if (loads === 1) {
        throw trouble;
      }
      return part;
    });
    expect(await Promise.allSettled([get(), get()])).toEqual([
      { status: 'rejected', reason: trouble },
      { status: 'rejected', reason: trouble },
    ]);
    expect(await get()).toBe(part);
  });

  it('may fail before it has begun', async () => {
    const trouble = new Error('no such part');
    const get = lazily(() => {
      throw trouble;
    });
    await expect(Promise.resolve(get())).rejects.toBe(trouble);
    await expect(Promise.resolve(get())).rejects.toBe(trouble);
  });
});
