import type { KnownRole } from '../../../values/index.js';
import type { PageQuery } from '../../roster/store/store.js';
import { Refusal } from './answers.js';
import type { CollectionRoute, RelatedListRoute } from './routes.js';

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 10_000;

/**
 * Checks whether a request asks only for the size of a collection. Any value other than `true` is ignored
 * (observed with `count=5`).
 */
export function asksForCount(route: CollectionRoute, params: URLSearchParams): boolean {
  if (!route.isCounted || params.get('count') !== 'true') {
    return false;
  }
  if ([...params.keys()].some((name) => name !== 'count')) {
    throw new Refusal(400, 'count cannot be combined with other parameters');
  }
  return true;
}

/**
 * Reads the parameters of a list. Parameters that the path does not have are ignored.
 *
 * @throws {@link Refusal} 413 for a limit above 10000 (dev.clever.com/docs/error-messages); 400 for any
 * other bad value, with an inferred text.
 */
export function readPageQuery(route: CollectionRoute | RelatedListRoute, params: URLSearchParams): PageQuery {
  const isPaged = route.answer === 'related list' || route.isPaged;
  return {
    ...(isPaged ? readPaging(params) : { limit: MAX_LIMIT }),
    ...readRole(route.roles, params.get('role')),
    ...(route.answer === 'related list' && route.hasPrimary === true ? readPrimary(params.get('primary')) : {}),
  };
}

/** Reads `limit`, `starting_after` and `ending_before`. Throws what {@link readPageQuery} throws. */
export function readPaging(params: URLSearchParams): PageQuery {
  const limit = params.get('limit') ?? String(DEFAULT_LIMIT);
  if (!/^[1-9]\d*$/u.test(limit)) {
    throw new Refusal(400, 'limit must be a positive integer');
  }
  if (Number(limit) > MAX_LIMIT) {
    throw new Refusal(413, `limit must not exceed ${MAX_LIMIT}`);
  }
  const [after, before] = [params.get('starting_after'), params.get('ending_before')];
  if (after !== null && before !== null) {
    throw new Refusal(400, 'starting_after and ending_before cannot be combined');
  }
  if (after === '' || before === '') {
    throw new Refusal(400, 'starting_after and ending_before must be ids');
  }
  return {
    limit: Number(limit),
    after: after ?? undefined,
    before: before ?? undefined,
  };
}

function readRole(roles: readonly KnownRole[] | undefined, value: string | null): Pick<PageQuery, 'role'> {
  if (roles === undefined || value === null) {
    return {};
  }
  const role = roles.find((known) => known === value);
  if (role === undefined) {
    throw new Refusal(400, `role must be one of ${roles.join(', ')}`);
  }
  return { role };
}

function readPrimary(value: string | null): Pick<PageQuery, 'isPrimary'> {
  if (value !== null && value !== 'true' && value !== '') {
    throw new Refusal(400, 'primary must be true');
  }
  return { isPrimary: value === 'true' };
}
