import type { SandboxDistrict } from '../../../sandbox/index.js';
import { readShared, type Shared } from '../../clever/shared.js';
import { markOf } from '../../clever/witness.js';
import { fail, pass } from '../findings.js';
import type { SyncProbe, SyncScene } from '../probe.js';
import { fillOrdinary, twoDistricts } from './ordinary.js';
import { look } from './snapshot.js';

const NONE: ReadonlySet<string> = new Set();

/** Two districts at once: each by its own token, no record under the other. */
export const districtsApart: SyncProbe = {
  kind: 'sync',
  id: 'sync.districts-apart',
  company: 'first',
  needs: ['sync', 'roster'],
  after: ['sync.on-demand'],
  districts: twoDistricts,
  async *run(scene) {
    const [one, other = one] = scene.districts;
    const filled = [one, other].map((district) => ({ district, students: fillOrdinary(scene, district).students }));
    const outcome = yield 'sync';
    const wrongToken = await idsAskedWithOtherToken(scene, [one, other], outcome.mark);
    if (wrongToken > 0) {
      return fail(`${wrongToken} requests asked for a record of one district with the token of the other.`);
    }
    const { known } = await look(scene, one);
    for (const { district, students } of filled) {
      const missing = students.filter((id) => !known.isActive(id)).length;
      if (missing > 0) {
        return fail([
          `${missing} of ${students.length} students of one of two districts are not in the roster. ${outcome.text}`,
          usesToken(scene, district, outcome.mark)
            ? "The district's own token was used."
            : "No request used that district's own token.",
        ]);
      }
    }
    if (!known.hasDistricts) {
      return pass(
        'Both districts arrived, each by its own token. The roster has no `districtId`, so whose the records are was not compared.',
      );
    }
    const [here = NONE, there = NONE] = filled.map(
      ({ students }) => new Set(students.flatMap((id) => known.districtsOf(id))),
    );
    // An app may print ids of its own, so what counts first is that they are different.
    const areMixed = [...here].some((id) => there.has(id)) || here.has(other.id) || there.has(one.id);
    return areMixed
      ? fail('By `districtId` in the roster, students of one district are under the other.')
      : pass('Both districts arrived, each by its own token, and no student is under the other district.');
  },
};

function usesToken({ stage }: SyncScene, { token }: SandboxDistrict, mark: number): boolean {
  return stage.witness.since(mark).calls.some(({ tokenMark }) => tokenMark === markOf(token));
}

/** How many requests named a record of one district and carried the token of the other. */
async function idsAskedWithOtherToken(
  { stage, world }: SyncScene,
  [one, other]: readonly [SandboxDistrict, SandboxDistrict],
  mark: number,
): Promise<number> {
  const shared: readonly (readonly [string, Shared])[] = [
    [markOf(one.token), await readShared(world, other)],
    [markOf(other.token), await readShared(world, one)],
  ];
  return stage.witness
    .since(mark)
    .calls.filter(({ tokenMark, rawPath }) =>
      shared.some(
        ([token, { records }]) => tokenMark === token && rawPath.split('/').some((part) => records.has(part)),
      ),
    ).length;
}
