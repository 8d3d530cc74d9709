import type { Fault } from './fault.js';

/** The parts of a request that decide whether a fault matches. */
export interface Asked {
  readonly request: Request;
  readonly url: URL;
  /** The district of the request's bearer token. */
  readonly districtId: () => string | undefined;
}

/** Returns a predicate for the requests that a fault matches. */
export function matcherOf({ method, path, query, districtId, when }: Fault): (asked: Asked) => boolean {
  const isPath = path === undefined ? () => true : pathMatcher(path);
  const wanted = Object.entries(query ?? {}).map(([name, value]) => [name, String(value)] as const);
  return ({ request, url, districtId: asking }) =>
    (method === undefined || request.method.toUpperCase() === method.toUpperCase()) &&
    isPath(url.pathname) &&
    wanted.every(([name, value]) => url.searchParams.getAll(name).includes(value)) &&
    (districtId === undefined || asking() === districtId) &&
    (when === undefined || when(request));
}

/** Returns a predicate for paths: `{id}` matches any one segment, and `*` at the end matches any rest. */
export function pathMatcher(pattern: string): (path: string) => boolean {
  const source = pattern
    .replace(/[.+?^$()|[\]\\]|\*(?!$)/gu, '\\$&')
    .replace(/\{[^{}]*\}/gu, '[^/]+')
    .replace(/\*$/u, '.*');
  const expression = new RegExp(`^${source}$`, 'u');
  return (path) => expression.test(path);
}
