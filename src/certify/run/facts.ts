import type { Witness } from '../clever/witness.js';
import type { ObservedFacts } from '../report/certification.js';

const LISTS = /^\/v\d[\d.]*\/(?:users|sections|schools|courses|terms)$/u;
const EVENTS = /^\/v\d[\d.]*\/events$/u;

/** What a run has seen of the app. `roles`: of the people who ended logged in. */
export function observedFacts(witness: Witness, roles: readonly string[]): ObservedFacts {
  const { authorizations, exchanges, calls } = witness.since();
  const endpoints: Record<string, number> = {};
  for (const { method, path } of calls) {
    const name = `${method} ${path}`;
    endpoints[name] = (endpoints[name] ?? 0) + 1;
  }
  const paths = calls.map(({ path }) => path);
  const [readsEvents, readsLists] = [paths.some((path) => EVENTS.test(path)), paths.some((path) => LISTS.test(path))];
  return {
    endpoints,
    apiVersions: [...new Set(paths.flatMap((path) => /^\/(v\d[\d.]*)\//u.exec(path)?.[1] ?? []))].sort(),
    tokens: tokensOf(paths, exchanges.length),
    roles: [...new Set(roles)].sort(),
    syncBy: readsEvents ? (readsLists ? 'both' : 'events') : readsLists ? 'full' : undefined,
    redirectUris: [...new Set(authorizations.flatMap(({ redirectUri }) => redirectUri ?? []))],
    loginParameters: [...new Set(authorizations.flatMap(({ parameters }) => parameters))].sort(),
    requests: calls.length + exchanges.length,
  };
}

function tokensOf(paths: readonly string[], exchanges: number): string[] {
  return [
    ...(exchanges > 0 ? ['user'] : []),
    ...(paths.some((path) => LISTS.test(path) || EVENTS.test(path)) ? ['district'] : []),
    ...(paths.includes('/oauth/tokens') ? ['app'] : []),
  ];
}
