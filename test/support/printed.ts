import { inspect } from 'node:util';

/** Everything that a console, a logger or an error tracker could show of a value and of its causes. */
export function printed(value: unknown): string {
  const { stack = '', message = '', cause } = value instanceof Error ? value : {};
  return [
    inspect(value, { depth: 9 }),
    inspect(value, { depth: 30, showHidden: true }),
    JSON.stringify(value),
    String(value),
    stack,
    message,
    cause === undefined ? '' : printed(cause),
  ].join('\n');
}
