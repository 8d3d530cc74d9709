import { randomBytes } from 'node:crypto';
import { lstat, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CleverConfigError } from '../../errors/config.js';
import { isObject } from '../../util/is-object.js';
import { parseJson } from '../../util/parse-json.js';

/** The file by which a folder is known to be a recording, and what it says. */
const MARKER = 'recording.json';
const FORMAT = 'clever-sdk recording';
/** Every file that a recording has. */
const OWN_FILE = /^(?:recording\.json|report\.txt|[a-z]+-\d{4}\.json)$/u;

/** The files of a recording: name and content. */
export type Files = ReadonlyMap<string, string>;

/** What {@link MARKER} contains. */
export function markerOf(details: object): [string, string] {
  return [MARKER, jsonText({ format: FORMAT, version: 1, ...details })];
}

/** JSON that is comfortable to compare. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/**
 * Refuses a folder that a recording must not replace.
 *
 * @throws `CleverConfigError` for a file or a link, and for a folder that has anything but a recording in it.
 */
export async function assertReplaceable(folder: string): Promise<void> {
  const found = await lstat(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') {
      return undefined;
    }
    throw error;
  });
  if (found === undefined) {
    return;
  }
  if (!found.isDirectory()) {
    throw refusal('is no folder');
  }
  const names = await readdir(folder);
  if (names.length === 0) {
    return;
  }
  const marker = names.includes(MARKER) ? parseJson(await readFile(join(folder, MARKER), 'utf8')) : undefined;
  if (!isObject(marker) || marker['format'] !== FORMAT) {
    throw refusal('is no recording');
  }
  if (names.some((name) => !OWN_FILE.test(name))) {
    throw refusal('has files that are not part of a recording');
  }
}

/**
 * Writes a recording, in place of an earlier one. The folder appears when all files of it are written.
 *
 * @throws `CleverConfigError` as {@link assertReplaceable} does.
 */
export async function writeFolder(folder: string, files: Files): Promise<void> {
  await assertReplaceable(folder);
  const suffix = randomBytes(6).toString('hex');
  const [unfinished, former] = [`${resolve(folder)}.unfinished-${suffix}`, `${resolve(folder)}.former-${suffix}`];
  try {
    await mkdir(unfinished, { recursive: true });
    for (const [name, text] of files) {
      await writeFile(join(unfinished, name), text);
    }
    const hadFormer = await rename(folder, former).then(
      () => true,
      () => false,
    );
    try {
      await rename(unfinished, folder);
    } catch (error) {
      await rename(former, folder).catch(() => undefined);
      throw error;
    }
    if (hadFormer) {
      await rm(former, { recursive: true });
    }
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
}

function refusal(why: string): CleverConfigError {
  return new CleverConfigError(
    `The folder for the recording exists and ${why}, so nothing was written. Pass \`out\` a folder that does not exist yet, or one with an earlier recording.`,
  );
}
