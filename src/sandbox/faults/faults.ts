import { SandboxError } from '../error.js';
import { assertKnownKeys, assertWholeNumber } from '../sources.js';
import type { Fault } from './fault.js';

const FAULT_KEYS = [
  ...['method', 'path', 'skip', 'times', 'delayMs', 'status', 'retryAfterMs', 'body', 'html', 'headers', 'nextLink'],
  ...['truncateBody', 'resetConnection', 'hang'],
];

interface Planned {
  readonly fault: Fault;
  readonly matches: (method: string, path: string) => boolean;
  skip: number;
  times: number;
}

/** Failures that were asked for, in the order in which they were added: the first that matches a request is used. */
export class Faults {
  #planned: Planned[] = [];

  /**
   * Adds a failure.
   *
   * @throws {@link SandboxError} for a member that does not exist, a count that is none, or a status that no answer can have.
   */
  add(fault: Fault): void {
    assertKnownKeys('faults.add()', fault, FAULT_KEYS);
    const { method, path, skip = 0, times = 1, delayMs = 0, retryAfterMs = 0, status = 200 } = fault;
    for (const [name, value] of Object.entries({ skip, delayMs, retryAfterMs })) {
      assertWholeNumber(name, value, 0);
    }
    if (times !== Number.POSITIVE_INFINITY) {
      assertWholeNumber('times', times, 1);
    }
    if (!Number.isInteger(status) || status < 200 || status > 599) {
      throw new SandboxError('`status` must be an HTTP status from 200 to 599.');
    }
    const isPath = path === undefined ? () => true : pathMatcher(path);
    const isMethod = (given: string): boolean => method === undefined || given.toUpperCase() === method.toUpperCase();
    const matches = (given: string, at: string): boolean => isMethod(given) && isPath(at);
    this.#planned.push({ fault: { ...fault }, matches, skip, times });
  }

  /** Removes every failure that is still to come. */
  clear(): void {
    this.#planned = [];
  }

  /** @internal The failure for a request, used up by one. */
  take(method: string, path: string): Fault | undefined {
    const planned = this.#planned.find((candidate) => candidate.matches(method, path));
    if (planned === undefined) {
      return undefined;
    }
    if (planned.skip > 0) {
      planned.skip -= 1;
      return undefined;
    }
    planned.times -= 1;
    if (planned.times <= 0) {
      this.#planned = this.#planned.filter((candidate) => candidate !== planned);
    }
    return planned.fault;
  }
}

function pathMatcher(pattern: string): (path: string) => boolean {
  if (!pattern.startsWith('/') && pattern !== '*') {
    throw new SandboxError(
      '`path` must begin with `/`, version included: `/v3.1/users`, `/v3.1/users/{id}`, `/oauth/*`.',
    );
  }
  const source = pattern
    .replace(/[.+?^$()|[\]\\]/gu, '\\$&')
    .replace(/\{[^}]*\}/gu, '[^/]+')
    .replace(/\*$/u, '.*');
  const expression = new RegExp(`^${source}$`, 'u');
  return (path) => expression.test(path);
}
