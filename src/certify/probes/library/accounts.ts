import type { SandboxPerson } from '../../../sandbox/index.js';
import { fail, pass, review, skipped, warn } from '../findings.js';
import type { VisitProbe, VisitScene } from '../probe.js';
import { arrive, whyNotIn } from '../visits/arrival.js';
import { missingFrom, studentsReadOf } from './classroom.js';

/** More than most teachers have: what the guide recommends. */
const SECTIONS = 12;
const STUDENTS_PER_SECTION = 10;

/** The second teacher of a student adds the app. */
export const severalTeachers: VisitProbe = {
  kind: 'visit',
  id: 'library.several-teachers',
  needs: ['whoami'],
  after: ['library.login', 'library.provision-student'],
  async run(scene) {
    const { app, people, world, library } = scene;
    const student = people.make(world, { district: library, roles: ['student'] });
    const accounts: (string | undefined)[] = [];
    for (const _ of ['first', 'second']) {
      const teacher = people.make(world, { district: library, roles: ['teacher'] });
      people.section({ district: library, teacher, students: [student] });
      await arrive(scene, teacher, { by: 'library' });
      accounts.push(await app.whoami((await arrive(scene, student, { by: 'portal' })).visitor));
    }
    const [before, after] = accounts;
    if (before === undefined) {
      return skipped('Students cannot use the app.');
    }
    return before === after
      ? pass('A student whose second teacher added the app has the same account.')
      : fail(
          after === undefined
            ? 'A student whose second teacher added the app could not log in any more.'
            : 'A student whose second teacher added the app has another account.',
        );
  },
};

/** What changed between two logins. */
export const refresh: VisitProbe = {
  kind: 'visit',
  id: 'library.refresh',
  after: ['library.login', 'library.provision-teacher', 'library.provision-student'],
  async run(scene) {
    const { people, stage, world, library } = scene;
    const student = (): SandboxPerson => people.make(world, { district: library, roles: ['student'] });
    const teacher = people.make(world, { district: library, roles: ['teacher'] });
    const first = student();
    const section = people.section({ district: library, teacher, students: [first] });
    await arrive(scene, teacher, { by: 'library' });
    const [joined, other] = [student(), student()];
    library.sections.update(section, { students: [first.id, joined.id] });
    const added = people.section({ district: library, teacher, students: [other] });
    const { mark } = await arrive(scene, teacher, { by: 'library' });
    if (!stage.witness.since(mark).calls.some(({ path }) => path.endsWith('/sections'))) {
      return review(
        'Can a teacher refresh the classes by a button?',
        'At the second login, the app did not read the teacher’s sections again. Clever asks for this, or for a button.',
      );
    }
    const missing = await missingFrom(scene, [added, joined.id, other.id]);
    return missing === 0
      ? pass('At the second login, the app read the teacher’s sections again.')
      : fail(`After the second login, the app's roster lacks ${missing} of 3: a new section, and two new students.`);
  },
};

/** A dozen sections, more than a hundred students. */
export const heavyTeacher: VisitProbe = {
  kind: 'visit',
  id: 'library.heavy-teacher',
  after: ['library.login', 'library.provision-teacher', 'library.provision-student'],
  async run(scene) {
    const { people, world, library } = scene;
    const teacher = people.make(world, { district: library, roles: ['teacher'] });
    const { sections, students } = makeClasses(scene, teacher);
    const begin = performance.now();
    const arrival = await arrive(scene, teacher, { by: 'library' });
    const seconds = ((performance.now() - begin) / 1_000).toFixed(1);
    const problem = await whyNotIn(scene, arrival);
    const whole = `${SECTIONS} sections and ${students.length} students`;
    if (problem !== undefined) {
      return fail(`A teacher with ${whole} could not log in. ${problem}`);
    }
    const missing = await missingFrom(scene, [...sections, ...students]);
    if (missing > 0) {
      return fail(`After a login with ${whole}, the app's roster lacks ${missing} of them.`);
    }
    const read = studentsReadOf(scene, sections, arrival.mark).length;
    if (read === 0) {
      return warn(`A teacher with ${whole} logged in after ${seconds} s, and the app read the students of no section.`);
    }
    return read < SECTIONS
      ? fail(`Of ${SECTIONS} sections, the app read the students of ${read}.`)
      : pass(`A teacher with ${whole} logged in after ${seconds} s, and the app read all of them.`);
  },
};

function makeClasses({ people, world, library }: VisitScene, teacher: SandboxPerson) {
  const students: string[] = [];
  const sections = Array.from({ length: SECTIONS }, () => {
    const taught = Array.from({ length: STUDENTS_PER_SECTION }, () => people.make(world, { district: library }));
    students.push(...taught.map(({ id }) => id));
    return people.section({ district: library, teacher, students: taught });
  });
  return { sections, students };
}

/** The district of a teacher connects the app. */
export const districtWins: VisitProbe = {
  kind: 'visit',
  id: 'library.district-wins',
  needs: ['whoami'],
  after: ['library.login', 'sso.match'],
  async run(scene) {
    const { app, people, world, library } = scene;
    const teacher = people.make(world, { district: library, roles: ['teacher'] });
    people.section({ district: library, teacher, students: [] });
    const before = await app.whoami((await arrive(scene, teacher, { by: 'library' })).visitor);
    library.connect();
    try {
      const arrival = await arrive(scene, teacher, { by: 'portal' });
      const after = await app.whoami(arrival.visitor);
      if (before !== undefined && before === after) {
        return pass('After the district had connected the app, the teacher had the same account.');
      }
      return after === undefined
        ? review(
            'Does a teacher whose district connects the app get to the account that came from the Library?',
            `After the district had connected the app, the teacher was not logged in at once. ${(await whyNotIn(scene, arrival)) ?? ''}`,
          )
        : fail('After the district had connected the app, the teacher had a second account.');
    } finally {
      library.disconnect();
    }
  },
};
