import { setTimeout as sleep } from 'node:timers/promises';
import { ClosedPipe, type CommandIo } from './io.js';

/**
 * The process itself.
 *
 * @param interruptedCode - The exit code when a second Ctrl+C ends the process at once.
 */
export function processIo(interruptedCode: number): CommandIo {
  const { stdin, stdout, stderr, env } = process;
  const stopping = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (stopping.signal.aborted) {
        // A second Ctrl+C means that the user does not want to wait for an orderly end.
        process.exit(interruptedCode);
      }
      stopping.abort();
    });
  }
  // Without a listener, a reader that goes away would end the process with a stack trace; writes report it as well.
  stdout.on('error', () => undefined);
  stderr.on('error', () => undefined);
  return {
    env,
    nodeVersion: process.versions.node,
    signal: stopping.signal,
    terminal: {
      showsOutput: stdout.isTTY === true,
      get columns() {
        // A terminal that does not know its width says 0.
        return stdout.isTTY === true ? stdout.columns || 80 : undefined;
      },
      get errorColumns() {
        return stderr.isTTY === true ? stderr.columns || 80 : undefined;
      },
      hasColor: stdout.isTTY === true && stdout.hasColors(),
      progress: stderr.isTTY === true && env['TERM'] !== 'dumb' ? stderr : undefined,
    },
    out: (text) =>
      new Promise((resolve, reject) => {
        stdout.write(text, (error) => (error ? reject(writeFailure(error)) : resolve()));
      }),
    err: (text) => void stderr.write(text),
    now: () => Date.now(),
    sleep: (milliseconds, signal) => {
      const signals = signal === undefined ? [stopping.signal] : [stopping.signal, signal];
      return sleep(milliseconds, undefined, { signal: AbortSignal.any(signals) });
    },
    askSecret: async (question) => {
      if (stdin.isTTY !== true || stderr.isTTY !== true) {
        return undefined;
      }
      // Loaded when needed: most runs ask for nothing.
      const { askSecret } = await import('./ask-secret.js');
      return await askSecret(question, stopping);
    },
    confirm: async (question) => {
      if (stdin.isTTY !== true || stderr.isTTY !== true) {
        return undefined;
      }
      const { confirm, isCancel } = await import('@clack/prompts');
      const answer = await confirm({ message: question, initialValue: false, output: stderr, signal: stopping.signal });
      return isCancel(answer) ? false : answer;
    },
    openBrowser: async (url) => {
      const { default: open } = await import('open');
      const child = await open(url);
      // A machine without a browser reports that only after the start.
      child.on('error', () => undefined);
    },
  };
}

function writeFailure(error: Error): Error {
  return (error as NodeJS.ErrnoException).code === 'EPIPE' ? new ClosedPipe() : error;
}
