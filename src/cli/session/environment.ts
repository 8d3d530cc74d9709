import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { decodeText } from '../../util/decode-text.js';
import type { CommandIo } from '../terminal/io.js';
import { visible } from '../terminal/visible.js';
import { closestTo } from './closest.js';
import { EXIT } from './exit-codes.js';
import { CommandFailure } from './failure.js';

/** The variables that are read, as in `.env.example`. */
export const VARIABLES = {
  clientId: 'CLEVER_CLIENT_ID',
  clientSecret: 'CLEVER_CLIENT_SECRET',
  redirectUri: 'CLEVER_REDIRECT_URI',
  districtToken: 'CLEVER_DISTRICT_TOKEN',
  libraryToken: 'CLEVER_LIBRARY_TOKEN',
  apiOrigin: 'CLEVER_API_ORIGIN',
  authOrigin: 'CLEVER_AUTH_ORIGIN',
} as const;

/** What was found; an empty variable counts as absent. */
export type Settings = { readonly [Name in keyof typeof VARIABLES]?: string };

/**
 * Reads the settings from the environment and, where a variable is absent there, from a file. Only {@link VARIABLES}
 * are read: the file may be the `.env` of an app, and its other variables have no effect on the command.
 *
 * @throws {@link CommandFailure} when the file cannot be read, or has none of them: the command would then ask the real
 * Clever, which is not what a person who names a file wants.
 */
export async function readSettings(io: CommandIo, file: string | undefined): Promise<Settings> {
  const fromFile = file === undefined ? {} : await variablesIn(file);
  const found = Object.entries(VARIABLES).flatMap(([name, variable]) => {
    const value = [io.env[variable], fromFile[variable]].map((text) => text?.trim()).find((text) => text);
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(found) as Settings;
}

async function variablesIn(file: string): Promise<Readonly<Record<string, string | undefined>>> {
  const variables = parseEnv(await readSettingsFile(file));
  const known = Object.values(VARIABLES);
  const names = Object.keys(variables);
  for (const name of names.filter((one) => /^CLEVER_/iu.test(one) && !known.includes(one as (typeof known)[number]))) {
    const meant = closestTo(name, known);
    if (meant !== undefined && !names.includes(meant)) {
      throw new CommandFailure(
        `--settings ${visible(file)}: a variable is misspelt. Did you mean ${meant}?`,
        EXIT.usage,
      );
    }
  }
  if (!known.some((name) => names.includes(name))) {
    throw new CommandFailure(
      `--settings ${visible(file)} has no variable that this command reads: ${known.join(', ')}.`,
      EXIT.usage,
    );
  }
  return variables;
}

async function readSettingsFile(file: string): Promise<string> {
  try {
    return decodeText(await readFile(file));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CommandFailure(`--settings ${visible(file)} cannot be read (${code ?? 'unknown'}).`, EXIT.usage);
  }
}
