import {
  createSandbox,
  districtFromCsv,
  type ListeningSandbox,
  type Sandbox,
  SandboxError,
} from '../../../sandbox/index.js';
import { omitUndefined } from '../../../util/omit-undefined.js';
import { EXIT } from '../../session/exit-codes.js';
import { CommandFailure } from '../../session/failure.js';
import type { CommonOptions } from '../../session/options.js';
import type { CommandIo } from '../../terminal/io.js';
import { untilStopped } from '../../terminal/stopped.js';
import { visible, visibleJson } from '../../terminal/visible.js';
import { type Origin, readStateFile, StateFile } from './state-file.js';

/** Options of `clever-sdk sandbox`. */
export interface SandboxCommandOptions extends CommonOptions {
  readonly port: number;
  readonly hosts?: readonly string[];
  readonly seed?: number;
  readonly students?: number;
  readonly csv?: string;
  readonly state?: string;
}

/** Starts a sandbox, prints what to use it with, and keeps it until the command is to end. */
export async function runSandbox(io: CommandIo, options: SandboxCommandOptions): Promise<void> {
  const { sandbox, stateFile } = await makeSandbox(options);
  const listening = await listen(sandbox, options);
  try {
    // At once, so that a file that cannot be written is reported now and not at the end.
    await stateFile?.save();
    await io.out(options.json === true ? `${visibleJson(credentialsOf(listening))}\n` : welcome(listening, options));
    await (stateFile === undefined ? untilStopped(io.signal) : stateFile.saveUntilStopped(io));
  } finally {
    await listening.close();
  }
  // Nothing changes any more.
  await stateFile?.save();
  if (options.json !== true) {
    await io.out('Stopped.\n');
  }
}

interface Made {
  readonly sandbox: Sandbox;
  readonly stateFile: StateFile | undefined;
}

async function makeSandbox({ seed, students, csv, state }: SandboxCommandOptions): Promise<Made> {
  if (csv !== undefined && students !== undefined) {
    throw new CommandFailure(
      '--students is for invented districts: with --csv, the files say who there is.',
      EXIT.usage,
    );
  }
  const kept = state === undefined ? undefined : await readStateFile(state);
  const origin: Origin = {
    seed: seed ?? kept?.seed,
    students: students ?? (csv === undefined ? kept?.students : undefined),
  };
  try {
    const sandbox = createSandbox(
      omitUndefined({
        ...origin,
        districts: csv === undefined ? undefined : [await districtFromCsv(csv)],
        state: kept?.state,
      }),
    );
    return { sandbox, stateFile: state === undefined ? undefined : new StateFile(state, sandbox, origin) };
  } catch (error) {
    // It says what is wrong with files or state, without a value.
    throw error instanceof SandboxError ? new CommandFailure(error.message) : error;
  }
}

async function listen(sandbox: Sandbox, { port, hosts }: SandboxCommandOptions): Promise<ListeningSandbox> {
  try {
    return await sandbox.listen(omitUndefined({ port, hosts }));
  } catch (error) {
    if (error instanceof SandboxError) {
      throw new CommandFailure('--hosts takes host names without scheme and port, such as sandbox.test.', EXIT.usage);
    }
    const { code } = error as NodeJS.ErrnoException;
    throw new CommandFailure(
      code === 'EADDRINUSE'
        ? `port ${port} is taken. Choose another with --port, or --port 0 for any free one.`
        : `the sandbox could not start on port ${port}${typeof code === 'string' ? ` (${code})` : ''}.`,
    );
  }
}

/** What to put into `.env`: variables and values. They open nothing but this sandbox, so they may be shown. */
function variablesOf(sandbox: ListeningSandbox): Readonly<Record<string, string>> {
  const { clientId, clientSecret, redirectUri, apiOrigin, authOrigin } = sandbox.clientOptions();
  const connected = sandbox.districts.find(({ connection }) => connection !== 'library');
  return {
    CLEVER_API_ORIGIN: apiOrigin,
    CLEVER_AUTH_ORIGIN: authOrigin,
    CLEVER_CLIENT_ID: clientId,
    CLEVER_CLIENT_SECRET: clientSecret,
    CLEVER_REDIRECT_URI: redirectUri,
    ...(connected === undefined ? {} : { CLEVER_DISTRICT_TOKEN: connected.token }),
  };
}

function credentialsOf(sandbox: ListeningSandbox): object {
  const districts = sandbox.districts.map(({ id, name, connection }) => ({ id, name, connection }));
  return { url: sandbox.url, districts, env: variablesOf(sandbox) };
}

function adviceFor({ csv, state }: SandboxCommandOptions): string {
  if (csv === undefined) {
    return 'No person in this sandbox exists, and the credentials work nowhere else.';
  }
  return state === undefined
    ? 'The people are those of your files, so the credentials are new at each start. (--state keeps them.)'
    : 'The people are those of your files, so the credentials are random. The state file keeps them.';
}

function welcome(sandbox: ListeningSandbox, options: SandboxCommandOptions): string {
  return [
    `Clever sandbox: ${sandbox.url}`,
    ...sandbox.districts.map(
      ({ name, connection }) => `District: ${visible(name)}${connection === 'library' ? ' (Library)' : ''}`,
    ),
    '',
    `# For your .env. ${adviceFor(options)}`,
    ...Object.entries(variablesOf(sandbox)).map(([name, value]) => `${name}=${value}`),
    '',
    'Press Ctrl+C to stop.',
    '',
  ].join('\n');
}
