import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import type { CommandIo } from '../terminal/io.js';
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
 * @throws {@link CommandFailure} when the file cannot be read.
 */
export async function readSettings(io: CommandIo, file: string | undefined): Promise<Settings> {
  const fromFile = file === undefined ? {} : parseEnv(await readSettingsFile(file));
  const found = Object.entries(VARIABLES).flatMap(([name, variable]) => {
    const value = [io.env[variable], fromFile[variable]].map((text) => text?.trim()).find((text) => text);
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(found) as Settings;
}

async function readSettingsFile(file: string): Promise<string> {
  try {
    // Editors on Windows begin a file with a byte order mark, which would become part of the first name.
    return (await readFile(file, 'utf8')).replace(/^\uFEFF/u, '');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CommandFailure(`--settings ${file} cannot be read (${code ?? 'unknown'}).`, EXIT.usage);
  }
}
