import { inspect } from 'node:util';

/** Returns what a call throws or its promise rejects with; fails when it does neither. */
export async function thrownBy(call: () => unknown): Promise<unknown> {
  let value: unknown;
  try {
    value = await call();
  } catch (error) {
    return error;
  }
  throw new Error(`nothing was thrown; the result is ${inspect(value)}`);
}

/** Returns what a promise rejects with; fails when it does not. */
export function rejection(promise: Promise<unknown>): Promise<unknown> {
  return thrownBy(() => promise);
}

/** Collects all items of an iterable, in order. */
export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) {
    all.push(item);
  }
  return all;
}
