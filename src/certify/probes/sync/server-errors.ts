import { emptyDistrict } from '../../clever/school-maker.js';
import { isFromApp } from '../../clever/shared.js';
import { fail, pass, warn } from '../findings.js';
import { NotTried, type SyncProbe } from '../probe.js';
import { fillOrdinary } from './ordinary.js';
import { describeDifference, differenceOf, look, lookBefore } from './snapshot.js';

/** What goes wrong, each in a district of its own. */
const TROUBLES = [
  { said: '503 twice', fault: { status: 503, times: 2 } },
  { said: 'an answer that ended in the middle', fault: { truncateBody: true } },
  { said: 'a connection that broke', fault: { resetConnection: true } },
] as const;

/** Clever fails for a moment: the sync is completed, and nothing is taken for gone. */
export const serverErrors: SyncProbe = {
  kind: 'sync',
  id: 'sync.server-errors',
  needs: ['sync', 'roster'],
  after: ['sync.on-demand', 'sync.districts-apart'],
  districts: (people) => {
    const [first, ...others] = TROUBLES.map((_, index) => emptyDistrict(people, `Trouble ${index + 1}`));
    return first === undefined ? [emptyDistrict(people)] : [first, ...others];
  },
  async *run(scene) {
    const filled = scene.districts.map((district) => ({ district, ...fillOrdinary(scene, district) }));
    yield 'sync';
    const before = await Promise.all(filled.map(({ district }) => lookBefore(scene, district)));
    const faults = filled.map(({ district, make, school, teachers }, index) => {
      make.section({ school, teacher: teachers[0] ?? '', students: make.students(3, school) });
      return scene.world.sandbox.faults.add({
        ...TROUBLES[index]?.fault,
        districtId: district.id,
        when: (request) => isFromApp(request) && /\/(?:users|events)$/u.test(new URL(request.url).pathname),
      });
    });
    const differences = async () =>
      await Promise.all(
        filled.map(async ({ district }, index) => {
          const start = before[index];
          return start === undefined ? undefined : differenceOf(start, await look(scene, district));
        }),
      );
    yield 'sync';
    const afterOne = await differences();
    const harmed = TROUBLES.filter((_, index) =>
      afterOne[index]?.missing.some(({ id }) => before[index]?.shared.records.has(id) === true),
    );
    if (harmed.length > 0) {
      return fail(harmed.map(({ said }) => `After ${said}, records that Clever still shares were no longer active.`));
    }
    const open = TROUBLES.filter((_, index) => (afterOne[index]?.missing.length ?? 0) > 0).map(({ said }) => said);
    const untried = TROUBLES.filter((_, index) => faults[index]?.happened === 0).map(({ said }) => said);
    if (open.length === 0 && untried.length > 0) {
      throw new NotTried(`The sync made no request that could be answered by ${untried.join(', ')}.`);
    }
    if (open.length === 0) {
      return pass(`The sync was completed in spite of ${TROUBLES.map(({ said }) => said).join(', ')}.`);
    }
    const outcome = yield 'sync';
    const afterTwo = await differences();
    const lost = TROUBLES.flatMap(({ said }, index) => {
      const difference = afterTwo[index];
      const sentences = difference === undefined ? [] : describeDifference(difference);
      return sentences.length === 0 ? [] : [`After ${said}:`, ...sentences];
    });
    return lost.length === 0
      ? warn(`The run of the sync was not completed after ${open.join(', ')}; the next one was.`)
      : fail(['Neither this run of the sync nor the next one was completed.', ...lost, outcome.text]);
  },
};
