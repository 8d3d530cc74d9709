import { type Sandbox, type SandboxDistrict, SandboxError } from 'clever-sdk/sandbox';
import fc from 'fast-check';
import { ask } from '../support.js';

/** A change in a sandbox. Numbers choose the people, so that two equal sandboxes stay equal. */
export interface Command {
  readonly what: keyof typeof DEEDS;
  readonly picks: readonly [number, number, number];
}

interface Cast {
  readonly sandbox: Sandbox;
  readonly district: SandboxDistrict;
  pick(kind: 'sections' | 'schools', number: number): Promise<string>;
  person(role: 'student' | 'teacher' | 'contact', number: number): string;
  readonly picks: readonly [number, number, number];
}

const DEEDS = {
  enroll: async ({ district, pick, person, picks: [a, b] }: Cast) =>
    district.changes.enroll({ student: person('student', a), section: await pick('sections', b) }),
  transfer: async ({ district, pick, person, picks: [a, b, c] }: Cast) =>
    district.changes.transfer({
      student: person('student', a),
      school: await pick('schools', b),
      ...(c % 2 === 0 ? {} : { sections: [await pick('sections', c)] }),
    }),
  rename: async ({ district, person, picks: [a, b, c] }: Cast) =>
    district.changes.rename({
      user: person((['student', 'teacher', 'contact'] as const)[a % 3] ?? 'student', b),
      name: { last: `Name ${c}` },
    }),
  addTeacher: async ({ district, pick, person, picks: [a, b] }: Cast) =>
    district.changes.addTeacher({ teacher: person('teacher', a), section: await pick('sections', b) }),
  replaceTeacher: async ({ district, pick, person, picks: [a, b, c] }: Cast) =>
    district.changes.replacePrimaryTeacher({
      teacher: person('teacher', a),
      section: await pick('sections', b),
      keepPrevious: c % 2 === 0,
    }),
  dissolve: async ({ district, pick, picks: [a] }: Cast) =>
    district.changes.dissolveSection({ section: await pick('sections', a) }),
  recreate: async ({ district, person, picks: [a, b] }: Cast) =>
    district.changes.recreateContact({ contact: person('contact', a), changes: { phone: String(b) } }),
  newYear: async ({ district, picks: [a] }: Cast) => (a % 4 === 0 ? district.changes.startSchoolYear() : undefined),
  unshare: async ({ district, pick, picks: [a] }: Cast) =>
    district.changes.unshareSchool({ school: await pick('schools', a) }),
  share: async ({ district, picks: [a] }: Cast) => {
    const { unsharedSchools } = district;
    return district.changes.shareSchool({ school: unsharedSchools[a % unsharedSchools.length] ?? '' });
  },
  pause: async ({ district, sandbox, picks: [a, b] }: Cast) =>
    district.pause({
      sync: a % 2 === 0 ? 'sis' : 'app',
      ...(b % 2 === 0 ? {} : { endsAt: new Date(sandbox.now() + 1 + b * 60_000) }),
    }),
  resume: async ({ district }: Cast) => district.resume(),
  advance: async ({ sandbox, picks: [a] }: Cast) => sandbox.advance(a * 60_000),
  edit: async ({ district, person, picks: [a, b] }: Cast) =>
    district.users.update(person('student', a), { roles: { student: { grade: String(b % 13) } } }),
  attendance: async ({ district, person, picks: [a, b] }: Cast) =>
    district.markAttendance({
      student_id: person('student', a),
      attendance_date: '2026-09-14',
      attendance_status: b % 2 === 0 ? 'absent' : 'tardy',
    }),
  assignment: async ({ sandbox, district, pick, picks: [a, b] }: Cast) => {
    const body = JSON.stringify({ title: `T${b}`, description: 'D', due_date: '2027-01-01T00:00:00Z' });
    await ask(sandbox, `/v3.1/sections/${await pick('sections', a)}/assignments`, district.token, {
      method: 'POST',
      body,
    });
  },
  rotate: async ({ district }: Cast) => district.rotateToken(),
  reconnect: async ({ district }: Cast) => {
    district.disconnect();
    district.connect();
  },
  events: async ({ sandbox, picks: [a] }: Cast) => (a % 3 === 0 ? sandbox.events.disable() : sandbox.events.enable()),
};

const number = fc.nat({ max: 1_000 });

/** Any command of the given kinds; by default of all kinds. */
export function commands(without: readonly (keyof typeof DEEDS)[] = []): fc.Arbitrary<Command[]> {
  const whats = (Object.keys(DEEDS) as (keyof typeof DEEDS)[]).filter((what) => !without.includes(what));
  const command = fc.record({ what: fc.constantFrom(...whats), picks: fc.tuple(number, number, number) });
  return fc.array(command, { minLength: 1, maxLength: 10 });
}

/** Runs the commands in order; impossible ones are refused and change nothing. */
export async function run(sandbox: Sandbox, all: readonly Command[]): Promise<void> {
  for (const { what, picks } of all) {
    const [district] = sandbox.districts;
    const cast: Cast = {
      ...{ sandbox, district, picks },
      async pick(kind, position) {
        const { body } = await ask(sandbox, `/v3.1/${kind}?limit=10000`, district.token);
        return body.data[position % Math.max(1, body.data.length)]?.data.id ?? '';
      },
      person(role, position) {
        const people = sandbox.people({ role, limit: 1_000, districtId: district.id });
        return people[position % Math.max(1, people.length)]?.id ?? '';
      },
    };
    try {
      await DEEDS[what](cast);
    } catch (error) {
      if (!(error instanceof SandboxError)) {
        throw error;
      }
    }
  }
}
