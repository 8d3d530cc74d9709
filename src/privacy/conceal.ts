/** What stands in place of a concealed value. */
export const REDACTED = '[redacted]';

const nodeInspect = Symbol.for('nodejs.util.inspect.custom');
const denoInspect = Symbol.for('Deno.customInspect');

type Render = (depth: number, options: unknown, inspect?: (value: unknown, options: unknown) => string) => unknown;

/**
 * Decides what `console.log`, `util.inspect` and `JSON.stringify` show of an object, without touching the object's own data.
 *
 * The hooks are non-enumerable, so a spread or `Object.assign` copies the data and not the hooks: copying is the
 * deliberate way to get at plain values. Works on Node, Bun and Deno.
 *
 * @param value - The object to give the hooks to; returned as it is.
 * @param describe - Builds the value to show. Called on every inspection.
 */
export function showAs<T extends object>(value: T, describe: (value: T) => unknown): T {
  const render: Render = (_depth, options, inspect) => {
    const shown = describe(value);
    return inspect === undefined ? shown : inspect(shown, options);
  };
  const toJson = (): unknown => describe(value);
  for (const [key, hook] of [
    [nodeInspect, render],
    [
      denoInspect,
      (inspect: (value: unknown, options: unknown) => string, options: unknown) => inspect(describe(value), options),
    ],
    ['toJSON', toJson],
  ] as const) {
    Object.defineProperty(value, key, { value: hook, enumerable: false, configurable: true });
  }
  return value;
}

/**
 * Like {@link showAs} for what is printed, while JSON keeps giving the data: for people's records, which an app stores on
 * purpose and logs by accident.
 */
export function inspectAs<T extends object>(value: T, describe: (value: T) => unknown): T {
  showAs(value, describe);
  Reflect.deleteProperty(value, 'toJSON');
  return value;
}

/**
 * Keeps the named members readable and out of sight: `value.access_token` is the plain string and a spread copies it,
 * while inspection and JSON show `[redacted]` in its place.
 *
 * @param value - The object that holds the secrets; returned as it is.
 * @param keys - Members to conceal. Absent ones are ignored.
 */
export function conceal<T extends object>(value: T, keys: readonly (keyof T & string)[]): T {
  return showAs(value, (full) => {
    const shown: Record<string, unknown> = { ...(full as object) };
    for (const key of keys) {
      if (shown[key] !== undefined) {
        shown[key] = REDACTED;
      }
    }
    return shown;
  });
}
