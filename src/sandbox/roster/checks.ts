import { SandboxError } from './error.js';

/** Throws for a key that is no option, so that a typo is not silent. */
export function assertKnownKeys(what: string, options: object, known: readonly string[]): void {
  const unknown = Object.keys(options).find((key) => !known.includes(key));
  if (unknown !== undefined) {
    throw new SandboxError(`${what} has no option \`${unknown}\`. Options: ${known.join(', ')}.`);
  }
}

/** Throws unless the value is a whole number that is not too small. */
export function assertWholeNumber(name: string, value: unknown, minimum: number): void {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < minimum) {
    throw new SandboxError(`\`${name}\` must be a whole number, ${minimum} or more.`);
  }
}
