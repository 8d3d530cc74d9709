/** A row of numbers that its seed decides. */
export interface Random {
  /** A number of at least 0, below 1. */
  next(): number;
  /** A whole number of at least `min`, below `end`. */
  between(min: number, end: number): number;
  pick<Item>(items: readonly [Item, ...Item[]] | readonly Item[]): Item;
  /** Another row, which does not depend on how many numbers were taken from this one. */
  fork(name: string): Random;
}

/** The seed of this run: `FLEET_SEED`, or one that is drawn. The names of the tests say it. */
export const FLEET_SEED = Number(
  process.env['FLEET_SEED'] || process.env['PROPERTY_SEED'] || Math.floor(Math.random() * 2 ** 31),
);

/** Whether the fleet has its full size, and each trouble comes in every variant: `FLEET=full`. */
export const IS_FULL = process.env['FLEET'] === 'full';

/** Makes a row of numbers (mulberry32). */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (min: number, end: number): number => min + Math.floor(next() * (end - min));
  return {
    next,
    between,
    pick: (items) => items[between(0, items.length)] as (typeof items)[number],
    fork: (name) => randomFrom([...name].reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), seed)),
  };
}
