import type { SandboxDistrict } from '../../sandbox/index.js';
import { PeopleMaker } from '../clever/people.js';
import type { SyncOutcome, SyncProbe } from '../probes/probe.js';
import type { Finding } from '../verdict.js';
import type { Session } from './session.js';

/** What became of a probe that ran with others. */
export type LockstepEnd =
  | { readonly probe: SyncProbe; readonly finding: Finding }
  /** It threw. */
  | { readonly probe: SyncProbe; readonly error: unknown }
  /** A sync that all probes waited for failed, so that no one knows because of which. */
  | { readonly probe: SyncProbe; readonly isUnclear: true };

interface Running {
  readonly probe: SyncProbe;
  readonly steps: AsyncGenerator<'sync', Finding, SyncOutcome>;
}

/**
 * Runs sync probes side by side, each in districts of its own: all go on until they wait for the app's sync, which then
 * runs once for all of them.
 */
export async function runInLockstep(session: Session, probes: readonly SyncProbe[]): Promise<readonly LockstepEnd[]> {
  let running = stageOf(session, probes);
  const ended: LockstepEnd[] = [];
  let outcome: SyncOutcome | undefined;
  try {
    while (running.length > 0) {
      const waiting: Running[] = [];
      for (const one of running) {
        const end = await step(one, outcome);
        if (end === undefined) {
          waiting.push(one);
        } else {
          ended.push(end);
        }
      }
      running = waiting;
      if (running.length > 0) {
        outcome = await session.sync(running.length);
        if (!outcome.ok && probes.length > 1) {
          ended.push(...running.map(({ probe }) => ({ probe, isUnclear: true as const })));
          return ended;
        }
      }
    }
    return ended;
  } finally {
    session.stage.world.sandbox.faults.clear();
    await session.closeVisitors();
    await Promise.allSettled(running.map(({ steps }) => steps.return(undefined as never)));
  }
}

/** Goes on to where the probe waits for a sync; returns its end when it does not wait any more. */
async function step({ probe, steps }: Running, outcome: SyncOutcome | undefined): Promise<LockstepEnd | undefined> {
  try {
    const next = outcome === undefined ? await steps.next() : await steps.next(outcome);
    return next.done === true ? { probe, finding: next.value } : undefined;
  } catch (error) {
    return { probe, error };
  }
}

function stageOf(session: Session, probes: readonly SyncProbe[]): Running[] {
  const { stage, app, options, resolved } = session;
  const makers = probes.map((probe) => new PeopleMaker(resolved.seed, probe.id));
  const sources = probes.map((probe, index) => probe.districts(makers[index] ?? new PeopleMaker(0, '')));
  const world = stage.openWorld(sources.flat());
  let first = 0;
  return probes.map((probe, index) => {
    const count = sources[index]?.length ?? 0;
    const districts = world.districts.slice(first, first + count) as unknown as readonly [
      SandboxDistrict,
      ...SandboxDistrict[],
    ];
    first += count;
    const steps = probe.run({
      stage,
      world,
      app,
      districts,
      people: makers[index] ?? new PeopleMaker(0, ''),
      options,
      roster: () => session.roster(),
      purge: (districtId) => session.purge(districtId),
      lms: (variables) => session.lms(variables),
      newVisitor: () => session.newVisitor(),
    });
    return { probe, steps };
  });
}
