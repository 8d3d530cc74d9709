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
 * Hides the named members of the sandbox's objects when they are logged: inspection and JSON show
 * `[redacted]`, and a spread copies the plain value. {@link hideMembers} hides more.
 *
 * @param value - The object with the secrets; returned.
 * @param keys - Members to hide. Absent ones are ignored.
 */
export function hideFromInspect<T extends object>(value: T, keys: readonly (keyof T & string)[]): T {
  return defineInspect(value, (full) => redactMembers(full, keys));
}

function redactMembers(members: object, hidden: readonly string[]): Record<string, unknown> {
  const shown: Record<string, unknown> = { ...members };
  for (const key of hidden) {
    if (shown[key] !== undefined) {
      shown[key] = REDACTED;
    }
  }
  return shown;
}

/**
 * Returns an object whose named members only code finds that reads them by name: `token.access_token` is the
 * plain string, but no console, logger, test runner, clone or spread sees it. Printing and JSON show
 * `[redacted]` in its place.
 *
 * The members are accessors of the object's prototype, because some printers also show what is hidden or
 * computed on the object itself: `console.dir`, `console.table`, and `inspect` with `showHidden` and `getters`.
 *
 * @param members - What the object has, hidden or not. It is kept, so no other code may change it.
 * @param hidden - Names of the members to hide. Absent ones are ignored.
 * @param describe - Returns what is printed. Default: all members, the hidden ones as `[redacted]`.
 */
export function hideMembers<T extends object>(
  members: T,
  hidden: readonly string[],
  describe: () => unknown = () => redactMembers(members, hidden),
): T {
  const level = hiddenLevel(Object.prototype, Object);
  const shown: PropertyDescriptorMap = {};
  for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(members))) {
    if (name === 'constructor') {
      // Belongs to the prototype, by which printers tell what to show. No answer of Clever's has such a member.
    } else if (hidden.includes(name)) {
      Object.defineProperty(level, name, { get: () => members[name as keyof T], configurable: true });
    } else {
      shown[name] = descriptor;
    }
  }
  return Object.create(defineInspect(level, describe), shown) as T;
}

/**
 * Hides accessors of a class from printers that call the accessors of all classes that an object belongs to
 * (`inspect` with `showHidden` and `getters`). Code reads them as before.
 *
 * @param prototype - That of the class.
 * @param builtIn - The built-in class that the class extends, directly or through others.
 */
export function hideAccessors(prototype: object, builtIn: typeof Error, names: readonly string[]): void {
  const level = hiddenLevel(Object.getPrototypeOf(prototype) as object, builtIn);
  for (const name of names) {
    Object.defineProperty(level, name, Object.getOwnPropertyDescriptor(prototype, name) as PropertyDescriptor);
    Reflect.deleteProperty(prototype, name);
  }
  Object.setPrototypeOf(prototype, level);
}

/** Returns a prototype that printers take for that of a built-in class, whose members they do not show. */
function hiddenLevel(parent: object, builtIn: object): object {
  return Object.create(parent, { constructor: { value: builtIn } }) as object;
}
