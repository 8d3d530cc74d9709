import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Task, Word } from './task.js';

/** A worker in a process of its own. */
export class FleetProcess {
  readonly name: string;
  /** What it has said. */
  readonly words: Word[] = [];
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;
  readonly #started: Promise<void>;
  #errors = '';
  #isKilled = false;

  constructor(task: Task, clockShiftMs = 0) {
    this.name = task.name;
    const shift = clockShiftMs === 0 ? [] : ['--import', './test/sync/fleet/shift-clock.ts'];
    const imports = [...shift, '--import', './scripts/resolve-sources.ts'];
    this.#child = spawn(process.execPath, [...imports, 'test/sync/fleet/worker.ts'], {
      env: {
        ...process.env,
        WORKER: JSON.stringify(task),
        CLOCK_SHIFT_MS: String(clockShiftMs),
        // A third of the start's time: many are started.
        NODE_COMPILE_CACHE: join(tmpdir(), 'clever-sdk-fleet-cache'),
      },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#exited = once(this.#child, 'exit');
    this.#child.stderr?.on('data', (part: Buffer) => {
      this.#errors = (this.#errors + part.toString()).slice(-4_000);
    });
    const lines = createInterface({ input: this.#child.stdout as NonNullable<ChildProcess['stdout']> });
    this.#started = new Promise((resolve) => {
      lines.on('line', (line) => {
        const word = JSON.parse(line) as Word;
        this.words.push(word);
        if (word.says === 'started') {
          resolve();
        }
      });
    });
  }

  /** Waits until it works, or is gone. */
  async started(): Promise<void> {
    await Promise.race([this.#started, this.#exited]);
  }

  /** Ends it at once, in whatever it does. */
  async kill(): Promise<void> {
    this.#isKilled = true;
    this.#child.kill('SIGKILL');
    await this.#exited;
  }

  freeze(): void {
    this.#child.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child.kill('SIGCONT');
  }

  /** Asks it to stop, as a deploy does, and waits until it has. Returns what it said of that. */
  async stop(): Promise<Word | undefined> {
    this.#child.kill('SIGTERM');
    await this.#exited;
    return this.words.find(({ says }) => says === 'stopped');
  }

  /** Waits until it is gone. */
  async ended(): Promise<void> {
    await this.#exited;
  }

  get isGone(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** How it ended by itself, where no one asked it to; `undefined` when all is well. */
  get accident(): string | undefined {
    const isAccident = this.isGone && !this.#isKilled && this.#child.exitCode !== 0;
    return isAccident
      ? `${this.name} ended with ${this.#child.exitCode ?? this.#child.signalCode}: ${this.#errors}`
      : undefined;
  }
}

/** Workers that share a database. */
export class Fleet implements AsyncDisposable {
  readonly #task: Omit<Task, 'name'>;
  /** Every process that was ever started. */
  readonly #all: FleetProcess[] = [];

  constructor(task: Omit<Task, 'name'>) {
    this.#task = task;
  }

  /** Those that live. */
  get processes(): readonly FleetProcess[] {
    return this.#all.filter(({ isGone }) => !isGone);
  }

  /** The names of all that were ever started. */
  get names(): readonly string[] {
    return this.#all.map(({ name }) => name);
  }

  /** Those that ended without being asked to. */
  get accidents(): readonly string[] {
    return this.#all.flatMap(({ accident }) => accident ?? []);
  }

  start(changes: Partial<Task> = {}, clockShiftMs = 0): FleetProcess {
    const worker = new FleetProcess({ ...this.#task, name: `w${this.#all.length + 1}`, ...changes }, clockShiftMs);
    this.#all.push(worker);
    return worker;
  }

  /** Has all of them stop, as a deploy does. Returns what they said of it. */
  async stop(): Promise<readonly (Word | undefined)[]> {
    return Promise.all(this.processes.map((worker) => worker.stop()));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.processes.map((worker) => worker.kill()));
  }
}
