import { fail, pass, warn } from '../findings.js';
import type { SyncProbe } from '../probe.js';
import { fillOrdinary, oneDistrict } from './ordinary.js';

const CURRENT = ['v3.0', 'v3.1'];

/** Every path that the app reads has a version, and a current one. */
export const apiVersion: SyncProbe = {
  kind: 'sync',
  id: 'sync.api-version',
  needs: ['sync'],
  after: ['sync.on-demand'],
  districts: oneDistrict,
  async *run(scene) {
    fillOrdinary(scene, scene.districts[0]);
    yield 'sync';
    const paths = scene.stage.witness.since().calls.map(({ path }) => path);
    const versions = [...new Set(paths.flatMap((path) => /^\/(v\d[\d.]*)\//u.exec(path)?.[1] ?? []))].sort();
    const old = versions.filter((version) => !CURRENT.includes(version));
    if (old.length > 0) {
      return fail(`The app asked for paths of ${old.join(', ')}. Current versions are ${CURRENT.join(' and ')}.`);
    }
    if (versions.length === 0) {
      return warn('The app asked for no path with a version.');
    }
    return versions.length === 1
      ? pass(`Every path that the app asked for is of ${versions[0]}.`)
      : warn(`The app mixes ${versions.join(' and ')}, in which ids are the same and some members are not.`);
  },
};
