import { spawn } from 'node:child_process';

/** A command of the app. */
export interface CommandRun {
  readonly command: string;
  readonly cwd: string;
  /** Added to the environment of this process. */
  readonly variables: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** How a command ended. */
export interface CommandEnd {
  /** `undefined` when it was ended because its time was over. */
  readonly exitCode: number | undefined;
  readonly output: string;
  /** The last part of its standard error. */
  readonly errors: string;
  readonly durationMs: number;
}

const MOST_OUTPUT = 256 * 1024 * 1024;
const MOST_ERRORS = 4_000;
/** How long a command has to end by itself after it was asked to. */
const GRACE_MS = 2_000;

/** Runs a command of the app in a shell. Whatever happens, nothing of it runs on after this returns. */
export async function runCommand({ command, cwd, variables, timeoutMs, signal }: CommandRun): Promise<CommandEnd> {
  signal.throwIfAborted();
  const begin = performance.now();
  const child = spawn(command, {
    cwd,
    env: { ...process.env, ...variables },
    shell: true,
    // A process group of its own, so that what the shell starts can be ended with it.
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [output, errors, isLate] = ['', '', false];
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output = output.length < MOST_OUTPUT ? output + chunk : output;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    errors = (errors + chunk).slice(-MOST_ERRORS);
  });
  const end = (name: NodeJS.Signals): void => endGroup(child.pid, name);
  let force: NodeJS.Timeout | undefined;
  const stop = (): void => {
    end('SIGTERM');
    force ??= setTimeout(() => end('SIGKILL'), GRACE_MS);
  };
  const timer = setTimeout(() => {
    isLate = true;
    stop();
  }, timeoutMs);
  signal.addEventListener('abort', stop, { once: true });
  // When this process ends in the middle, as after a second Ctrl+C, there is no time to ask.
  const kill = (): void => end('SIGKILL');
  process.once('exit', kill);
  try {
    const exitCode = await new Promise<number>((resolve) => {
      child.once('error', () => resolve(127));
      child.once('exit', (code) => {
        // What the command started and did not end would keep its output open. `close` follows when all of it was read.
        end('SIGKILL');
        const leave = setTimeout(() => resolve(code ?? 1), GRACE_MS);
        child.once('close', () => {
          clearTimeout(leave);
          resolve(code ?? 1);
        });
      });
    });
    signal.throwIfAborted();
    return { exitCode: isLate ? undefined : exitCode, output, errors, durationMs: performance.now() - begin };
  } finally {
    clearTimeout(timer);
    clearTimeout(force);
    signal.removeEventListener('abort', stop);
    process.off('exit', kill);
    end('SIGKILL');
    child.stdout.destroy();
    child.stderr.destroy();
  }
}

function endGroup(pid: number | undefined, name: NodeJS.Signals): void {
  if (pid === undefined) {
    return;
  }
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, name);
  } catch {
    // It has ended.
  }
}
