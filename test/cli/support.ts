import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FetchFunction } from 'clever-sdk';
import { createSandbox, type ListeningSandbox, type SandboxOptions } from 'clever-sdk/sandbox';
import { onTestFinished } from 'vitest';
import { run } from '../../src/cli/run.js';
import type { CommandIo } from '../../src/cli/terminal/io.js';
import { it as itWithSandbox } from '../support/fixtures.js';

/** The result of a command. */
export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** What a test puts in place of the environment, the network and the terminal. */
export interface World {
  readonly env?: Readonly<Record<string, string>>;
  /** Called after each write to standard output with all of the output so far; may stop the command with `stop`. */
  readonly onOut?: (out: string, stop: () => void) => void | Promise<void>;
  /** Called instead of waiting, with the milliseconds. Default: waits until the command is stopped. */
  readonly onSleep?: (milliseconds: number, stop: () => void) => void | Promise<void>;
  readonly onBrowser?: (url: string) => Promise<unknown>;
  /** What a person types at the terminal; without it there is no terminal. */
  readonly answer?: string;
  readonly now?: () => number;
  readonly nodeVersion?: string;
  readonly fetch?: FetchFunction;
  /** Ends the command when it is aborted, as Ctrl+C does. */
  readonly signal?: AbortSignal;
  /** Called after each write to standard error, with what was written. */
  readonly onErr?: (text: string) => void;
  readonly terminal?: Partial<CommandIo['terminal']>;
}

/** Runs the command line in this process. */
export async function runCommand(argv: readonly string[], world: World = {}): Promise<Outcome> {
  let [out, err] = ['', ''];
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  world.signal?.addEventListener('abort', stop, { once: true });
  const untilStopped = (signal: AbortSignal): Promise<void> =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
  const code = await run(argv, {
    out: async (text) => {
      out += text;
      await world.onOut?.(out, stop);
    },
    err: (text) => {
      err += text;
      world.onErr?.(text);
    },
    signal: stopping.signal,
    env: world.env ?? {},
    nodeVersion: world.nodeVersion ?? process.versions.node,
    terminal: {
      showsOutput: false,
      columns: undefined,
      errorColumns: undefined,
      hasColor: false,
      progress: undefined,
      ...world.terminal,
    },
    now: world.now ?? Date.now,
    sleep: async (milliseconds, signal) => {
      const signals = signal === undefined ? [stopping.signal] : [stopping.signal, signal];
      await (world.onSleep === undefined ? untilStopped(AbortSignal.any(signals)) : world.onSleep(milliseconds, stop));
      stopping.signal.throwIfAborted();
    },
    askSecret: async () => world.answer,
    confirm: async () => (world.answer === undefined ? undefined : world.answer === 'yes'),
    openBrowser: async (url) => {
      await world.onBrowser?.(url);
    },
    ...(world.fetch === undefined ? {} : { fetch: world.fetch }),
  });
  return { code, out, err };
}

/** A test whose sandbox has 40 students and listens on loopback, because commands reach Clever by its address. */
export const it = itWithSandbox
  .extend('sandboxOptions', { students: 40 } as SandboxOptions)
  .extend('sandbox', ({ sandbox }) => sandbox.listen());

/** Another sandbox on loopback, for the rest of the test. */
export async function sandboxFor(options: SandboxOptions): Promise<ListeningSandbox> {
  const sandbox = await createSandbox(options).listen();
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** The variables that `clever-sdk sandbox` prints, of which a test picks those that it needs. */
export function environmentOf(sandbox: ListeningSandbox, wanted: 'app' | 'token' | 'both' = 'both') {
  const { clientId, clientSecret, redirectUri, apiOrigin, authOrigin } = sandbox.clientOptions();
  return {
    CLEVER_API_ORIGIN: apiOrigin,
    CLEVER_AUTH_ORIGIN: authOrigin,
    ...(wanted === 'token'
      ? {}
      : { CLEVER_CLIENT_ID: clientId, CLEVER_CLIENT_SECRET: clientSecret, CLEVER_REDIRECT_URI: redirectUri }),
    ...(wanted === 'app' ? {} : { CLEVER_DISTRICT_TOKEN: sandbox.districts[0].token }),
  };
}

/** A folder for one test. */
export function folderFor(): string {
  const folder = mkdtempSync(join(tmpdir(), 'clever-sdk-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The lines of NDJSON. */
export function records(text: string): Record<string, unknown>[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
