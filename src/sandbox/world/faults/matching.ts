import type { Fault } from './fault.js';

/** A request, as far as it decides whether a fault is for it. */
export interface Asked {
  readonly request: Request;
  readonly url: URL;
  /** The district of the request's bearer token. */
  readonly districtId: () => string | undefined;
}

/** Makes the test whether a request is one that a fault is for. */
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

/** Makes the test of a path: `{id}` stands for one segment, `*` at the end for anything. */
export function pathMatcher(pattern: string): (path: string) => boolean {
  const source = pattern
    .replace(/[.+?^$()|[\]\\]/gu, '\\$&')
    .replace(/\{[^}]*\}/gu, '[^/]+')
    .replace(/\*$/u, '.*');
  const expression = new RegExp(`^${source}$`, 'u');
  return (path) => expression.test(path);
}
