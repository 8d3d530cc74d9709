/** The text shown in place of a hidden value. */
export const REDACTED = '[redacted]';

const nodeInspect = Symbol.for('nodejs.util.inspect.custom');
const denoInspect = Symbol.for('Deno.customInspect');

type Inspect = (value: unknown, options: unknown) => string;

/** Options of {@link defineInspect}. */
interface InspectOptions {
  /**
   * Whether `JSON.stringify` still returns the data. Used for people's records, which an app stores
   * intentionally but logs by accident. Default `false`: JSON shows the same as inspection.
   */
  readonly keepsJson?: boolean;
}

/**
 * Defines what `console.log`, `util.inspect` and `JSON.stringify` show for an object, without changing its data.
 *
 * The hooks are non-enumerable, so a spread or `Object.assign` copies the data and not the hooks: copying
 * is the intended way to access plain values. Works on Node, Bun and Deno.
 *
 * @param value - The object that gets the hooks; returned unchanged otherwise.
 * @param describe - Returns the value to show. Called on every inspection.
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
 * Hides the named members when the object is printed: `value.access_token` remains the plain string and a
 * spread copies it, but inspection and JSON show `[redacted]` instead.
 *
 * @param value - The object with the secrets; returned.
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
