import { SandboxError } from './error.js';

/** Deeper than any record of Clever's. `JSON.stringify` fails some thousand levels deep. */
const MAX_DEPTH = 1_000;

/**
 * Returns a deep copy of JSON data. Values other than plain objects and arrays go to `structuredClone`,
 * which is several times as slow; the difference matters with a hundred thousand records.
 *
 * @throws {@link SandboxError} for a value that contains itself or is nested too deep, which no answer could hold.
 */
export function copyJson<Value>(value: Value): Value {
  return copyValue(value, 0) as Value;
}

function copyValue(value: unknown, depth: number): unknown {
  return isNested(value) ? copyNested(value, depth) : value;
}

function copyNested(value: object, depth: number): unknown {
  if (depth === MAX_DEPTH) {
    throw new SandboxError(`A record contains itself, or is nested more than ${MAX_DEPTH} levels deep.`);
  }
  if (Array.isArray(value)) {
    return value.map((item) => copyValue(item, depth + 1));
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    return structuredClone(value);
  }
  const copy: Record<string, unknown> = { ...value };
  for (const key of Object.keys(copy)) {
    const member = copy[key];
    if (isNested(member)) {
      copy[key] = copyNested(member, depth + 1);
    }
  }
  return copy;
}

function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
