import type { SandboxDistrict } from '../../../sandbox/index.js';
import { AppTrouble } from '../../visitor/visitor.js';
import { fail, pass } from '../findings.js';
import type { SyncProbe, SyncScene } from '../probe.js';
import { fillOrdinary, twoDistricts } from './ordinary.js';
import { describeDifference, differenceOf, look, lookBefore } from './snapshot.js';

/** One district pauses its uploads to Clever, another what goes to the app. */
export const pause: SyncProbe = {
  kind: 'sync',
  id: 'sync.pause',
  needs: ['sync', 'roster'],
  after: ['sync.on-demand', 'sync.districts-apart', 'sync.archive'],
  districts: twoDistricts,
  async *run(scene) {
    const paused = scene.districts.map((district, index) => ({
      district,
      sync: index === 0 ? ('sis' as const) : ('app' as const),
      name: index === 0 ? 'a SIS sync pause' : 'an App Sync Pause',
      ...fillOrdinary(scene, district),
    }));
    yield 'sync';
    const before = await Promise.all(paused.map(({ district }) => lookBefore(scene, district)));
    const couldLogIn: boolean[] = [];
    for (const { district, teachers } of paused) {
      couldLogIn.push(await logsIn(scene, district, teachers[0]));
    }
    for (const { district, sync, make, school, students } of paused) {
      district.pause({ sync });
      district.users.delete(students[0] ?? '');
      make.student(school);
    }
    yield 'sync';
    const during = await look(scene, scene.districts[0]);
    for (const [index, { name }] of paused.entries()) {
      const records = [...(before[index]?.shared.records.values() ?? [])];
      const gone = records.filter((record) => before[index]?.keeps(record) && !during.known.isActive(record.id));
      if (gone.length > 0) {
        return fail(`During ${name}, ${gone.length} records were archived, though Clever still shares them.`);
      }
    }
    for (const [index, { district, name, teachers }] of paused.entries()) {
      if (couldLogIn[index] === true && !(await logsIn(scene, district, teachers[0]))) {
        return fail(`During ${name}, a teacher who could log in before could not.`);
      }
      district.resume();
    }
    const outcome = yield 'sync';
    for (const [index, { district, name }] of paused.entries()) {
      const start = before[index];
      const wrong = start === undefined ? [] : describeDifference(differenceOf(start, await look(scene, district)));
      if (wrong.length > 0) {
        return fail([`After ${name} had ended:`, ...wrong, outcome.text]);
      }
    }
    const login = couldLogIn.includes(true) ? ', and a teacher could log in' : '';
    return pass(
      `During a SIS sync pause and an App Sync Pause nothing was archived${login}; afterwards the roster is Clever’s.`,
    );
  },
};

/** Whether a teacher gets in from the portal; `false` for an app whose logins cannot be tried. */
async function logsIn(
  { app, stage, world, newVisitor }: SyncScene,
  { id: districtId }: SandboxDistrict,
  teacher: string | undefined,
): Promise<boolean> {
  const person = world.sandbox.people({ districtId, role: 'teacher', limit: 100 }).find(({ id }) => id === teacher);
  if (person === undefined || !app.saysWho || stage.redirectUris.length === 0) {
    return false;
  }
  try {
    const visitor = await newVisitor();
    const { isAtApp } = await app.logIn(visitor, person, 'portal');
    return isAtApp && (await app.whoami(visitor)) !== undefined;
  } catch (error) {
    if (error instanceof AppTrouble) {
      return false;
    }
    throw error;
  }
}
