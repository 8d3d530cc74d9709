import type { Sandbox, SandboxState } from '../../../sandbox/index.js';
import { readJson, writeWhole } from '../../session/atomic-file.js';
import { EXIT } from '../../session/exit-codes.js';
import { CommandFailure } from '../../session/failure.js';
import type { CommandIo } from '../../terminal/io.js';

/** The shortest time between two saves; a crash loses at most the changes of that time. */
const INTERVAL_MS = 2_000;

/** A sandbox as it is kept in a file: what it was made of, and what has changed since. */
interface KeptSandbox {
  readonly version: 1;
  readonly seed?: number | undefined;
  readonly students?: number | undefined;
  readonly districts?: number | undefined;
  readonly state: SandboxState;
}

/** What a sandbox was made of, as the command was asked. */
export type Origin = Pick<KeptSandbox, 'seed' | 'students' | 'districts'>;

/**
 * Reads the file of an earlier run; `undefined` when it does not exist yet.
 *
 * @throws {@link CommandFailure} for a file of another kind, or one that another user may have put there; neither is
 * overwritten.
 */
export async function readStateFile(file: string): Promise<KeptSandbox | undefined> {
  const kept = (await readJson(file)) as KeptSandbox | undefined;
  if (kept === undefined) {
    return undefined;
  }
  if (kept.version !== 1 || typeof kept.state !== 'object') {
    throw new CommandFailure(`${file} holds no sandbox. Remove it, or name another file.`, EXIT.usage);
  }
  return kept;
}

/** Keeps a sandbox in a file while the command runs: each change within seconds, and the last one at the end. */
export class StateFile {
  readonly #file: string;
  readonly #sandbox: Sandbox;
  readonly #origin: Origin;
  #written: string | undefined;

  constructor(file: string, sandbox: Sandbox, origin: Origin) {
    this.#file = file;
    this.#sandbox = sandbox;
    this.#origin = origin;
  }

  /** Writes the file as a whole when something has changed. It holds tokens, so only its owner may read it. */
  async save(): Promise<void> {
    const kept: KeptSandbox = { version: 1, ...this.#origin, state: this.#sandbox.snapshot() };
    const text = `${JSON.stringify(kept)}\n`;
    if (text !== this.#written) {
      await writeWhole(this.#file, text);
      this.#written = text;
    }
  }

  /** Saves again and again until the command is to end. */
  async saveUntilStopped(io: CommandIo): Promise<void> {
    while (!io.signal.aborted) {
      try {
        await io.sleep(INTERVAL_MS);
      } catch {
        return;
      }
      // A full disk may have room again in a while; if it has not, the end of the command says so.
      await this.save().catch(() => undefined);
    }
  }
}
