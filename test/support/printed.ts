import assert from 'node:assert';
import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { inspect } from 'node:util';
import { expect } from 'vitest';

/** What a console's log, a logger that writes JSON, or a template string shows of a value and of its causes. */
export function logged(value: unknown): string {
  return withCauses(value, (one) => [
    inspect(one, { depth: 9 }),
    inspect(one, { depth: 30, showHidden: true }),
    JSON.stringify(one),
    String(one),
    ...(one instanceof Error ? [one.stack, one.message] : []),
  ]);
}

/**
 * Everything that a console, a debugger, a logger, a test runner or an error tracker could show of a value and
 * of its causes, also when it ignores how the value wants to be printed.
 */
export function printed(value: unknown): string {
  return [
    logged(value),
    withCauses(value, (one) => [
      ...INSPECTIONS.map((options) => inspect(one, { depth: 30, ...options })),
      onConsole((console) => console.dir(one, { depth: 30 })),
      onConsole((console) => console.table(one)),
      onConsole((console) => console.table([one])),
      difference(() => assert.deepStrictEqual(beginningOf(one), { other: 1 })),
      difference(() => expect(beginningOf(one)).toEqual({ other: 1 })),
      shownByTestRunner(beginningOf(one)),
      ...copiesOf(one).map((copy) => inspect(copy, { depth: 30, customInspect: false, getters: true })),
    ]),
  ].join('\n');
}

const INSPECTIONS = [
  { customInspect: false },
  { getters: true },
  { customInspect: false, getters: true },
  { customInspect: false, showHidden: true },
  { customInspect: false, showHidden: true, getters: true },
] as const;

function withCauses(value: unknown, show: (value: unknown) => (string | undefined)[]): string {
  const cause = value instanceof Error ? value.cause : undefined;
  return [...show(value), cause === undefined ? '' : withCauses(cause, show)].join('\n');
}

function onConsole(print: (console: Console) => void): string {
  let text = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  print(new Console({ stdout: stream, stderr: stream }));
  return text;
}

/** Comparing the long lists of events takes seconds, and one printer less of the later ones loses little. */
function beginningOf(value: unknown): unknown {
  return Array.isArray(value) ? value.slice(0, 25) : value;
}

/** What an assertion that fails says. */
function difference(compare: () => void): string {
  try {
    compare();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the assertion must fail to show a difference');
}

let shown = '';
expect.extend({
  toBeShown(received: unknown) {
    shown = [this.utils.stringify(received), this.utils.diff({ other: 1 }, received)].join('\n');
    return { pass: true, message: () => '' };
  },
});

/** What vitest prints of a value: its representation, and its difference from another one. */
function shownByTestRunner(value: unknown): string {
  (expect(value) as unknown as { toBeShown(): void }).toBeShown();
  return shown;
}

/** What ends up in copies of a value, by every way to copy one. */
function copiesOf(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const listed: string[] = [];
  for (const name in value) {
    listed.push(name, String(Reflect.get(value, name)));
  }
  return [{ ...value }, Object.assign({}, value), Object.entries(value), Object.values(value), listed, cloneOf(value)];
}

function cloneOf(value: object): unknown {
  try {
    return structuredClone(value);
  } catch {
    return undefined; // Functions cannot be cloned.
  }
}
