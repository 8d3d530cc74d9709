import { readFile } from 'node:fs/promises';
import type { Verdict } from '../../../certify/index.js';
import { decodeText } from '../../../util/decode-text.js';
import { isObject } from '../../../util/is-object.js';
import { parseJson } from '../../../util/parse-json.js';
import { EXIT } from '../../session/exit-codes.js';
import { CommandFailure } from '../../session/failure.js';
import { visible } from '../../terminal/visible.js';

/**
 * Reads the file of `--expect`: a JSON object with ids of probes and their verdicts. Which ids and verdicts exist is
 * checked by the run, before it sends anything.
 *
 * @throws {@link CommandFailure} when it cannot be read, or is no such object.
 */
export async function readExpectations(file: string): Promise<Readonly<Record<string, Verdict>>> {
  const json = parseJson(await readText(file));
  if (!isObject(json)) {
    throw new CommandFailure(
      `--expect ${visible(file)} is no JSON object of probes and verdicts: { "sso.logout": "fail" }.`,
      EXIT.usage,
    );
  }
  return json as Readonly<Record<string, Verdict>>;
}

async function readText(file: string): Promise<string> {
  try {
    return decodeText(await readFile(file));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CommandFailure(`--expect ${visible(file)} cannot be read (${code ?? 'unknown'}).`, EXIT.usage);
  }
}
