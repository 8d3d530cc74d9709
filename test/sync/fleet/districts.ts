import type { Sandbox, SandboxOptions } from 'clever-sdk/sandbox';
import { TINY } from '../support/world.js';
import type { Random } from './random.js';

type DistrictData = NonNullable<SandboxOptions['districts']>[number];

/** The ids of the records that a change of a tiny district needs. */
interface TinyIds {
  readonly students: readonly string[];
  readonly teachers: readonly string[];
  readonly schools: readonly string[];
  readonly sections: readonly string[];
}

/** The id of a record of {@link TINY}, in the n-th of many such districts. */
function idIn(n: number, id: string): string {
  return id.slice(0, 8) + n.toString(16).padStart(4, '0') + id.slice(12);
}

/** The id of the n-th tiny district. */
export function tinyId(n: number): string {
  return idIn(n, TINY.district.id);
}

/** As many tiny districts as wished, each with ids of its own. */
export function tinyDistricts(count: number): DistrictData[] {
  const text = JSON.stringify(TINY);
  return Array.from({ length: count }, (_, index) => {
    const district = JSON.parse(text.replaceAll(/(?<=")[0-9a-f]{24}(?=")/gu, (id) => idIn(index, id)));
    district.district.name = `Tiny ${index}`;
    return district as DistrictData;
  });
}

function idsOf(n: number): TinyIds {
  const people = (role: 'student' | 'teacher') =>
    TINY.users.filter(({ roles }) => role in roles).map(({ id }) => idIn(n, id));
  return {
    students: people('student'),
    teachers: people('teacher'),
    schools: TINY.schools.map(({ id }) => idIn(n, id)),
    sections: TINY.sections.map(({ id }) => idIn(n, id)),
  };
}

/** Makes one change in the n-th district, such as school life makes. One that is impossible now makes none. */
export function changeSomething(sandbox: Sandbox, n: number, random: Random): void {
  const { changes, terms, users } = sandbox.district(tinyId(n));
  const { students, teachers, schools, sections } = idsOf(n);
  const student = random.pick(students);
  const section = random.pick(sections);
  const number = random.between(0, 10_000);
  const edits = [
    () => changes.rename({ user: student, name: { first: `Name ${number}` } }),
    () => changes.enroll({ student, section }),
    () => changes.unenroll({ student, section }),
    () => changes.transfer({ student, school: random.pick(schools) }),
    () => changes.addTeacher({ teacher: random.pick(teachers), section }),
    () => changes.removeTeacher({ teacher: random.pick(teachers), section }),
    () => terms.create({ name: `Term ${number}` }),
    () => users.delete(student),
    () => users.create(newStudent(schools[0] as string, number) as never),
  ];
  try {
    random.pick(edits)();
  } catch {
    // The sandbox refuses what is impossible now, such as to enroll a student who is gone.
  }
}

function newStudent(school: string, number: number): object {
  return {
    name: { first: `New ${number}`, last: 'One' },
    roles: { student: { school, schools: [school], grade: '4', sis_id: `new ${number}`, enrollments: [] } },
  };
}
