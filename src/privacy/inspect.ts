/** What is shown in place of a hidden value. */
export const REDACTED = '[redacted]';

const nodeInspect = Symbol.for('nodejs.util.inspect.custom');
const denoInspect = Symbol.for('Deno.customInspect');

type Inspect = (value: unknown, options: unknown) => string;

/** Options of {@link defineInspect}. */
interface InspectOptions {
  /**
   * Whether `JSON.stringify` keeps giving the data: for people's records, which an app stores on purpose and logs by
   * accident. Default: JSON shows what is printed.
   */
  readonly keepsJson?: boolean;
}

/**
 * Decides what `console.log`, `util.inspect` and `JSON.stringify` show of an object, without touching the object's own data.
 *
 * The hooks are non-enumerable, so a spread or `Object.assign` copies the data and not the hooks: copying is the
 * deliberate way to get at plain values. Works on Node, Bun and Deno.
 *
 * @param value - The object to give the hooks to; returned as it is.
 * @param describe - Builds the value to show. Called on every inspection.
 */
export function defineInspect<T extends object>(
  value: T,
  describe: (value: T) => unknown,
  { keepsJson = false }: InspectOptions = {},
): T {
  const define = (key: string | symbol, hook: unknown): void => {
    Object.defineProperty(value, key, { value: hook, enumerable: false, configurable: true });
  };
  define(nodeInspect, (_depth: number, options: unknown, inspect?: Inspect) => {
    const shown = describe(value);
    return inspect === undefined ? shown : inspect(shown, options);
  });
  define(denoInspect, (inspect: Inspect, options: unknown) => inspect(describe(value), options));
  if (!keepsJson) {
    define('toJSON', () => describe(value));
  }
  return value;
}

/**
 * Hides the named members from what is printed: `value.access_token` stays the plain string and a spread copies it, while
 * inspection and JSON show `[redacted]` in its place.
 *
 * @param value - The object that holds the secrets; returned as it is.
 * @param keys - Members to hide. Absent ones are ignored.
 */
export function hideFromInspect<T extends object>(value: T, keys: readonly (keyof T & string)[]): T {
  return defineInspect(value, (full) => {
    const shown: Record<string, unknown> = { ...(full as object) };
    for (const key of keys) {
      if (shown[key] !== undefined) {
        shown[key] = REDACTED;
      }
    }
    return shown;
  });
}
