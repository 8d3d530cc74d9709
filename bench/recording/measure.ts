/**
 * What an attacker finds who has a recording and the whole district that it was made from: joins of both by what is
 * left of people, one after the other. Used by `npm run bench:recording` and by its test.
 */

// biome-ignore lint/suspicious/noExplicitAny: an attacker looks at every member, whatever its type.
type Loose = any;

/** The people and classes of a district. */
export interface Roster {
  readonly users: readonly Loose[];
  readonly sections: readonly Loose[];
}

/** What a join by some values finds. */
export interface Join {
  readonly by: string;
  /** The fewest people of the recording that have the same values. */
  readonly smallestGroup: number;
  /** How many people of the recording are the only ones with their values, and have exactly one counterpart. */
  readonly oneToOne: number;
  /** How many of these pairs have the same gender, which nearly all would if they were the same people. */
  readonly agree: number;
  /** How many would, if each person were paired with anyone of the same school and grade. */
  readonly agreeByChance: number;
}

const KEPT = [
  ...['gender', 'race', 'hispanic_ethnicity', 'ell_status', 'frl_status', 'iep_status', 'home_language'],
  ...['gifted_status', 'section_504_status', 'disability', 'enrollments', 'graduation_year'],
];

/** Joins the students of a recording with those of its source. */
export function measure(recorded: Roster, source: Roster): Join[] {
  const [left, right] = [studentsOf(recorded), studentsOf(source)];
  const schools = { left: schoolsBySize(left), right: schoolsBySize(right) };
  const place = (student: Student): string => {
    const side = left.includes(student) ? schools.left : schools.right;
    return `${side.get(student.school)}/${student.role.grade}`;
  };
  const placeOf = new Map([...left, ...right].map((student) => [student, place(student)]));
  const at = (student: Student): string => placeOf.get(student) ?? '';
  const joins: [string, (student: Student, rank: number) => string][] = [
    ['school and grade', at],
    ['school, grade, gender and race', (one) => `${at(one)}/${one.role.gender}/${one.role.race}`],
    ['all values that stay', (one) => `${at(one)}/${JSON.stringify(KEPT.slice(0, -2).map((name) => one.role[name]))}`],
    ['date of birth, moved back', (one) => one.birthday],
    ['school, grade and date of birth', (one) => `${at(one)}/${one.birthday}`],
    ['time of the id and of the record', (one) => `${at(one)}/${one.times}`],
    ['place in the order of ids', (_, rank) => String(rank)],
    ['number of classes', (one) => `${at(one)}/${one.sizes.length}`],
    ['sizes of classes, without the school', (one) => one.sizes.join()],
    ['sizes of classes', (one) => `${at(one)}/${one.sizes.join()}`],
    ['sizes of classes and race', (one) => `${at(one)}/${one.sizes.join()}/${one.role.race}`],
    ['number of contacts', (one) => `${at(one)}/${one.contacts}`],
    ['form of the name', (one) => `${at(one)}/${one.nameForm}`],
  ];
  return joins.map(([by, keyOf]) => join(by, left, right, keyOf, at));
}

/** The fewest people of a recording that have the same values in everything that stays, for roles that enough have. */
export function smallestGroup({ users }: Roster, atLeast: number): number {
  const byRoles = Map.groupBy(users, (user) => Object.keys(user.roles).sort().join());
  const groups = [...byRoles.values()]
    .filter((people) => people.length >= atLeast)
    .flatMap((people) => [...Map.groupBy(people, everythingThatStays).values()]);
  return Math.min(...groups.map(({ length }) => length));
}

function everythingThatStays({ id, roles, lms_status, created, last_modified }: Loose): string {
  const ofRoles = Object.entries<Loose>(roles).map(([role, values]) => [
    role,
    [...KEPT, 'school', 'schools', 'grade', 'dob', 'home_language_code', 'phone_type'].map((name) => values[name]),
    values.student_relationships?.map((one: Loose) => [one.relationship, one.type]),
  ]);
  return JSON.stringify([id.slice(0, 8), created, last_modified, lms_status, ofRoles]);
}

interface Student {
  readonly id: string;
  readonly school: string;
  readonly role: Loose;
  readonly birthday: string;
  readonly times: string;
  readonly sizes: readonly number[];
  readonly contacts: number;
  readonly nameForm: string;
}

function studentsOf({ users, sections }: Roster): Student[] {
  const sizes = new Map<string, number[]>();
  for (const { students } of sections) {
    for (const id of students) {
      sizes.set(id, [...(sizes.get(id) ?? []), students.length]);
    }
  }
  const contacts = Map.groupBy(
    users.flatMap(({ roles }) => roles.contact?.student_relationships ?? []),
    ({ student }: Loose) => student as string,
  );
  const students = users.filter(({ roles }) => roles.student !== undefined);
  const births = students.map(({ roles }) => Date.parse(roles.student.dob)).filter((time) => !Number.isNaN(time));
  const firstBirth = Math.min(...births);
  return [...students]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, name, roles: { student }, created, last_modified }) => ({
      id,
      school: student.school,
      role: student,
      // Distances from the first one: they stay when all dates are moved.
      birthday: String(Date.parse(student.dob) - firstBirth),
      times: JSON.stringify([
        Number.parseInt(id.slice(0, 8), 16) - Date.parse(created) / 1_000,
        last_modified === created,
      ]),
      sizes: (sizes.get(id) ?? []).sort((a, b) => a - b),
      contacts: contacts.get(id)?.length ?? 0,
      nameForm: JSON.stringify([name.first, name.middle, name.last]).replaceAll(/\p{L}+/gu, 'a'),
    }));
}

/** Schools by their place in the order of their sizes, which a recording does not hide. */
function schoolsBySize(students: readonly Student[]): ReadonlyMap<string, number> {
  const bySize = [...Map.groupBy(students, ({ school }) => school)].sort(([, a], [, b]) => b.length - a.length);
  return new Map(bySize.map(([school], index) => [school, index]));
}

function join(
  by: string,
  left: readonly Student[],
  right: readonly Student[],
  keyOf: (student: Student, rank: number) => string,
  at: (student: Student) => string,
): Join {
  const keyed = (students: readonly Student[]) =>
    Map.groupBy(
      students.map((student, rank) => ({ student, key: keyOf(student, rank) })),
      ({ key }) => key,
    );
  const [ofLeft, ofRight] = [keyed(left), keyed(right)];
  const pairs = [...ofLeft].flatMap(([key, [only, ...others]]) => {
    const counterparts = ofRight.get(key) ?? [];
    return only !== undefined && others.length === 0 && counterparts[0] !== undefined && counterparts.length === 1
      ? [[only.student, counterparts[0].student] as const]
      : [];
  });
  const peers = Map.groupBy(right, at);
  const byChance = pairs.flatMap(([student]) => {
    const others = peers.get(at(student)) ?? right;
    return [others.filter((other) => agree(student, other)).length / others.length];
  });
  return {
    by,
    smallestGroup: Math.min(...[...ofLeft.values()].map(({ length }) => length)),
    oneToOne: pairs.length,
    agree: pairs.filter(([one, other]) => agree(one, other)).length,
    agreeByChance: Math.round(byChance.reduce((sum, share) => sum + share, 0)),
  };
}

function agree(one: Student, other: Student): boolean {
  return one.role.gender === other.role.gender;
}
