import { hideFromInspect } from '../../privacy/index.js';
import { keysOf } from '../../util/keys-of.js';
import type { KnownRole } from '../../values/index.js';
import { assertKnownKeys, assertWholeNumber } from '../roster/checks.js';
import { SandboxError } from '../roster/error.js';
import type { UserRecord } from '../roster/records.js';
import { holdsRole, rolesOf } from '../roster/roles.js';
import type { RosterStore } from '../roster/store/store.js';
import type { Login } from './access/grants.js';
import type { District } from './district.js';
import { type LinksToSandbox, type PersonWithoutLinks, withLoginUrl } from './login-url.js';
import type { SandboxPerson } from './sandbox-person.js';

/**
 * Which people to look for. Searches only the first 100,000 people of each district, or of those with the
 * role: pass `role` in larger districts.
 */
export interface PeopleQuery {
  /** Only people who hold this role. */
  readonly role?: KnownRole;
  /**
   * Only people who can log in through this connection. Library: teachers and students of districts that it
   * reaches.
   */
  readonly connection?: 'district' | 'library';
  /** Only people of this district. */
  readonly districtId?: string;
  /** `true`: only people who are in a section; `false`: only people who are in none. */
  readonly hasSections?: boolean;
  /** The largest number of people. Default 100. */
  readonly limit?: number;
}

/** The person for whom {@link Sandbox.userToken} makes a token. */
export interface UserTokenRequest {
  /** The person's id or e-mail address. */
  readonly user: string;
  /** The role of the login, for people with several. Default: the first of the person's roles that can log in. */
  readonly role?: KnownRole;
  /** Default: what the person's district offers; `district` if it offers both. */
  readonly connection?: 'district' | 'library';
}

/**
 * The roles that can log in. Contacts cannot log in to an app (inferred); the Library has only teachers and
 * students.
 */
const LOGIN_ROLES = {
  district: ['student', 'teacher', 'staff', 'district_admin'],
  library: ['student', 'teacher'],
} as const satisfies Record<string, readonly KnownRole[]>;

const QUERY_KEYS = keysOf<PeopleQuery>()({
  role: true,
  connection: true,
  districtId: true,
  hasSections: true,
  limit: true,
});
const PAGE = 200;
/** The largest number of people that are searched per district, after filtering by role. */
export const MOST_LOOKED_AT = 100_000;

/**
 * Returns the role that a person logs in with through a connection; `undefined` when none of the person's
 * roles can.
 */
function loginRole(user: UserRecord, connection: 'district' | 'library'): KnownRole | undefined {
  return LOGIN_ROLES[connection].find((role) => holdsRole(user, role));
}

/** Whether any person of a district can log in through a connection. */
export function offers(district: District, connection: 'district' | 'library'): boolean {
  return district.connection === connection || district.connection === 'both';
}

/** Finds people, district by district and ascending by id. */
export function findPeople(districts: readonly District[], query: PeopleQuery, links: LinksToSandbox): SandboxPerson[] {
  assertKnownKeys('people()', query, QUERY_KEYS);
  const { role, connection, districtId, hasSections, limit = 100 } = query;
  assertWholeNumber('limit', limit, 1);
  const found: SandboxPerson[] = [];
  for (const district of districts) {
    const isAsked = districtId === undefined || district.id === districtId;
    if (!isAsked || (connection !== undefined && !offers(district, connection))) {
      continue;
    }
    for (const id of walk(district, role)) {
      const sectionCount = district.store.countRelated('users.sections', id);
      const user =
        hasSections === undefined || hasSections === sectionCount > 0 ? district.store.get('users', id) : undefined;
      if (user !== undefined && (connection === undefined || loginRole(user, connection) !== undefined)) {
        const shown = role ?? loginRole(user, connection ?? 'district');
        const person = present(district, user, sectionCount, shown);
        found.push(withLoginUrl(person, links, connection));
      }
      if (found.length >= limit) {
        return found;
      }
    }
  }
  return found;
}

/** Yields the ids of the first people, because walking through a million takes too long. */
function* walk({ store }: District, role: KnownRole | undefined): Generator<string, void> {
  const filter = { limit: PAGE, role };
  let { ids, hasMore } = store.page('users', filter);
  yield* ids;
  for (let lookedAt = ids.length; hasMore && lookedAt < MOST_LOOKED_AT; lookedAt += ids.length) {
    ({ ids, hasMore } = store.page('users', { ...filter, after: ids.at(-1) ?? '' }));
    yield* ids;
  }
}

function present(district: District, user: UserRecord, sectionCount: number, role?: KnownRole): PersonWithoutLinks {
  const roles = rolesOf(user);
  const person = {
    id: user.id,
    name: user.name,
    email: user.email ?? undefined,
    role: role ?? roles[0] ?? 'contact',
    roles,
    districtId: district.id,
    sectionCount,
  };
  return hideFromInspect(person, ['id', 'name', 'email']);
}

/** A person, with the district of the person. */
export interface PersonInDistrict {
  readonly district: District;
  readonly user: UserRecord;
}

/**
 * Returns the people whom an id or an e-mail address names; several, when they share the address.
 *
 * @param role - Narrows several people to those who hold it.
 */
export function findNamed(districts: readonly District[], idOrEmail: string, role?: KnownRole): PersonInDistrict[] {
  const found = districts.flatMap((district) =>
    findExactly(district.store, idOrEmail).map((user) => ({ district, user })),
  );
  const holders = found.filter(({ user }) => role !== undefined && holdsRole(user, role));
  return holders.length === 0 ? found : holders;
}

/** Returns the people of one district whom an id or an e-mail address names. */
export function findExactly(store: RosterStore, idOrEmail: string): readonly UserRecord[] {
  const user = store.get('users', idOrEmail);
  return user === undefined ? store.findByEmail(idOrEmail) : [user];
}

/** Returns the first person who can log in with a role, alone in a list; an empty list when no person can. */
export function findFirstWithRole(
  districts: readonly District[],
  role: KnownRole,
  wanted?: 'district' | 'library',
): PersonInDistrict[] {
  for (const district of districts) {
    for (const id of walk(district, role)) {
      const user = district.store.get('users', id);
      const login = user === undefined ? undefined : logIn(district, user, wanted, role);
      if (user !== undefined && typeof login === 'object' && login.role === role) {
        return [{ district, user }];
      }
    }
  }
  return [];
}

/** Why a person cannot log in. */
export type LoginRefusal = 'not connected' | 'no login' | 'library role';

/**
 * Logs a person in, if Clever would.
 *
 * @param wanted - The requested connection. A district that connected the app wins over the Library,
 * whatever was requested. Source: dev.clever.com/docs/clever-library-user-flow.
 * @param picked - The requested role, for people with several. Used only if the person can log in with it.
 */
export function logIn(
  district: District,
  user: UserRecord,
  wanted?: 'district' | 'library',
  picked?: KnownRole,
): Login | LoginRefusal {
  const own = district.connection === 'both' ? (wanted ?? 'district') : district.connection;
  if (own === 'library' && wanted === 'district') {
    return 'not connected';
  }
  const role = LOGIN_ROLES[own].find((one) => one === picked && holdsRole(user, one)) ?? loginRole(user, own);
  if (role === undefined) {
    return own === 'library' ? 'library role' : 'no login';
  }
  return { district, userId: user.id, role, connection: own };
}

/** Like {@link logIn}, but throws for a refusal. */
export function logInOrThrow(districts: readonly District[], who: UserTokenRequest): Login {
  assertKnownKeys('userToken()', who, ['user', 'role', 'connection']);
  const [found, ...others] = findNamed(districts, who.user, who.role);
  if (found === undefined) {
    throw new SandboxError('No district of the sandbox has this person. Find people with `sandbox.people()`.');
  }
  if (others.length > 0) {
    throw new SandboxError(
      `${others.length + 1} people share this e-mail address: pass an id, or a \`role\` that only one of them holds.`,
    );
  }
  const login = logIn(found.district, found.user, who.connection, who.role);
  if (typeof login === 'string') {
    throw new SandboxError(
      login === 'not connected'
        ? "The person's district did not connect the app: only Library logins are possible."
        : 'The person has no role that can log in through this connection: the Library accepts teachers and students, a district everyone except contacts.',
    );
  }
  if (who.role !== undefined && login.role !== who.role) {
    throw new SandboxError(
      'The person cannot log in with this `role`: pass one of `roles` of `sandbox.people()`, for the Library teacher or student.',
    );
  }
  return login;
}
