import { Command, InvalidArgumentError } from 'commander';
import { createSandbox, type ListeningSandbox } from '../sandbox/index.js';
import type { CommandIo } from './io.js';

/** Port unless another is asked for: fixed, so that it can stand in a `.env` file. */
const DEFAULT_PORT = 3789;

interface SandboxCommandOptions {
  readonly port: number;
  readonly seed: number;
  readonly students: number;
}

/** `clever-sdk sandbox`: a Clever on this machine until it is stopped. */
export function sandboxCommand(io: CommandIo): Command {
  return new Command('sandbox')
    .description('Start a Clever on this machine, with invented districts, and print the credentials to use it')
    .option('-p, --port <number>', 'port on 127.0.0.1; 0 for any free one', wholeNumber(0, 65_535), DEFAULT_PORT)
    .option('--seed <number>', 'the same seed gives the same data and credentials', wholeNumber(0), 1)
    .option('--students <number>', 'students of the district', wholeNumber(1), 1_000)
    .action(async ({ port, seed, students }: SandboxCommandOptions, command: Command) => {
      const sandbox = await createSandbox({ seed, students })
        .listen({ port })
        .catch((error: unknown) => command.error(`error: ${whyNot(error, port)}`, { exitCode: 1 }));
      io.out(welcome(sandbox));
      await io.stopped();
      await sandbox.close();
      io.out('Stopped.\n');
    });
}

function welcome(sandbox: ListeningSandbox): string {
  const { clientId, clientSecret, redirectUri, apiOrigin, authOrigin } = sandbox.clientOptions();
  const [district] = sandbox.districts;
  return [
    `Clever sandbox: ${sandbox.url}`,
    `District: ${district.name}`,
    '',
    '# For your .env. Nobody in this sandbox exists, and the credentials work nowhere else.',
    `CLEVER_API_ORIGIN=${apiOrigin}`,
    `CLEVER_AUTH_ORIGIN=${authOrigin}`,
    `CLEVER_CLIENT_ID=${clientId}`,
    `CLEVER_CLIENT_SECRET=${clientSecret}`,
    `CLEVER_REDIRECT_URI=${redirectUri}`,
    `CLEVER_DISTRICT_TOKEN=${district.token}`,
    '',
    'Press Ctrl+C to stop.',
    '',
  ].join('\n');
}

function wholeNumber(minimum: number, maximum: number = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/u.test(text) || value < minimum || value > maximum) {
      const upTo = maximum === Number.MAX_SAFE_INTEGER ? ' or more' : ` to ${maximum}`;
      throw new InvalidArgumentError(`It must be a whole number, ${minimum}${upTo}.`);
    }
    return value;
  };
}

function whyNot(error: unknown, port: number): string {
  const code = (error as { readonly code?: unknown } | undefined)?.code;
  return code === 'EADDRINUSE'
    ? `port ${port} is taken. Choose another with --port, or --port 0 for any free one.`
    : `the sandbox could not start on port ${port}${typeof code === 'string' ? ` (${code})` : ''}.`;
}
