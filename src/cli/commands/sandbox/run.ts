import type { ListeningSandbox } from '../../../sandbox/index.js';
import { omitUndefined } from '../../../util/omit-undefined.js';
import { exclusively } from '../../session/exclusive.js';
import { leftOutReport } from '../../session/file-problems.js';
import type { CommandIo } from '../../terminal/io.js';
import { untilStopped } from '../../terminal/stopped.js';
import { visible, visibleJson } from '../../terminal/visible.js';
import { listen } from './listen.js';
import { type LeftOut, makeSandbox } from './make.js';
import type { SandboxCommandOptions } from './options.js';

const REDIRECT_URI_ADVICE =
  'Another redirect URI: --redirect-uri, or log in with it once and register it on the page that appears.';

/** Starts a sandbox, prints what to use it with, and keeps it until the command is to end. */
export async function runSandbox(io: CommandIo, options: SandboxCommandOptions): Promise<void> {
  await exclusively([options.state], () => serve(io, options));
}

async function serve(io: CommandIo, options: SandboxCommandOptions): Promise<void> {
  const { sandbox, stateFile, hasRedirectUri, leftOut } = await makeSandbox(io, options);
  const listening = await listen(sandbox, options);
  const advice = hasRedirectUri ? undefined : REDIRECT_URI_ADVICE;
  try {
    // At once, so that a file that cannot be written is reported now and not at the end.
    await stateFile?.save();
    if (options.json !== true && leftOut !== undefined && leftOut.problems.length > 0) {
      io.err(leftOutReport(leftOut.what, leftOut.problems, io.terminal.progress?.columns));
    }
    await io.out(
      options.json === true
        ? `${visibleJson(credentialsOf(listening, leftOut?.problems))}\n`
        : welcome(listening, options, advice),
    );
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

function credentialsOf(sandbox: ListeningSandbox, problems: LeftOut['problems'] | undefined): object {
  const districts = sandbox.districts.map(({ id, name, connection }) => ({ id, name, connection }));
  return { url: sandbox.url, districts, env: variablesOf(sandbox), ...omitUndefined({ problems }) };
}

function adviceFor({ csv, oneroster, recording, state }: SandboxCommandOptions): string {
  if (csv === undefined && oneroster === undefined && recording === undefined) {
    return 'No person in this sandbox exists, and the credentials work nowhere else.';
  }
  return state === undefined
    ? 'The people are those of your files, so the credentials are new at each start. (--state keeps them.)'
    : 'The people are those of your files, so the credentials are random. The state file keeps them.';
}

function welcome(sandbox: ListeningSandbox, options: SandboxCommandOptions, redirectUriAdvice?: string): string {
  return [
    `Clever sandbox: ${sandbox.url}`,
    ...(options.publicUrl === undefined ? [] : [`Public address: ${options.publicUrl}`]),
    ...sandbox.redirectUris.map((uri) => `Redirect URI: ${visible(uri)}`),
    ...sandbox.districts.map(
      ({ name, connection }) => `District: ${visible(name)}${connection === 'library' ? ' (Library)' : ''}`,
    ),
    '',
    `# For your .env. ${adviceFor(options)}`,
    ...Object.entries(variablesOf(sandbox)).map(([name, value]) => `${name}=${value}`),
    ...(redirectUriAdvice === undefined ? [] : [`# ${redirectUriAdvice}`]),
    '',
    'Press Ctrl+C to stop.',
    '',
  ].join('\n');
}
