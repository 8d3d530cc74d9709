import { SandboxError } from '../../roster/error.js';
import type { AnyRecord, Kind, RecordOf, SectionRecord, UserRecord } from '../../roster/records.js';
import { holdsRole } from '../../roster/roles.js';
import type { District } from '../../world/district.js';
import { findExactly } from '../../world/people.js';

/** The number of records that are searched for one that a change fits. */
const LOOKED_AT = 200;

/** What a role is called in a sentence. */
const WORDS = { student: 'student', teacher: 'teacher', contact: 'contact' } as const;

/** A role that triggers choose people by. */
export type ChosenRole = keyof typeof WORDS;

/**
 * Returns the record that a change needs: the first one that it fits, among those that the app sees.
 *
 * @throws {@link SandboxError} when it fits none.
 */
function firstOf<K extends Kind>(
  district: District,
  kind: K,
  { role, fits = () => true }: { readonly role?: ChosenRole; readonly fits?: (record: RecordOf[K]) => boolean } = {},
): RecordOf[K] {
  const { own, shared, paused } = district.roster;
  const found = own
    .page(kind, { limit: LOOKED_AT, role })
    .records.find((record) => (paused.size > 0 || shared.get(kind, record.id) !== undefined) && fits(record));
  if (found === undefined) {
    throw new SandboxError('Nothing was changed: the district has no record that this could apply to.');
  }
  return found;
}

/** Returns the person with an id or an e-mail address; without one, the first that fits. */
export function person(
  district: District,
  role: ChosenRole | undefined,
  idOrEmail: string | undefined,
  fits: (user: UserRecord) => boolean = () => true,
): UserRecord {
  if (idOrEmail === undefined) {
    return firstOf(district, 'users', { role: role ?? 'student', fits });
  }
  const found = findExactly(district.roster.own, idOrEmail);
  const [user, ...others] = found.filter((one) => role === undefined || holdsRole(one, role));
  if (user === undefined) {
    throw new SandboxError(
      `The district has no ${role === undefined ? 'person' : WORDS[role]} with this id or e-mail address.`,
    );
  }
  if (others.length > 0) {
    throw new SandboxError('Several people of the district have this e-mail address: choose one by the id.');
  }
  return user;
}

/** Returns the section with an id; without one, the first that fits. */
export function section(
  district: District,
  id: string | undefined,
  fits: (section: SectionRecord) => boolean = () => true,
): SectionRecord {
  if (id === undefined) {
    return firstOf(district, 'sections', { fits });
  }
  const found = district.roster.own.get('sections', id);
  if (found === undefined) {
    throw new SandboxError('The district has no section with this id.');
  }
  return found;
}

/** Returns the school with an id or a name; without one, the first that fits. */
export function school(
  district: District,
  idOrName: string | undefined,
  fits: (school: AnyRecord) => boolean = () => true,
): AnyRecord {
  const { own } = district.roster;
  if (idOrName === undefined) {
    return firstOf(district, 'schools', { fits });
  }
  const byId = own.get('schools', idOrName);
  if (byId !== undefined) {
    return byId;
  }
  const named = own
    .page('schools', { limit: Number.MAX_SAFE_INTEGER })
    .records.filter(({ name }) => isSameName(name, idOrName));
  const [only] = named;
  if (only === undefined) {
    throw new SandboxError('The district has no school with this id or name.');
  }
  if (named.length > 1) {
    throw new SandboxError('Several schools of the district have this name: choose one by its id.');
  }
  return only;
}

/** Whether two names are the same in any case. */
export function isSameName(name: unknown, other: string): boolean {
  return typeof name === 'string' && name.trim().toLowerCase() === other.trim().toLowerCase();
}
