import { readJson, writeWhole } from '../../session/atomic-file.js';
import { EXIT } from '../../session/exit-codes.js';
import { CommandFailure } from '../../session/failure.js';

/** Saves the id of the last event that was printed. */
export async function savePosition(file: string, after: string): Promise<void> {
  await writeWhole(file, `${JSON.stringify({ version: 1, after })}\n`);
}

/**
 * The id that was saved; `undefined` when the file does not exist yet.
 *
 * @throws {@link CommandFailure} for a file of another kind, or one that another user may have put there.
 */
export async function loadPosition(file: string): Promise<string | undefined> {
  const kept = (await readJson(file)) as { readonly version?: unknown; readonly after?: unknown } | undefined;
  if (kept === undefined) {
    return undefined;
  }
  const { version, after } = kept;
  if (version !== 1 || typeof after !== 'string' || !/^[\da-f]{24}$/iu.test(after)) {
    throw new CommandFailure(`${file} is not a checkpoint of this command. Remove it, or name another.`, EXIT.usage);
  }
  return after;
}
