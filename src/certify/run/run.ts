import { requirementOf } from '../catalogue/index.js';
import type { Requirement } from '../catalogue/requirement.js';
import { CertifyError } from '../error.js';
import { skipped } from '../probes/findings.js';
import { PROBES } from '../probes/index.js';
import { NotTried, type Probe, type SyncProbe, type VisitProbe } from '../probes/probe.js';
import type { Finding, ProbeResult, Suite, Verdict } from '../verdict.js';
import { AppTrouble } from '../visitor/visitor.js';
import { type LockstepEnd, runInLockstep } from './lockstep.js';
import { whatIsMissing } from './needs.js';
import type { Session } from './session.js';
import { openVisitWorld, visit } from './visits.js';

/** Runs the probes of one suite, in their order, and adds what only a person can answer. */
export class Runner {
  readonly #session: Session;
  readonly #results = new Map<string, ProbeResult>();
  /** Probes that were not tried, because another one failed. */
  readonly #blocked = new Set<string>();
  readonly #isWanted: (id: string) => boolean;

  constructor(session: Session, isWanted: (id: string) => boolean) {
    this.#session = session;
    this.#isWanted = isWanted;
  }

  get results(): ReadonlyMap<string, ProbeResult> {
    return this.#results;
  }

  /** Runs a suite. `requirements`: all of its requirements, in the order of the report. */
  async runSuite(suite: Suite, requirements: readonly Requirement[]): Promise<void> {
    const wanted = requirements.filter(({ id }) => this.#isWanted(id));
    this.#session.emit({ kind: 'suite_started', suite, probes: wanted.length });
    const probes = PROBES.filter(({ id }) => wanted.some((requirement) => requirement.id === id));
    const visits = probes.filter((probe): probe is VisitProbe => probe.kind === 'visit');
    const syncs = probes.filter((probe): probe is SyncProbe => probe.kind === 'sync');
    await this.#runVisits(visits);
    await this.#runSyncs(syncs);
    for (const { id, by, question } of wanted) {
      if (by === 'person' && !this.#results.has(id)) {
        const asked: Finding = { verdict: 'review', evidence: [], question };
        this.#end(id, asked, 0);
      }
    }
  }

  async #runVisits(probes: readonly VisitProbe[]): Promise<void> {
    if (probes.length === 0) {
      return;
    }
    const world = openVisitWorld(this.#session);
    for (const probe of probes) {
      await this.#tryProbe(probe, () => visit(this.#session, probe, { world, hasFailed: (id) => this.#hasFailed(id) }));
    }
  }

  async #runSyncs(probes: readonly SyncProbe[]): Promise<void> {
    const [first, together, alone] = [[], [], []] as SyncProbe[][] as [SyncProbe[], SyncProbe[], SyncProbe[]];
    for (const probe of probes) {
      const missing = whatIsMissing(probe, this.#session);
      if (missing !== undefined) {
        this.#end(probe.id, skipped(missing), 0);
      } else {
        (probe.company === 'first' ? first : probe.company === 'none' ? alone : together).push(probe);
      }
    }
    await this.#runEachAlone(first);
    // An app that cannot cope with several districts at once says nothing about the probes that share a run.
    const mayShare = first.every(({ id }) => this.#results.get(id)?.verdict !== 'fail');
    await (mayShare ? this.#runTogether(together) : this.#runEachAlone(together));
    await this.#runEachAlone(alone);
  }

  async #runEachAlone(probes: readonly SyncProbe[]): Promise<void> {
    for (const probe of probes) {
      await this.#runAlone(probe);
    }
  }

  async #runTogether(probes: readonly SyncProbe[]): Promise<void> {
    if (probes.length === 0) {
      return;
    }
    for (const { id } of probes) {
      this.#session.emit({ kind: 'probe_started', id, title: requirementOf(id).title });
    }
    const begin = performance.now();
    const ends = await runInLockstep(this.#session, probes);
    const durationMs = performance.now() - begin;
    for (const probe of probes) {
      const end = ends.find((candidate) => candidate.probe === probe);
      const because = this.#whatFailedBefore(probe);
      if (because !== undefined) {
        this.#end(probe.id, skipped(because), durationMs);
      } else if (end === undefined || 'isUnclear' in end) {
        await this.#runAlone(probe);
      } else {
        this.#end(probe.id, this.#findingOf(end), durationMs);
      }
    }
  }

  async #runAlone(probe: SyncProbe): Promise<void> {
    await this.#tryProbe(probe, async () => {
      const [end] = await runInLockstep(this.#session, [probe]);
      return end === undefined ? skipped('The probe ended without a finding.') : this.#findingOf(end);
    });
  }

  async #tryProbe(probe: Probe, run: () => Promise<Finding>): Promise<void> {
    const { id } = probe;
    this.#session.emit({ kind: 'probe_started', id, title: requirementOf(id).title });
    const begin = performance.now();
    const because = whatIsMissing(probe, this.#session) ?? this.#whatFailedBefore(probe);
    const finding =
      because === undefined ? await run().catch((error: unknown) => this.#findingOf({ error })) : skipped(because);
    this.#end(id, finding, performance.now() - begin);
  }

  #hasFailed(id: string): boolean {
    return this.#results.get(id)?.verdict === 'fail' || this.#blocked.has(id);
  }

  #whatFailedBefore({ id, after = [] }: Probe): string | undefined {
    const failed = after.find((one) => this.#hasFailed(one));
    if (failed === undefined) {
      return undefined;
    }
    this.#blocked.add(id);
    return this.#blocked.has(failed)
      ? `Not tried, because ${failed} could not be tried either.`
      : `Not tried, because ${failed} failed: what it found would make this fail, too.`;
  }

  #findingOf(end: LockstepEnd | { readonly error: unknown }): Finding {
    if ('finding' in end) {
      return end.finding;
    }
    const error = 'error' in end ? end.error : undefined;
    if (error instanceof AppTrouble) {
      return { verdict: 'fail', evidence: [error.message] };
    }
    if (error instanceof NotTried) {
      return skipped(error.message);
    }
    this.#session.signal.throwIfAborted();
    if (error instanceof CertifyError) {
      throw error;
    }
    const name = error instanceof Error ? error.name : 'error';
    // A run that has not tried what it was to try must not end well.
    return {
      verdict: 'fail',
      evidence: [`The probe itself could not be carried out (${name}). This says nothing about the app.`],
      advice: 'Please report it to the authors of clever-sdk, with the command that repeats it.',
    };
  }

  #end(id: string, finding: Finding, durationMs: number): void {
    const { suite, title, requirement, source, advice, question } = requirementOf(id);
    const { witness } = this.#session.stage;
    const expected = this.#session.resolved.expect[id];
    const result: ProbeResult = {
      id,
      suite,
      title,
      requirement,
      source,
      verdict: finding.verdict,
      evidence: finding.evidence.map((sentence) => witness.redact(sentence)),
      advice: finding.advice ?? advice,
      question: finding.verdict === 'review' ? (finding.question ?? question) : undefined,
      screenshots: finding.screenshots ?? [],
      readings: finding.readings ?? [],
      repeat: repeatOf(id, this.#session),
      expected,
      durationMs: Math.round(durationMs),
    };
    this.#results.set(id, result);
    this.#session.emit({ kind: 'probe_ended', result });
  }
}

/** How many results have each verdict. */
export function countVerdicts(results: readonly ProbeResult[]): Record<Verdict, number> {
  const counts: Record<Verdict, number> = { pass: 0, fail: 0, warn: 0, review: 0, skipped: 0 };
  for (const { verdict } of results) {
    counts[verdict] += 1;
  }
  return counts;
}

function repeatOf(id: string, { options, resolved }: Session): string {
  const quoted = (value: string): string =>
    /^[\w./:@%+=,-]+$/u.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
  const numberOf = (value: number | undefined): string | undefined => (value === undefined ? undefined : String(value));
  const secondsOf = (value: number | undefined): string | undefined => numberOf(value && value / 1_000);
  const named = (flag: string, value: unknown): string[] => (typeof value === 'string' ? [flag, quoted(value)] : []);
  return [
    'certify',
    ...named('--app', resolved.app.origin),
    ...named('--suite', id.split('.')[0]),
    ...named('--only', id),
    ...named('--seed', String(resolved.seed)),
    ...named('--login-url', options.loginUrl),
    ...named('--whoami', options.whoami),
    ...named('--logout-url', options.logoutUrl),
    ...(options.redirectUris ?? []).flatMap((uri) => named('--redirect-uri', uri)),
    ...named('--sync-command', options.syncCommand),
    ...named('--roster-command', options.rosterCommand),
    ...named('--purge-command', options.purgeCommand),
    ...named('--lms-command', options.lmsCommand),
    ...named('--cwd', options.cwd),
    ...named('--browser', options.browser),
    ...named('--browser-path', options.browserPath),
    ...named('--port', numberOf(options.port)),
    ...named('--client-id', options.clientId),
    ...named('--answer-time', secondsOf(options.answerMs)),
    ...named('--command-time', secondsOf(options.commandMs)),
    ...named('--i-own-this-app', options.iOwnThisApp),
  ].join(' ');
}
