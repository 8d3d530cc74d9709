import type { KnownRole } from '../../../values/index.js';
import type { NameAndEmail, UserRecord } from '../../roster/records.js';
import { holdsRole } from '../../roster/roles.js';
import type { District } from '../../world/district.js';
import { findExactly, MOST_LOOKED_AT } from '../../world/people.js';
import { nameOf } from './visitor.js';

/** The people of one role in one district who match a search. */
export interface Found {
  readonly users: readonly UserRecord[];
  /** Whether more people match, or may match. */
  readonly hasMore: boolean;
}

const PAGE = 500;
/**
 * Matches text that may have accents. Only such text is folded, because folding is slow and most names have
 * no accents.
 */
const BEYOND_ASCII = /[^ -~]/u;

/**
 * Finds people by parts of their names or e-mail addresses, without regard to case and accents, or by their
 * ids. An empty text finds all people.
 */
export function searchPeople({ store }: District, role: KnownRole, text: string, limit: number): Found {
  const words = fold(text)
    .split(/\s+/u)
    .filter((word) => word !== '');
  const exact = findExactly(store, text.trim());
  if (exact.length > 0) {
    return { users: exact.filter((user) => holdsRole(user, role)), hasMore: false };
  }
  const users: UserRecord[] = [];
  let { ids, hasMore } = store.page('users', { role, limit: PAGE });
  for (let lookedAt = ids.length; ; lookedAt += ids.length) {
    for (const id of ids) {
      if (words.length === 0 || matches(store.nameOf(id), words)) {
        if (users.length === limit) {
          return { users, hasMore: true };
        }
        const user = store.get('users', id);
        users.push(...(user === undefined ? [] : [user]));
      }
    }
    if (!hasMore || lookedAt >= MOST_LOOKED_AT) {
      return { users, hasMore };
    }
    ({ ids, hasMore } = store.page('users', { role, limit: PAGE, after: ids.at(-1) ?? '' }));
  }
}

function matches(user: NameAndEmail | undefined, words: readonly string[]): boolean {
  const text = user === undefined ? '' : fold(`${nameOf(user)} ${user.email ?? ''}`);
  return words.every((word) => text.includes(word));
}

/** Removes case and accents, so that `muller` finds `Müller`. */
function fold(text: string): string {
  const plain = BEYOND_ASCII.test(text) ? text.normalize('NFD').replace(/\p{Mn}/gu, '') : text;
  return plain.toLowerCase();
}
