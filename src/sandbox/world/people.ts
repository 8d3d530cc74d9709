import { hideFromInspect } from '../../privacy/index.js';
import { keysOf } from '../../util/keys-of.js';
import type { KnownRole } from '../../values/index.js';
import { assertKnownKeys, assertWholeNumber } from '../roster/checks.js';
import { SandboxError } from '../roster/error.js';
import type { UserRecord } from '../roster/records.js';
import { holdsRole, rolesOf } from '../roster/roles.js';
import type { Login } from './access/grants.js';
import type { District } from './district.js';

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

/** A person of the sandbox, who can log in. Printing this shows neither id nor name. */
export interface SandboxPerson {
  /** Clever's id. */
  readonly id: string;
  readonly name: { readonly first?: string | null; readonly middle?: string | null; readonly last?: string | null };
  readonly email: string | undefined;
  /** The role that was requested, otherwise the one that the person logs in with. */
  readonly role: KnownRole;
  /** All roles. */
  readonly roles: readonly KnownRole[];
  readonly districtId: string;
  /** Number of the person's sections. */
  readonly sectionCount: number;
}

/** The person for whom {@link Sandbox.userToken} makes a token. */
export interface UserTokenRequest {
  /** The person's id or e-mail address. */
  readonly user: string;
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
export function findPeople(districts: readonly District[], query: PeopleQuery = {}): SandboxPerson[] {
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
        found.push(present(district, user, sectionCount, role ?? loginRole(user, connection ?? 'district')));
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

function present(district: District, user: UserRecord, sectionCount: number, role?: KnownRole): SandboxPerson {
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
  return Object.freeze(hideFromInspect(person, ['id', 'name', 'email']));
}

/** Returns a person of any district, by id or by e-mail address. */
export function findPerson(
  districts: readonly District[],
  idOrEmail: string,
): { readonly district: District; readonly user: UserRecord } | undefined {
  for (const district of districts) {
    const user = district.store.get('users', idOrEmail) ?? district.store.findByEmail(idOrEmail);
    if (user !== undefined) {
      return { district, user };
    }
  }
  return undefined;
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
  assertKnownKeys('userToken()', who, ['user', 'connection']);
  const found = findPerson(districts, who.user);
  if (found === undefined) {
    throw new SandboxError('No district of the sandbox has this person. Find people with `sandbox.people()`.');
  }
  const login = logIn(found.district, found.user, who.connection);
  if (typeof login === 'string') {
    throw new SandboxError(
      login === 'not connected'
        ? "The person's district did not connect the app: only Library logins are possible."
        : 'The person has no role that can log in through this connection: the Library accepts teachers and students, a district everyone except contacts.',
    );
  }
  return login;
}
