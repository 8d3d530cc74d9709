import type { SandboxPerson } from '../../../sandbox/index.js';
import { fail, pass, review } from '../findings.js';
import type { VisitProbe, VisitScene } from '../probe.js';
import { type Arrival, arrive, whyNotIn } from '../visits/arrival.js';
import { whyNotFriendly } from '../visits/screen.js';
import { missingFrom } from './classroom.js';

/** A teacher adds the app, and comes back by every way in. */
export const login: VisitProbe = {
  kind: 'visit',
  id: 'library.login',
  after: ['sso.code-grant', 'sso.portal-login'],
  async run(scene) {
    const { app, people, world, library } = scene;
    const teacher = people.make(world, { district: library, roles: ['teacher'] });
    people.section({ district: library, teacher, students: [] });
    const ways = ['library', 'portal', ...(app.hasLoginButton ? (['button'] as const) : [])] as const;
    for (const by of ways) {
      const problem = await whyNotIn(scene, await arrive(scene, teacher, { by }));
      if (problem !== undefined) {
        return fail(`A teacher of the Library could not log in by the ${by}. ${problem}`);
      }
    }
    return pass(`A teacher of the Library logged in by the ${ways.join(', the ')}.`);
  },
};

/** A teacher whom the app has never seen. */
export const provisionTeacher: VisitProbe = {
  kind: 'visit',
  id: 'library.provision-teacher',
  after: ['library.login'],
  async run(scene) {
    const { people, stage, world, library } = scene;
    const teacher = people.make(world, { district: library, roles: ['teacher'] });
    const students = makeStudents(scene, 3);
    const section = people.section({ district: library, teacher, students });
    const arrival = await arrive(scene, teacher, { by: 'library' });
    const problem = await whyNotIn(scene, arrival);
    if (problem !== undefined) {
      return fail(`A teacher with a class could not log in. ${problem}`);
    }
    const reads = stage.witness.since(arrival.mark).calls.filter(({ path }) => path.endsWith('/sections'));
    if (reads.length === 0) {
      return fail('The teacher is logged in, and the app has read none of the teacher’s classes.');
    }
    const missing = await missingFrom(scene, [teacher.id, section]);
    return missing === 0
      ? pass('A teacher whom the app had never seen is logged in, and the app has read the classes.')
      : fail(`The app's roster lacks the teacher or the section after the login: ${missing} of 2.`);
  },
};

/** A student of a teacher who has logged in. */
export const provisionStudent: VisitProbe = {
  kind: 'visit',
  id: 'library.provision-student',
  after: ['library.login', 'library.provision-teacher'],
  async run(scene) {
    const { people, world, library } = scene;
    const teacher = people.make(world, { district: library, roles: ['teacher'] });
    const students = makeStudents(scene, 3);
    people.section({ district: library, teacher, students });
    await arrive(scene, teacher, { by: 'library' });
    const missing = await missingFrom(
      scene,
      students.map(({ id }) => id),
    );
    if (missing > 0) {
      return fail(`After the teacher's login, the app's roster lacks ${missing} of the 3 students of the class.`);
    }
    const [student] = students as [SandboxPerson];
    const arrival = await arrive(scene, student, { by: 'portal' });
    const problem = await whyNotIn(scene, arrival);
    return problem === undefined
      ? pass('After the teacher, a student of the class logged in from the portal.')
      : notForStudents(scene, arrival, problem);
  },
};

/** A teacher who has no sections. */
export const noSections: VisitProbe = {
  kind: 'visit',
  id: 'library.no-sections',
  after: ['library.login'],
  async run(scene) {
    const { people, world, library } = scene;
    const teacher = people.make(world, { district: library, roles: ['teacher'] });
    const problem = await whyNotIn(scene, await arrive(scene, teacher, { by: 'library' }));
    return problem === undefined
      ? pass('A teacher without sections logged in.')
      : fail(`A teacher without sections could not log in. ${problem}`);
  },
};

/** A student comes first. */
export const studentFirst: VisitProbe = {
  kind: 'visit',
  id: 'library.student-first',
  after: ['library.login'],
  async run(scene) {
    const { people, world, library } = scene;
    const teacher = people.make(world, { district: library, roles: ['teacher'] });
    const [student] = makeStudents(scene, 1) as [SandboxPerson];
    people.section({ district: library, teacher, students: [student] });
    // The teacher adds the app at Clever, and closes the page before it arrives.
    const visitor = await scene.newVisitor();
    await scene.app.takeFirstCallback(visitor, teacher, 'library');
    const arrival = await arrive(scene, student, { by: 'portal' });
    const problem = await whyNotIn(scene, arrival);
    if (problem === undefined) {
      return pass('A student whose teacher has not logged in yet was let in.');
    }
    const { page } = arrival.login;
    const unfriendly = scene.stage.isClever(page.url) ? problem : whyNotFriendly(scene, page);
    return unfriendly === undefined
      ? pass('A student whose teacher has not logged in yet saw a page that is no error.')
      : fail(`A student came before the teacher. ${unfriendly}`);
  },
};

/** Few fields, and empty ones. */
export const sparse: VisitProbe = {
  kind: 'visit',
  id: 'library.sparse',
  after: ['library.login', 'library.provision-teacher', 'sso.missing-fields'],
  async run(scene) {
    const { people, world, library } = scene;
    const teacher = people.make(world, { district: library, roles: ['teacher'], sparse: true });
    const students = [
      people.make(world, { district: library, last: '', sparse: true }),
      people.make(world, { district: library, first: '', last: '', sparse: true }),
    ];
    people.section({ district: library, teacher, students, sparse: true });
    const problem = await whyNotIn(scene, await arrive(scene, teacher, { by: 'library' }));
    return problem === undefined
      ? pass('A teacher without an e-mail address, whose students lack last names and grades, logged in.')
      : fail(
          `A teacher without an e-mail address, with a section without a subject and students without last names, could not log in. ${problem}`,
        );
  },
};

function makeStudents({ people, world, library }: VisitScene, count: number): SandboxPerson[] {
  return Array.from({ length: count }, () => people.make(world, { district: library, roles: ['student'] }));
}

/** A student who is not in: an app may be for teachers only, when its page says so. */
function notForStudents(scene: VisitScene, { login: { page } }: Arrival, problem: string) {
  const unfriendly = scene.stage.isClever(page.url) ? problem : whyNotFriendly(scene, page);
  return unfriendly === undefined
    ? review('Is it meant that students cannot use the app?', `A student saw a page that is no error. ${problem}`)
    : fail(`After the teacher, a student of the class could not log in from the portal. ${problem}`);
}
