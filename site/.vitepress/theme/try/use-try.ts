import { reactive } from 'vue';
import type { FaultName } from './playground/faults.ts';
import { DEFAULT_SEED, type Seed } from './playground/limits.ts';
import type { OutputLine } from './playground/output.ts';
import type { LogRow, Playground } from './playground/playground.ts';
import { Session, type Thread } from './session.ts';

/** How long a run may take before it is stopped, in milliseconds. */
const TIME_LIMIT_MS = 20_000;

/** What all panels of the page show of the one sandbox. */
interface TryState {
  phase: 'starting' | 'ready' | 'failed';
  /** Why the sandbox does not run, when it does not. */
  problem: string;
  /** Whether a run is under way; another one waits for its end. */
  isBusy: boolean;
  seed: Seed;
  /** What goes wrong in every run. */
  faults: FaultName[];
  roster: Awaited<ReturnType<Playground['roster']>> | undefined;
  requests: readonly LogRow[];
  /** Counts the sandboxes, for panels that show something of the present one. */
  generation: number;
}

export const tryState: TryState = reactive({
  phase: 'starting',
  problem: '',
  isBusy: false,
  seed: DEFAULT_SEED,
  faults: [],
  roster: undefined,
  requests: [],
  generation: 0,
});

export const session = new Session(
  () => new Worker(new URL('./worker/worker.ts', import.meta.url), { type: 'module' }) as Thread,
);

let started: Promise<void> | undefined;

/** Starts the sandbox, once, however many panels ask for it. */
export function startTry(): Promise<void> {
  started ??= makeSandbox(tryState.seed);
  return started;
}

/** Makes a sandbox in place of the present one. */
export async function makeSandbox(seed: Seed): Promise<void> {
  tryState.phase = 'starting';
  try {
    const { seed: number, students } = seed; // a plain copy: what is reactive cannot be sent
    await session.call('make', [{ seed: number, students }]);
    tryState.seed = { seed: number, students };
    await refresh();
    tryState.generation += 1;
    tryState.phase = 'ready';
  } catch (error) {
    tryState.phase = 'failed';
    tryState.problem = messageOf(error);
  }
}

/** Reads what a run may have changed. */
export async function refresh(): Promise<void> {
  tryState.roster = await session.call('roster', []);
  tryState.requests = await session.call('requests', []);
}

/**
 * Runs something that prints, until it ends, is stopped, or takes too long.
 *
 * @param lines - Emptied, and filled while it runs.
 */
export async function runPrinting(
  lines: OutputLine[],
  run: (print: (line: OutputLine) => void) => Promise<unknown>,
): Promise<void> {
  tryState.isBusy = true;
  lines.length = 0;
  const limit = setTimeout(() => session.stop(`Stopped after ${TIME_LIMIT_MS / 1_000} seconds.`), TIME_LIMIT_MS);
  try {
    await session.call('setFaults', [[...tryState.faults]]);
    await run((line) => lines.push(line));
    await refresh();
  } catch (error) {
    lines.push({ kind: 'error', text: messageOf(error) });
    await makeSandbox(tryState.seed); // the thread has ended, and the sandbox with it
  } finally {
    clearTimeout(limit);
    tryState.isBusy = false;
  }
}

/** Stops the present run, also one that would never end. */
export function stop(): void {
  session.stop('Stopped. The sandbox has begun again from its seed.');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
