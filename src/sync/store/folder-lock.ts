import {
  mkdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { CleverSyncError } from '../../errors/sync.js';

/** Who holds a folder. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the process began, as the machine counts it, so that a later process with the same number is another one. */
  readonly start: string | undefined;
  /** Tells apart two openings by one process. */
  readonly id: string;
}

/** A folder that this process holds. */
export interface FolderLock {
  /** Gives the folder free. Synchronous, because it is also called while the process exits. */
  release(): void;
}

/** How often a holder shows that it lives, to processes on other machines. */
const BEAT_MS = 10_000;
/** After which time without a beat a holder on another machine is taken for dead. */
const SILENCE_MS = 120_000;
/** How long a process may take between reading the lock and writing it; afterwards it is taken for dead. */
const DECISION_MS = 10_000;
const POLL_MS = 20;

/** What the names of our own files in a folder begin with. */
export const OWN = 'clever-sdk.';

/**
 * Locks a folder for this process, by a file in it. A lock whose process is dead is taken over.
 *
 * @throws {@link CleverSyncError} `sync_folder_locked` with the number of the process that holds it.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const file = join(folder, `${OWN}lock`);
  const mine: Holder = {
    pid: process.pid,
    host: hostname(),
    start: startOf(process.pid),
    id: crypto.randomUUID(),
  };
  await alone(`${file}.deciding`, () => {
    const holder = holderOf(file);
    if (holder !== undefined && isAlive(holder, file)) {
      throw new CleverSyncError('sync_folder_locked', { values: { pid: holder.pid } });
    }
    const fresh = `${file}.${mine.id}`;
    writeFileSync(fresh, JSON.stringify(mine));
    renameSync(fresh, file);
  });
  const beat = setInterval(() => {
    if (holderOf(file)?.id === mine.id) {
      utimesSync(file, new Date(), new Date());
    }
  }, BEAT_MS);
  beat.unref();
  return {
    release: () => {
      clearInterval(beat);
      if (holderOf(file)?.id === mine.id) {
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
      throw new CleverSyncError('sync_folder_locked', { values: { pid: 'unknown' } });
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

/** `undefined` for no lock, and for a file that is not a whole one. */
function holderOf(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

function isAlive({ pid, host, start }: Holder, file: string): boolean {
  if (host !== hostname()) {
    return Date.now() - statSync(file).mtimeMs < SILENCE_MS;
  }
  try {
    process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM'; // it lives, and belongs to another user
  }
  const now = startOf(pid);
  return start === undefined || now === undefined ? now !== DEAD : start === now;
}

/** A process that has ended and whose parent has not asked for its result yet. */
const DEAD = 'dead';

/** When a process began: known on Linux only. Elsewhere its number alone has to do. */
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
