import fc from 'fast-check';
import { expect, it } from 'vitest';
import { small } from '../support.js';
import { commands, run } from './commands.js';
import { eventsOf, flatten, follow, readReplica } from './replica.js';

const NOW = Date.UTC(2026, 8, 15, 12);
/** How often each property is tried; many more times when it was written. */
const RUNS = 8;
/** Trying takes its time on a busy machine. */
const PATIENCE_MS = 60_000;
const make = () => small({ districts: [{ seed: 5, students: 24 }], clock: () => NOW });

it(
  'whatever happens, a copy that follows the events is what the API shows, and names nobody who is not there',
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
  'whatever happens behind a pause or in a school that is not shared, in the end it is as if neither had been',
  async () => {
    await fc.assert(
      fc.asyncProperty(commands(['events', 'share', 'resume', 'advance']), async (all) => {
        const [sandbox, twin] = [make(), make()];
        const [district] = sandbox.districts;
        const isHidden = ({ what }: { what: string }): boolean => what === 'pause' || what === 'unshare';
        const visible = all.filter((one) => !isHidden(one));
        // Whom a number picks depends on who is seen: so everything is done first that is hidden afterwards.
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
