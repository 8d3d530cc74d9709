import type { AnyRecord, Kind, RecordOf, SectionRecord, UserRecord } from '../../roster/records.js';
import type { RosterStore } from '../../roster/store/store.js';
import type { District } from '../../world/district.js';
import type { SandboxDistrict } from '../../world/sandbox-district.js';

/** A change of the roster that a button of the dashboard makes. */
interface ChangeOnTheMenu {
  readonly label: string;
  /** Makes the change to the first record that it fits; returns `false` when it fits none. */
  readonly act: (store: RosterStore, owner: SandboxDistrict) => unknown;
  /** Whether it changes every section of the district and all people in them. Not offered for large districts. */
  readonly isDistrictWide?: boolean;
}

/** The number of records that are searched for one that a change fits. */
const LOOKED_AT = 200;
const LAST_NAMES = ['Abara', 'Brandt', 'Castellanos'] as const;

/** The usual changes, by the name that their button sends. Each applies to the first record that it fits. */
export const CHANGE_MENU: Readonly<Record<string, ChangeOnTheMenu>> = {
  arrive: {
    label: 'New student',
    act: (store, { users }) =>
      ifFound(first(store, 'schools'), ({ id: school }) =>
        users.create({ name: { first: 'Noor', last: 'Newcomer' }, roles: { student: { school, grade: '5' } } }),
      ),
  },
  leave: {
    label: 'Student leaves',
    act: (store, { users }) => ifFound(first(store, 'users', 'student'), ({ id }) => users.delete(id)),
  },
  rename: {
    label: 'Student is renamed',
    act: (store, { changes }) =>
      ifFound(first(store, 'users', 'student'), ({ id, name }) =>
        changes.rename({ user: id, name: { last: LAST_NAMES.find((last) => last !== name.last) ?? LAST_NAMES[0] } }),
      ),
  },
  enroll: {
    label: 'Student joins a class',
    act: (store, { changes }) =>
      ifFound(first(store, 'sections'), ({ id: section, students = [] }) =>
        ifFound(
          find(store, 'users', (user) => !students.includes(user.id), 'student'),
          ({ id: student }) => changes.enroll({ student, section }),
        ),
      ),
  },
  unenroll: {
    label: 'Student leaves a class',
    act: (store, { changes }) =>
      ifFound(
        find(store, 'sections', ({ students = [] }) => students.length > 1),
        ({ id: section, students: [student = ''] = [] }: SectionRecord) => changes.unenroll({ student, section }),
      ),
  },
  transfer: {
    label: 'Student moves to another school',
    act: (store, { changes }) =>
      ifFound(first(store, 'users', 'student'), ({ id: student, roles }) =>
        ifFound(
          find(store, 'schools', ({ id }) => id !== roles.student?.school),
          ({ id: school }) => changes.transfer({ student, school }),
        ),
      ),
  },
  'co-teacher': {
    label: 'Co-teacher joins a class',
    act: (store, { changes }) =>
      ifFound(first(store, 'sections'), ({ id: section, teacher: primary, teachers = [] }) =>
        ifFound(
          find(store, 'users', ({ id }) => id !== primary && !teachers.includes(id), 'teacher'),
          ({ id: teacher }) => changes.addTeacher({ teacher, section }),
        ),
      ),
  },
  dissolve: {
    label: 'Class is dissolved',
    act: (store, { changes }) =>
      ifFound(first(store, 'sections'), ({ id: section }) => changes.dissolveSection({ section })),
  },
  contact: {
    label: 'Contact gets a new id',
    act: (store, { changes }) =>
      ifFound(
        find(store, 'users', ({ roles }) => (roles.contact?.['sis_id'] ?? '') === '', 'contact'),
        ({ id: contact }: UserRecord) => changes.recreateContact({ contact }),
      ),
  },
  'school-year': {
    label: 'New school year',
    act: (_store, { changes }) => changes.startSchoolYear(),
    isDistrictWide: true,
  },
};

/**
 * The number of people above which the dashboard does not offer changes of the whole district, because they
 * take too long for a page.
 */
const MOST_PEOPLE = 50_000;

/** Returns the changes that the dashboard offers for a district. */
export function changesFor(district: District): [name: string, label: string][] {
  return Object.entries(CHANGE_MENU)
    .filter(([, { isDistrictWide = false }]) => !isBig(district) || !isDistrictWide)
    .map(([name, { label }]) => [name, label]);
}

/** Checks whether a district is too large for changes of the whole district. */
export function isBig({ store }: District): boolean {
  return store.count('users') > MOST_PEOPLE;
}

function first<K extends Kind>(store: RosterStore, kind: K, role?: 'student'): RecordOf[K] | undefined {
  return store.page(kind, { limit: 1, role }).records[0];
}

function find<K extends Kind>(
  store: RosterStore,
  kind: K,
  isFit: (record: RecordOf[K]) => boolean,
  role?: 'student' | 'teacher' | 'contact',
): RecordOf[K] | undefined {
  return store.page(kind, { limit: LOOKED_AT, role }).records.find(isFit);
}

function ifFound<T extends AnyRecord>(record: T | undefined, act: (record: T) => unknown): unknown {
  return record === undefined ? false : act(record);
}
