/** What the module of a snippet imports: the values that it is given, and the check of the values in its comments. */
import { inspect, isDeepStrictEqual } from 'node:util';
import { type Givens, givens } from '../givens.ts';
import { World } from '../world.ts';

let world = new World(undefined);

/** Gives the snippets that run from now on another world. */
export function enter(next: World): void {
  world = next;
}

/** Makes a value of the registry. */
export async function give<Name extends keyof Givens>(name: Name): Promise<unknown> {
  if (!(name in givens)) {
    throw new Error(`Nothing gives \`${name}\` to this snippet: add it to scripts/snippets/givens.ts.`);
  }
  return await givens[name](world);
}

/** Compares a value with what the comment beside it says. Returns the value. */
export function check<Value>(value: Value, claimed: () => unknown, line: number): Value {
  if (!isDeepStrictEqual(value, claimed())) {
    throw new Error(`Its line ${line} is ${inspect(value)}, and the comment says ${inspect(claimed())}.`);
  }
  return value;
}
