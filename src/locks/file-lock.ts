import {
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, uptime } from 'node:os';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';

/** Who has a lock, as its file says. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the process began, as the machine counts it, so that a later process with the same number is another one. */
  readonly start: string | undefined;
  /** When it took the lock, in ISO 8601. Locks of earlier versions do not say it. */
  readonly since?: string;
  /** Tells apart two locks of one process. */
  readonly id: string;
}

/** A lock that this process has. */
export interface FileLock {
  /** Gives it back. Synchronous, because it is also called while the process exits. */
  release(): void;
}

/** Another process has the lock, and lives. */
export class LockHeldError extends Error {
  override get name(): string {
    return 'LockHeldError';
  }

  /** The number of that process; `undefined` when it is just being decided who has the lock. */
  readonly pid: number | undefined;

  /** @param holder - `undefined` when it is just being decided. */
  constructor(holder: Holder | undefined) {
    super(holder === undefined ? 'another process that is just starting' : textOf(holder));
    this.pid = holder?.pid;
  }
}

/** `process 4711, since 2026-11-29 07:08:09 UTC` */
function textOf({ pid, host, since }: Holder): string {
  const where = host === hostname() ? '' : ' on another machine';
  const time = since === undefined ? Number.NaN : Date.parse(since);
  const when = Number.isNaN(time) ? '' : `, since ${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  return `process ${Number(pid)}${where}${when}`;
}

/** How often a holder shows that it lives, to processes that cannot ask the system. */
const BEAT_MS = 10_000;
/** After which time without a beat a holder on another machine is taken for dead. */
const SILENCE_MS = 120_000;
/** How long a process may take between reading the lock and writing it; afterwards it is taken for dead. */
const DECISION_MS = 10_000;
/** How much the clock and the counted time since the start of a machine may differ. */
const CLOCK_MS = 60_000;
const POLL_MS = 20;

/**
 * Takes a lock that is a file. It ends with the process, however that ends: the lock of a dead one is taken over.
 *
 * @throws {@link LockHeldError} when a living process has it, this one included.
 */
export async function lockByFile(file: string): Promise<FileLock> {
  const mine: Holder = {
    pid: process.pid,
    host: hostname(),
    start: startOf(process.pid),
    since: new Date().toISOString(),
    id: crypto.randomUUID(),
  };
  await alone(`${file}.deciding`, () => {
    const holder = holderOf(file);
    if (holder !== undefined && isAlive(holder, file)) {
      throw new LockHeldError(holder);
    }
    const fresh = `${file}.${mine.id}`;
    writeFileSync(fresh, JSON.stringify(mine), { flag: 'wx' });
    renameSync(fresh, file);
  });
  const isMine = (): boolean => {
    try {
      return holderOf(file)?.id === mine.id;
    } catch {
      return false;
    }
  };
  const beat = setInterval(() => {
    if (isMine()) {
      ignoreMissing(() => utimesSync(file, new Date(), new Date()));
    }
  }, BEAT_MS);
  beat.unref();
  return {
    release: () => {
      clearInterval(beat);
      if (isMine()) {
        unlinkSync(file);
      }
    },
  };
}

/** Lets one process at a time read and write a lock, so that no two take over the same dead one. */
async function alone(gate: string, decide: () => void): Promise<void> {
  const giveUpAt = Date.now() + 2 * DECISION_MS;
  while (!enter(gate)) {
    if (Date.now() > giveUpAt) {
      throw new LockHeldError(undefined);
    }
    await sleep(POLL_MS);
  }
  try {
    decide();
  } finally {
    ignoreMissing(() => rmdirSync(gate));
  }
}

/** Creates the gate, or removes one that a killed process has left. */
function enter(gate: string): boolean {
  try {
    mkdirSync(gate);
    return true;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') {
      throw error;
    }
  }
  ignoreMissing(() => {
    if (Date.now() - statSync(gate).mtimeMs > DECISION_MS) {
      rmdirSync(gate);
    }
  });
  return false;
}

/** `undefined` for no lock, and for what no process can have written as one: no regular file, or not a whole one. */
function holderOf(file: string): Holder | undefined {
  let text: string;
  try {
    // Reading a named pipe would wait for ever.
    text = lstatSync(file).isFile() ? readFileSync(file, 'utf8') : '';
  } catch (error) {
    if (codeOf(error) === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
  try {
    const holder = JSON.parse(text) as Partial<Holder> | null;
    return Number.isSafeInteger(holder?.pid) ? (holder as Holder) : undefined;
  } catch {
    return undefined;
  }
}

function isAlive({ pid, host, start }: Holder, file: string): boolean {
  const lastBeatMs = statSync(file).mtimeMs;
  if (host !== hostname()) {
    return Date.now() - lastBeatMs < SILENCE_MS;
  }
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) !== 'EPERM') {
      return false;
    }
    // It lives, and belongs to another user.
  }
  const now = startOf(pid);
  if (start !== undefined && now !== undefined) {
    return start === now;
  }
  // Elsewhere than on Linux, a number counts only since the machine has started: before, it was another process's.
  return now !== DEAD && lastBeatMs > Date.now() - uptime() * 1_000 - CLOCK_MS;
}

/** A process that has ended and whose parent has not asked for its result yet. */
const DEAD = 'dead';

/** When a process began: known on Linux only. */
function startOf(pid: number): string | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /su, '')
      .split(' ');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return ['Z', 'X'].includes(fields[0] ?? '') ? DEAD : `${boot} ${fields[19]}`;
  } catch {
    return undefined;
  }
}

function ignoreMissing(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') {
      throw error;
    }
  }
}

function codeOf(error: unknown): unknown {
  return (error as { readonly code?: unknown }).code;
}
