import { VERSION } from '../version.js';
import { CATALOGUE } from './catalogue/index.js';
import { CertifyError } from './error.js';
import type { CertifyOptions } from './options.js';
import type { Certification } from './report/certification.js';
import { checkOptions } from './run/check-options.js';
import { observedFacts } from './run/facts.js';
import { countVerdicts, Runner } from './run/run.js';
import { Session } from './run/session.js';
import { waitForApp } from './run/wait.js';
import { wantedProbes } from './run/wanted.js';
import { isProblem } from './verdict.js';

/**
 * Tries an app as Clever would before it is certified.
 *
 * A sandbox plays Clever at `http://127.0.0.1:<port>`, and does wrong on purpose. The app under test must be pointed at
 * it by four variables, which the event `listening` has; the run waits until the app's first request proves that
 * they are in force. Nothing is sent to Clever. A visitor goes to no host but the app's and this machine; in a browser,
 * pages load scripts and pictures from wherever they have them.
 *
 * @returns The verdict of every probe. What an app does wrong is no error.
 * @throws {@link CertifyError} for wrong options, an app that must not be tried or does not answer, and for a limit
 * that was reached; the signal's reason after an abort.
 *
 * @example
 * ```ts no-run
 * import { certify } from 'clever-sdk/certify';
 *
 * const { probes, ok } = await certify({ app: 'http://localhost:3000', suites: ['sso'], whoami: '/api/me#id' });
 * console.log(ok, probes.filter(({ verdict }) => verdict === 'fail').map(({ id, evidence }) => [id, evidence]));
 * ```
 */
export async function certify(options: CertifyOptions): Promise<Certification> {
  const resolved = checkOptions(options);
  const startedAt = new Date();
  const begin = performance.now();
  const limit = AbortSignal.timeout(resolved.timeoutMs);
  const signal = options.signal === undefined ? limit : AbortSignal.any([options.signal, limit]);
  const isWanted = wantedProbes(options.only, resolved.suites);
  const session = await Session.open(options, resolved, signal);
  try {
    session.emit({ kind: 'listening', url: session.stage.url, variables: session.stage.variables });
    await waitForApp(session);
    const runner = new Runner(session, isWanted);
    for (const suite of resolved.suites) {
      await runner.runSuite(
        suite,
        CATALOGUE.filter((requirement) => requirement.suite === suite),
      );
    }
    const probes = CATALOGUE.flatMap(({ id }) => runner.results.get(id) ?? []);
    return {
      app: resolved.app.origin,
      suites: resolved.suites,
      probes,
      counts: countVerdicts(probes),
      ok: !probes.some(isProblem),
      facts: observedFacts(session.stage.witness, session.app.rolesSeen),
      seed: resolved.seed,
      browser: options.browser,
      startedAt: startedAt.toISOString(),
      durationMs: Math.round(performance.now() - begin),
      version: VERSION,
    };
  } catch (error) {
    if (limit.aborted && options.signal?.aborted !== true) {
      throw new CertifyError(
        'limit',
        `The run did not end in ${resolved.timeoutMs / 1_000} s. Choose fewer probes by \`only\`, or raise \`timeoutMs\`.`,
      );
    }
    throw error;
  } finally {
    await session.close();
  }
}
