import { isCleverError } from '../../../index.js';
import { ASK, type Check, type Finding } from './check.js';
import type { DiagnosticTarget } from './diagnostic-target.js';

/** A check and what it found. */
export interface Examined extends Finding {
  readonly id: string;
  readonly title: string;
}

/** Runs the checks in their order. Skips those that depend on a failed check, and says which check that is. */
export async function examine(
  checks: readonly Check[],
  target: DiagnosticTarget,
  signal: AbortSignal,
): Promise<Examined[]> {
  const done = new Map<string, Examined>();
  for (const check of checks) {
    signal.throwIfAborted();
    const cause = causeOf(check, done);
    const finding =
      cause === undefined ? await runSafely(check, target, signal) : skipped(`not looked at: see ${cause.title}`);
    done.set(check.id, { id: check.id, title: check.title, ...finding });
  }
  return [...done.values()];
}

/** Returns the earlier check because of which this one is skipped. */
function causeOf({ needs, explainedBy = [] }: Check, done: ReadonlyMap<string, Examined>): Examined | undefined {
  const missing = needs.find((id) => !['ok', 'warning'].includes(done.get(id)?.verdict ?? ''));
  return done.get(missing ?? explainedBy.find((id) => done.get(id)?.verdict === 'failed') ?? '');
}

/** Makes the finding of a check that was skipped. */
export function skipped(seen: string): Finding {
  return { verdict: 'skipped', seen };
}

async function runSafely(check: Check, target: DiagnosticTarget, signal: AbortSignal): Promise<Finding> {
  try {
    return await check.run(target);
  } catch (error) {
    signal.throwIfAborted();
    if (!isCleverError(error)) {
      throw error;
    }
    if (error.code === 'rate_limit') {
      return skipped("not looked at: the token's budget is spent, see Rate limit");
    }
    return {
      verdict: 'failed',
      seen: 'Clever answered in a way that this check does not expect',
      cause: error.message,
      whatToDo: error.isRetryable ? 'Try again in a minute.' : 'Run doctor with --verbose for the requests.',
      whomToAsk: ASK.clever,
    };
  }
}
