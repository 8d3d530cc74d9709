import type { SandboxDistrict } from '../../sandbox/index.js';
import { PeopleMaker } from '../clever/people.js';
import type { RosterLine } from '../options.js';
import type { SyncOutcome, SyncProbe } from '../probes/probe.js';
import type { Finding } from '../verdict.js';
import type { Session } from './session.js';

/** What became of a probe that ran with others. */
export type LockstepEnd =
  | { readonly probe: SyncProbe; readonly finding: Finding }
  /** It threw. */
  | { readonly probe: SyncProbe; readonly error: unknown }
  /** It found a fault while the app's sync failed for some probe, so that no one knows because of which. */
  | { readonly probe: SyncProbe; readonly isUnclear: true };

interface Running {
  readonly probe: SyncProbe;
  readonly steps: AsyncGenerator<'sync', Finding, SyncOutcome>;
}

/**
 * Runs sync probes side by side, each in districts of its own: all go on until they wait for the app's sync, which then
 * runs once for all of them. A sync may fail because of one district and still do its work in the others, so the probes
 * go on; but what they find wrong from then on counts only when they find it alone.
 */
export async function runInLockstep(session: Session, probes: readonly SyncProbe[]): Promise<readonly LockstepEnd[]> {
  const known = new LatestRoster(session);
  let running = stageOf(session, probes, known);
  const ended: LockstepEnd[] = [];
  let outcome: SyncOutcome | undefined;
  let hasFailed = false;
  try {
    while (running.length > 0) {
      const waiting: Running[] = [];
      for (const one of running) {
        const end = await step(one, outcome);
        if (end === undefined) {
          waiting.push(one);
        } else {
          ended.push(hasFailed && probes.length > 1 && !isGood(end) ? { probe: one.probe, isUnclear: true } : end);
        }
      }
      running = waiting;
      if (running.length > 0) {
        known.forget();
        outcome = await session.sync(running.length);
        hasFailed ||= !outcome.ok;
      }
    }
    return ended;
  } finally {
    session.stage.world.sandbox.faults.clear();
    await session.closeVisitors();
    await Promise.allSettled(running.map(({ steps }) => steps.return(undefined as never)));
  }
}

/** What the app knows after its latest command: read once for all probes that ask. */
class LatestRoster {
  readonly #session: Session;
  #lines: Promise<readonly RosterLine[]> | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  read(): Promise<readonly RosterLine[]> {
    this.#lines ??= this.#session.roster();
    return this.#lines;
  }

  /** The app is about to learn something. */
  forget(): void {
    this.#lines = undefined;
  }
}

function isGood(end: LockstepEnd): boolean {
  return 'finding' in end && end.finding.verdict !== 'fail' && end.finding.verdict !== 'warn';
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

function stageOf(session: Session, probes: readonly SyncProbe[], known: LatestRoster): Running[] {
  const { stage, app, options, resolved } = session;
  const makers = probes.map((probe) => new PeopleMaker(resolved.seed, probe.id));
  const sources = probes.map((probe, index) => probe.districts(makers[index] ?? new PeopleMaker(0, '')));
  const world = stage.openWorld(sources.flat(), probes[0]?.clockSlowMs ?? 0);
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
      roster: () => known.read(),
      purge: (districtId) => {
        known.forget();
        return session.purge(districtId);
      },
      lms: (variables) => session.lms(variables),
      newVisitor: () => session.newVisitor(),
    });
    return { probe, steps };
  });
}
