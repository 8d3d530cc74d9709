import { fail, pass, warn } from '../findings.js';
import type { SyncProbe } from '../probe.js';
import { fillOrdinary, oneDistrict } from './ordinary.js';
import { describeDifference, differenceOf, listed, look, withKept } from './snapshot.js';

/** The app's command exists, ends well, and brings an ordinary district. */
export const onDemand: SyncProbe = {
  kind: 'sync',
  id: 'sync.on-demand',
  company: 'first',
  needs: ['sync'],
  districts: oneDistrict,
  async *run(scene) {
    const [district] = scene.districts;
    const { students } = fillOrdinary(scene, district);
    const outcome = yield 'sync';
    if (scene.options.rosterCommand === undefined) {
      return outcome.ok ? pass(outcome.text) : fail(outcome.text);
    }
    const snapshot = await look(scene, district);
    if (!students.some((id) => snapshot.known.isActive(id))) {
      return fail([outcome.text, 'None of the students of an ordinary district is active in the roster after it.'], {
        advice:
          'Check that the sync reads the districts of `clever.oauth.districtTokens()` at the sandbox, and that the roster command prints {"cleverId", "kind", "active"}, a JSON object per line.',
      });
    }
    const before = withKept(snapshot);
    const difference = describeDifference(differenceOf(before, snapshot));
    if (difference.length > 0) {
      return fail([outcome.text, ...difference]);
    }
    const kept = listed([...snapshot.shared.records.values()].filter((record) => before.keeps(record)));
    const evidence = [outcome.text, `The app's roster has ${kept} of an ordinary district.`];
    return outcome.ok
      ? pass(evidence)
      : warn(evidence, {
          advice:
            'Let the command end with 0 when it has done its work. A district that is no longer connected is no error: it may have been one of an earlier run.',
        });
  },
};
