import type { KnownRole } from '../../values/index.js';
import type { District } from '../district.js';
import { MOST_LOOKED_AT } from '../people.js';
import type { UserRecord } from '../records.js';
import { holdsRole } from '../roles.js';
import { nameOf } from './visitor.js';

/** People of one role in one district. */
export interface Found {
  readonly users: readonly UserRecord[];
  /** Whether there are, or may be, more than these. */
  readonly hasMore: boolean;
}

const PAGE = 500;

/** Finds people by parts of their names or their e-mail address, in any case of letters, or by their id; empty text finds everybody. */
export function searchPeople({ store }: District, role: KnownRole, text: string, limit: number): Found {
  const words = fold(text)
    .split(/\s+/u)
    .filter((word) => word !== '');
  const exact = text === '' ? undefined : (store.get('users', text.trim()) ?? store.findByEmail(text.trim()));
  if (exact !== undefined) {
    return { users: holdsRole(exact, role) ? [exact] : [], hasMore: false };
  }
  const users: UserRecord[] = [];
  let page = store.page('users', { role, limit: PAGE });
  for (let lookedAt = page.records.length; ; lookedAt += page.records.length) {
    for (const user of page.records) {
      if (words.length === 0 || matches(user, words)) {
        if (users.length === limit) {
          return { users, hasMore: true };
        }
        users.push(user);
      }
    }
    if (!page.hasMore || lookedAt >= MOST_LOOKED_AT) {
      return { users, hasMore: page.hasMore };
    }
    page = store.page('users', { role, limit: PAGE, after: page.records.at(-1)?.id ?? '' });
  }
}

function matches(user: UserRecord, words: readonly string[]): boolean {
  const text = fold(`${nameOf(user)} ${user.email ?? ''}`);
  return words.every((word) => text.includes(word));
}

/** Without case and accents, so that `muller` finds `Müller`. */
function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
}
