import { type Handled, inProcessEngine } from 'clever-sdk/sync';
import { describe, expect, it, vi } from 'vitest';

/** A handler whose districts end when the test says so. */
function controlledHandler() {
  const begun: string[] = [];
  const ends = new Map<string, (how: Handled) => void>();
  const signals = new Map<string, AbortSignal>();
  const most = { running: 0, ever: 0 };
  const handler = async (districtId: string, { signal }: { readonly signal: AbortSignal }): Promise<Handled> => {
    begun.push(districtId);
    signals.set(districtId, signal);
    most.running += 1;
    most.ever = Math.max(most.ever, most.running);
    const how = await new Promise<Handled>((resolve) => {
      ends.set(districtId, resolve);
      signal.addEventListener('abort', () => resolve('again'));
    });
    most.running -= 1;
    return how;
  };
  const end = async (districtId: string, how: Handled = 'done'): Promise<void> => {
    await vi.waitFor(() => expect(ends.has(districtId)).toBe(true));
    ends.get(districtId)?.(how);
    ends.delete(districtId);
    await Promise.resolve();
  };
  return { begun, end, handler, most, signals };
}

describe('inProcessEngine()', () => {
  it('runs districts in their order, no more at once than it may, and none twice', async () => {
    const engine = inProcessEngine();
    const { begun, end, handler, most } = controlledHandler();
    const stop = await engine.work(handler, { concurrency: 2 });
    await engine.request(['a', 'b', 'c', 'c']);
    await engine.request(['c']);
    expect(begun).toEqual(['a', 'b']);
    await end('b');
    await vi.waitFor(() => expect(begun).toEqual(['a', 'b', 'c']));
    await end('c');
    await end('a');
    expect(most.ever).toBe(2);
    await stop();
    expect(begun).toEqual(['a', 'b', 'c']);
  });

  it('follows a run of a district that was requested meanwhile by one more, after those that wait', async () => {
    const engine = inProcessEngine();
    const { begun, end, handler } = controlledHandler();
    const stop = await engine.work(handler, { concurrency: 1 });
    await engine.request(['a', 'b']);
    await engine.request(['a']);
    await engine.request(['a']);
    await end('a');
    await end('b');
    await end('a');
    await stop();
    expect(begun).toEqual(['a', 'b', 'a']);
  });

  it('queues a district again whose run was not ready, after those that wait', async () => {
    const engine = inProcessEngine();
    const { begun, end, handler } = controlledHandler();
    const stop = await engine.work(handler, { concurrency: 1 });
    await engine.request(['large', 'small', 'smaller']);
    await end('large', 'again');
    await end('small');
    await end('smaller');
    await end('large');
    await stop();
    expect(begun).toEqual(['large', 'small', 'smaller', 'large']);
  });

  it('goes on after a handler that throws', async () => {
    const engine = inProcessEngine();
    const seen: string[] = [];
    const stop = await engine.work(
      async (districtId) => {
        seen.push(districtId);
        if (districtId === 'bad') {
          throw new Error('no');
        }
        return 'done';
      },
      { concurrency: 1 },
    );
    await engine.request(['bad', 'good']);
    await vi.waitFor(() => expect(seen).toEqual(['bad', 'good']));
    await stop();
  });

  it('stops: nothing new begins, signals are aborted, and what runs is waited for', async () => {
    const engine = inProcessEngine();
    const { begun, handler, signals, most } = controlledHandler();
    const stop = await engine.work(handler, { concurrency: 1 });
    await engine.request(['a', 'b']);
    await stop();
    expect(signals.get('a')?.aborted).toBe(true);
    expect(begun).toEqual(['a']);
    expect(most.running).toBe(0);
    await engine.request(['c']);
    expect(begun).toEqual(['a']);
  });

  it('calls a task at once, and never twice at the same time', async () => {
    vi.useFakeTimers();
    try {
      const engine = inProcessEngine();
      const { promise, resolve } = Promise.withResolvers<void>();
      const task = vi.fn(() => promise);
      const stop = await engine.every(1_000, task);
      expect(task).toHaveBeenCalledTimes(1);
      await vi.advanceTimersByTimeAsync(5_000);
      expect(task).toHaveBeenCalledTimes(1);
      resolve();
      await vi.advanceTimersByTimeAsync(1_000);
      expect(task).toHaveBeenCalledTimes(2);
      task.mockRejectedValueOnce(new Error('a failed look'));
      await vi.advanceTimersByTimeAsync(1_000);
      await vi.advanceTimersByTimeAsync(1_000);
      expect(task).toHaveBeenCalledTimes(4);
      await stop();
      await vi.advanceTimersByTimeAsync(5_000);
      expect(task).toHaveBeenCalledTimes(4);
    } finally {
      vi.useRealTimers();
    }
  });
});
