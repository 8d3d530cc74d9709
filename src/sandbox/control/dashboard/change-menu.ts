import type { AnyRecord, Kind, RecordOf, SectionRecord, UserRecord } from '../../roster/records.js';
import type { RosterStore } from '../../roster/store/store.js';
import type { District } from '../../world/district.js';
import type { SandboxDistrict } from '../../world/sandbox-district.js';

/** A change of a roster that a button of the dashboard makes. */
interface ChangeOnTheMenu {
  readonly label: string;
  /** Does it to whoever comes first; `false` when there is nobody. */
  readonly act: (store: RosterStore, owner: SandboxDistrict) => unknown;
  /** Changes every section of the district and everybody in them: not for the biggest. */
  readonly isOfEverything?: boolean;
}

/** How many records are looked at for one that a change could happen to. */
const LOOKED_AT = 200;
const LAST_NAMES = ['Abara', 'Brandt', 'Castellanos'] as const;

/** The usual changes, by the name that their button sends. Each happens to the first for whom it is possible. */
export const CHANGE_MENU: Readonly<Record<string, ChangeOnTheMenu>> = {
  arrive: {
    label: 'New student',
    act: (store, { users }) =>
      whenever(first(store, 'schools'), ({ id: school }) =>
        users.create({ name: { first: 'Noor', last: 'Newcomer' }, roles: { student: { school, grade: '5' } } }),
      ),
  },
  leave: {
    label: 'Student leaves',
    act: (store, { users }) => whenever(first(store, 'users', 'student'), ({ id }) => users.delete(id)),
  },
  rename: {
    label: 'Student is renamed',
    act: (store, { changes }) =>
      whenever(first(store, 'users', 'student'), ({ id, name }) =>
        changes.rename({ user: id, name: { last: LAST_NAMES.find((last) => last !== name.last) ?? LAST_NAMES[0] } }),
      ),
  },
  enroll: {
    label: 'Student joins a class',
    act: (store, { changes }) =>
      whenever(first(store, 'sections'), ({ id: section, students = [] }) =>
        whenever(
          some(store, 'users', (user) => !students.includes(user.id), 'student'),
          ({ id: student }) => changes.enroll({ student, section }),
        ),
      ),
  },
  unenroll: {
    label: 'Student leaves a class',
    act: (store, { changes }) =>
      whenever(
        some(store, 'sections', ({ students = [] }) => students.length > 1),
        ({ id: section, students: [student = ''] = [] }: SectionRecord) => changes.unenroll({ student, section }),
      ),
  },
  transfer: {
    label: 'Student moves to another school',
    act: (store, { changes }) =>
      whenever(first(store, 'users', 'student'), ({ id: student, roles }) =>
        whenever(
          some(store, 'schools', ({ id }) => id !== roles.student?.school),
          ({ id: school }) => changes.transfer({ student, school }),
        ),
      ),
  },
  'co-teacher': {
    label: 'Co-teacher joins a class',
    act: (store, { changes }) =>
      whenever(first(store, 'sections'), ({ id: section, teacher: primary, teachers = [] }) =>
        whenever(
          some(store, 'users', ({ id }) => id !== primary && !teachers.includes(id), 'teacher'),
          ({ id: teacher }) => changes.addTeacher({ teacher, section }),
        ),
      ),
  },
  dissolve: {
    label: 'Class is dissolved',
    act: (store, { changes }) =>
      whenever(first(store, 'sections'), ({ id: section }) => changes.dissolveSection({ section })),
  },
  contact: {
    label: 'Contact comes under a new id',
    act: (store, { changes }) =>
      whenever(
        some(store, 'users', ({ roles }) => (roles.contact?.['sis_id'] ?? '') === '', 'contact'),
        ({ id: contact }: UserRecord) => changes.recreateContact({ contact }),
      ),
  },
  'school-year': {
    label: 'New school year',
    act: (_store, { changes }) => changes.startSchoolYear(),
    isOfEverything: true,
  },
};

/** People of a district above which changes of everything are left to code: they would keep the page waiting. */
const MOST_PEOPLE = 50_000;

/** The changes that are offered for a district. */
export function changesFor(district: District): [name: string, label: string][] {
  return Object.entries(CHANGE_MENU)
    .filter(([, { isOfEverything = false }]) => !isBig(district) || !isOfEverything)
    .map(([name, { label }]) => [name, label]);
}

/** Whether changes of everything are left to code. */
export function isBig({ store }: District): boolean {
  return store.count('users') > MOST_PEOPLE;
}

function first<K extends Kind>(store: RosterStore, kind: K, role?: 'student'): RecordOf[K] | undefined {
  return store.page(kind, { limit: 1, role }).records[0];
}

function some<K extends Kind>(
  store: RosterStore,
  kind: K,
  isFit: (record: RecordOf[K]) => boolean,
  role?: 'student' | 'teacher' | 'contact',
): RecordOf[K] | undefined {
  return store.page(kind, { limit: LOOKED_AT, role }).records.find(isFit);
}

function whenever<T extends AnyRecord>(record: T | undefined, act: (record: T) => unknown): unknown {
  return record === undefined ? false : act(record);
}
