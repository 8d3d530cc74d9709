const CUSTOM = Symbol.for('nodejs.util.inspect.custom');
const DEEPEST = 4;
const MOST_ITEMS = 20;
const LINE = 72;

/**
 * Shows a value as Node's `console.log` does, nearly. Objects of the SDK that hide a token or a person when they are
 * printed hide them here as well.
 */
export function inspect(value: unknown): string {
  return show(value, []);
}

function show(value: unknown, above: readonly object[]): string {
  if (typeof value === 'string') {
    return JSON.stringify(value);
  }
  if (typeof value === 'bigint') {
    return `${value}n`;
  }
  if (typeof value === 'function') {
    return `[Function: ${value.name || '(anonymous)'}]`;
  }
  return typeof value === 'object' && value !== null ? showObject(value, above) : String(value);
}

function showObject(value: object, above: readonly object[]): string {
  if (above.includes(value)) {
    return '[Circular]';
  }
  const within = [...above, value];
  const hook: unknown = Reflect.get(value, CUSTOM);
  if (typeof hook === 'function') {
    const shown: unknown = Reflect.apply(hook, value, [DEEPEST - above.length, {}]);
    return typeof shown === 'string' ? shown : show(shown, within);
  }
  if (value instanceof Date) {
    return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  }
  if (value instanceof Error) {
    return [`${value.name}: ${value.message}`, members({ ...value }, within)].filter((part) => part !== '{}').join(' ');
  }
  if (above.length >= DEEPEST) {
    return Array.isArray(value) ? '[Array]' : '[Object]';
  }
  if (Array.isArray(value)) {
    return list(
      '[',
      value.map((item) => show(item, within)),
      ']',
    );
  }
  if (value instanceof Map) {
    const entries = [...value].map(([key, item]) => `${show(key, within)} => ${show(item, within)}`);
    return `Map(${value.size}) ${list('{', entries, '}')}`;
  }
  if (value instanceof Set) {
    return `Set(${value.size}) ${list(
      '{',
      [...value].map((item) => show(item, within)),
      '}',
    )}`;
  }
  const name = value.constructor?.name ?? 'null';
  return (name === 'Object' ? '' : `${name} `) + members(value, within);
}

function members(value: object, within: readonly object[]): string {
  const shown = Object.entries(value).map(([key, member]) => {
    return `${/^[\w$]+$/u.test(key) ? key : JSON.stringify(key)}: ${show(member, within)}`;
  });
  return list('{', shown, '}');
}

/** One line when it fits, otherwise one line for each part. */
function list(open: string, parts: readonly string[], close: string): string {
  if (parts.length === 0) {
    return open + close;
  }
  const rest = parts.length - MOST_ITEMS;
  const shown = rest > 0 ? [...parts.slice(0, MOST_ITEMS), `… ${rest} more`] : parts;
  const space = open === '{' ? ' ' : '';
  const line = `${open}${space}${shown.join(', ')}${space}${close}`;
  return line.length <= LINE && !line.includes('\n')
    ? line
    : `${open}\n${shown.map((part) => `  ${part.replaceAll('\n', '\n  ')}`).join(',\n')}\n${close}`;
}
