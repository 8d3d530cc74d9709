import { describe, expect, it } from 'vitest';
import { lazily } from '../../src/util/lazily.js';

describe('a part that is loaded on demand', () => {
  it('is loaded by the first caller, and only once', async () => {
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

  it('is available at once from then on', async () => {
    const part = { name: 'part' };
    const get = lazily(async () => part);
    await get();
    expect(get()).toBe(part);
  });

  it('fails every waiting caller, and is loaded again by the next', async () => {
    const part = { name: 'part' };
    const failure = new Error('no network');
    let loads = 0;
    const get = lazily(async () => {
      loads += 1;
      if (loads === 1) {
        throw failure;
      }
      return part;
    });
    expect(await Promise.allSettled([get(), get()])).toEqual([
      { status: 'rejected', reason: failure },
      { status: 'rejected', reason: failure },
    ]);
    expect(await get()).toBe(part);
  });

  it('may fail before it has started', async () => {
    const failure = new Error('no such part');
    const get = lazily(() => {
      throw failure;
    });
    await expect(Promise.resolve(get())).rejects.toBe(failure);
    await expect(Promise.resolve(get())).rejects.toBe(failure);
  });
});
