import type { SharedKind } from '../../clever/shared.js';
import { pass, review } from '../findings.js';
import type { SyncProbe } from '../probe.js';
import { fillOrdinary, oneDistrict } from './ordinary.js';
import { lookBefore } from './snapshot.js';

const LIST = /^\/v3\.\d\/(schools|terms|courses|users|sections|resources)$/u;

/** Which lists the app reads, and which of them it keeps nothing of. */
export const unneededData: SyncProbe = {
  kind: 'sync',
  id: 'sync.unneeded-data',
  needs: ['sync', 'roster'],
  after: ['sync.on-demand'],
  districts: oneDistrict,
  async *run(scene) {
    const [district] = scene.districts;
    const { make, students } = fillOrdinary(scene, district);
    make.contact(students[0] ?? '');
    const { mark } = yield 'sync';
    const before = await lookBefore(scene, district);
    const { calls } = scene.stage.witness.since(mark);
    const read = [...new Set(calls.flatMap(({ path }) => LIST.exec(path)?.[1] ?? []))].sort();
    const records = [...before.shared.records.values()];
    const keeps = (kind: string): boolean =>
      records.some((record) => record.kind === (kind as SharedKind) && before.keeps(record));
    const unused = read.filter((kind) => !keeps(kind));
    const readsAll = calls.some(({ path, query }) => LIST.exec(path)?.[1] === 'users' && !query.has('role'));
    const unusedRoles = [
      ...new Set(records.filter(({ kind }) => kind === 'users').flatMap(({ roles }) => roles)),
    ].filter((role) => readsAll && !records.some((record) => record.roles.includes(role) && before.keeps(record)));
    const evidence = `The app reads ${read.join(', ')}.`;
    return unused.length + unusedRoles.length === 0
      ? pass(`${evidence} Its roster has records of all of them.`)
      : review(
          `The roster has nothing of: ${[...unused, ...unusedRoles].join(', ')}. Does the app need them? If not, ask districts not to share them.`,
          evidence,
        );
  },
};
