import fc from 'fast-check';
import { expect, it } from 'vitest';
import { small } from '../support.js';
import { commands, run } from './commands.js';
import { eventsOf, flatten, follow, readReplica } from './replica.js';

const NOW = Date.UTC(2026, 8, 15, 12);
/** Runs of each property; many more were made when it was written. */
const RUNS = 8;
/** The runs take a while on a busy machine. */
const PATIENCE_MS = 60_000;
const make = () => small({ districts: [{ seed: 5, students: 24 }], clock: () => NOW });

it(
  'whatever happens, a copy that follows the events equals what the API shows, and names no record that is absent',
  async () => {
    await fc.assert(
      fc.asyncProperty(commands(['events', 'reconnect']), async (all) => {
        const sandbox = make();
        const copy = await readReplica(sandbox);
        await run(sandbox, all);
        expect(follow(copy, await eventsOf(sandbox))).toEqual([]);
        expect(flatten(copy)).toEqual(flatten(await readReplica(sandbox)));
      }),
      { numRuns: RUNS },
    );
  },
  PATIENCE_MS,
);

it(
  'whatever happens during a pause or in a school that is not shared, the end is the same as without either',
  async () => {
    await fc.assert(
      fc.asyncProperty(commands(['events', 'share', 'resume', 'advance']), async (all) => {
        const [sandbox, twin] = [make(), make()];
        const [district] = sandbox.districts;
        const isHidden = ({ what }: { what: string }): boolean => what === 'pause' || what === 'unshare';
        const visible = all.filter((one) => !isHidden(one));
        // The person that a number picks depends on who is visible, so everything that will be hidden is done first.
        await run(twin, visible);
        await run(sandbox, visible);
        await run(sandbox, all.filter(isHidden));
        district.resume();
        for (const school of district.unsharedSchools) {
          district.changes.shareSchool({ school });
        }
        const [after, expected] = [await readReplica(sandbox), await readReplica(twin)];
        expect({ ...flatten(after), districts: [] }).toEqual({ ...flatten(expected), districts: [] });
      }),
      { numRuns: RUNS },
    );
  },
  PATIENCE_MS,
);
