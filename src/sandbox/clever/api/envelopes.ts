import type { AnyRecord, Kind, UserRecord } from '../../roster/records.js';
import { rolesOf } from '../../roster/roles.js';
import type { Page } from '../../roster/store/store.js';

/** A link as Clever writes it: relative, version included. */
export interface Link {
  readonly rel: string;
  readonly uri: string;
}

/**
 * The relations to which a record that was read by its id links: observed, except for the kinds marked as
 * inferred.
 */
const RELATIONS: Readonly<Record<Exclude<Kind, 'users'>, readonly string[]>> = {
  // Inferred.
  districts: [],
  schools: ['district', 'sections', 'users', 'terms', 'courses'],
  courses: ['district', 'sections', 'schools'],
  terms: ['district', 'sections', 'schools'],
  sections: ['district', 'school', 'term', 'course', 'users'],
  // Inferred.
  resources: ['sections', 'users', 'courses'],
};

/** The same as {@link RELATIONS}, by role. A person with several roles has the links of each. */
const RELATIONS_OF_ROLE: Readonly<Record<string, readonly string[]>> = {
  student: ['sections', 'myContacts', 'myTeachers', 'schools'],
  teacher: ['sections', 'myStudents', 'schools'],
  // Inferred.
  staff: ['schools'],
  // Inferred.
  contact: ['myStudents'],
};

/** Returns the links of a record that was read by its id. */
export function recordLinks(kind: Kind, record: AnyRecord, uri: string): Link[] {
  const relations =
    kind === 'users'
      ? ['district', ...rolesOf(record as UserRecord).flatMap((role) => RELATIONS_OF_ROLE[role] ?? [])]
      : RELATIONS[kind];
  return [{ rel: 'self', uri }, ...[...new Set(relations)].map((rel) => ({ rel, uri: `${uri}/${rel}` }))];
}

/** What the links of a page depend on: the cursors of its first and last record, and whether the list has more. */
export interface PageEnds {
  readonly first: string | undefined;
  readonly last: string | undefined;
  readonly hasMore: boolean;
  readonly hasEarlier: boolean;
}

/**
 * Returns the links of a page: `self` repeats the request; `next` is absent on the last page; `prev`
 * appears after any `starting_after` (observed) and, before a page that was read backwards, while the list
 * has earlier records (inferred).
 *
 * @param query - Where the request asked the page to begin or to end.
 */
export function pageLinks(
  url: URL,
  query: { readonly after?: unknown; readonly before?: unknown },
  { first, last, hasMore, hasEarlier }: PageEnds,
): Link[] {
  const links: Link[] = [{ rel: 'self', uri: `${url.pathname}${url.search}` }];
  if (last !== undefined && hasMore) {
    links.push({ rel: 'next', uri: withCursor(url, 'starting_after', last) });
  }
  if (first !== undefined && (query.after !== undefined || (query.before !== undefined && hasEarlier))) {
    links.push({ rel: 'prev', uri: withCursor(url, 'ending_before', first) });
  }
  return links;
}

/** Returns the ends of a page of records, whose cursors are their ids. */
export function endsOf({ ids, hasMore, hasEarlier }: Pick<Page, 'ids' | 'hasMore' | 'hasEarlier'>): PageEnds {
  return { first: ids[0], last: ids.at(-1), hasMore, hasEarlier };
}

function withCursor(url: URL, name: 'starting_after' | 'ending_before', cursor: string): string {
  const params = new URLSearchParams(url.search);
  params.delete('starting_after');
  params.delete('ending_before');
  params.append(name, cursor);
  return `${url.pathname}?${params}`;
}
