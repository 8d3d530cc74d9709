import { readFile } from 'node:fs/promises';
import { type ListeningSandbox, type ListenOptions, type Sandbox, SandboxError } from '../../../sandbox/index.js';
import { omitUndefined } from '../../../util/omit-undefined.js';
import { EXIT } from '../../session/exit-codes.js';
import { CommandFailure } from '../../session/failure.js';
import type { SandboxCommandOptions } from './options.js';

/** Lets the sandbox listen as the options of the command say. */
export async function listen(sandbox: Sandbox, options: SandboxCommandOptions): Promise<ListeningSandbox> {
  const { port, hosts } = options;
  const https = await readTls(options);
  try {
    return await sandbox.listen(omitUndefined({ port, hosts, https }));
  } catch (error) {
    if (error instanceof SandboxError) {
      // It says which of the two is wrong, without a value.
      throw new CommandFailure(
        error.message.startsWith('`https`')
          ? '--https-key and --https-cert must be a private key and its certificate, both in PEM.'
          : '--hosts takes host names without scheme and port, such as sandbox.test.',
        EXIT.usage,
      );
    }
    const { code } = error as NodeJS.ErrnoException;
    throw new CommandFailure(
      code === 'EADDRINUSE'
        ? `port ${port} is taken. Choose another with --port, or --port 0 for any free one.`
        : `the sandbox could not start on port ${port}${typeof code === 'string' ? ` (${code})` : ''}.`,
    );
  }
}

async function readTls({ httpsKey, httpsCert }: SandboxCommandOptions): Promise<ListenOptions['https']> {
  if (httpsKey === undefined && httpsCert === undefined) {
    return undefined;
  }
  if (httpsKey === undefined || httpsCert === undefined) {
    throw new CommandFailure('--https-key and --https-cert belong together: pass both.', EXIT.usage);
  }
  return { key: await readPem('--https-key', httpsKey), cert: await readPem('--https-cert', httpsCert) };
}

async function readPem(option: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CommandFailure(`the file of ${option} cannot be read (${code ?? 'unknown'}).`, EXIT.usage);
  }
}
