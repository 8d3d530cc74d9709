import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Answer, Job } from './job.ts';

const CHILD = fileURLToPath(new URL('child.ts', import.meta.url));

/** What became of a job: the process's answer, or why none came. */
export type Outcome = Answer | { readonly timedOut: true } | { readonly ended: string };

/** Processes that run jobs, each for one job at a time. */
export class Pool implements AsyncDisposable {
  readonly #root: string;
  readonly #timeLimitMs: number;
  readonly #idle: ChildProcess[] = [];

  constructor(root: string, timeLimitMs: number) {
    this.#root = root;
    this.#timeLimitMs = timeLimitMs;
  }

  /** Runs a job in a process that runs nothing else, and whose earlier jobs have left nothing running. */
  async run(job: Job): Promise<Outcome> {
    const child = this.#idle.pop() ?? this.#start();
    const limit = AbortSignal.timeout(this.#timeLimitMs);
    const settled = new AbortController();
    const signal = AbortSignal.any([limit, settled.signal]);
    child.send(job);
    try {
      const outcome = await Promise.race([
        once(child, 'message', { signal }).then(([answer]) => answer as Answer),
        once(child, 'exit', { signal }).then(([code, how]) => ({
          ended: `its process ended with ${how ?? `code ${code}`}`,
        })),
      ]);
      if ('isClean' in outcome && outcome.isClean) {
        this.#idle.push(child);
      } else {
        await kill(child);
      }
      return outcome;
    } catch (error) {
      await kill(child);
      if (limit.aborted) {
        return { timedOut: true };
      }
      throw error;
    } finally {
      settled.abort();
    }
  }

  #start(): ChildProcess {
    return fork(CHILD, [this.#root], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      env: { PATH: process.env['PATH'], NODE_ENV: 'test', NO_COLOR: '1', TZ: 'UTC' },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#idle.splice(0).map(kill));
  }
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
}
