import { readFile } from 'node:fs/promises';
import { writeWhole } from '../atomic-file.js';
import { EXIT } from '../exit-codes.js';
import { CommandFailure } from '../failure.js';

/** Keeps the id of the last event that was printed. */
export async function savePosition(file: string, after: string): Promise<void> {
  await writeWhole(file, `${JSON.stringify({ version: 1, after })}\n`);
}

/**
 * The id that was kept; `undefined` where there is no file yet.
 *
 * @throws {@link CommandFailure} for a file of another kind.
 */
export async function loadPosition(file: string): Promise<string | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
  const after = /^\{"version":1,"after":"(?<after>[\da-f]{24})"\}\s*$/iu.exec(text)?.groups?.['after'];
  if (after === undefined) {
    throw new CommandFailure(`${file} is not a checkpoint of this command. Remove it, or name another.`, EXIT.usage);
  }
  return after;
}
