import {
  type Certification,
  CertifyError,
  type CertifyEvent,
  certify,
  jsonReport,
  textReport,
} from '../../../certify/index.js';
import { omitUndefined } from '../../../util/omit-undefined.js';
import { exclusively } from '../../session/exclusive.js';
import { EXIT, type ExitCode } from '../../session/exit-codes.js';
import { CommandFailure } from '../../session/failure.js';
import type { CommandIo } from '../../terminal/io.js';
import { visible } from '../../terminal/visible.js';
import { readExpectations } from './expectations.js';
import { filesOf, writeReports } from './files.js';
import { type CertifyCommandOptions, withFlags } from './options.js';
import { certifyProgress } from './progress.js';

/** Tries an app, and reports what was found, on standard output and in files. */
export async function runCertify(io: CommandIo, options: CertifyCommandOptions): Promise<ExitCode> {
  const files = filesOf(options);
  const names = files.map(({ file }) => file);
  return await exclusively(names, async () => {
    const certification = await tryApp(io, options);
    await writeReports(files, certification);
    await print(io, options, certification, names);
    return certification.ok ? EXIT.ok : EXIT.failure;
  });
}

async function tryApp(io: CommandIo, options: CertifyCommandOptions): Promise<Certification> {
  const expect = options.expect === undefined ? undefined : await readExpectations(options.expect);
  const progress = certifyProgress(io, options);
  try {
    return await certify(
      omitUndefined({
        app: options.app,
        suites: options.suite,
        loginUrl: options.loginUrl,
        whoami: options.whoami,
        logoutUrl: options.logoutUrl,
        redirectUris: options.redirectUri,
        syncCommand: options.syncCommand,
        rosterCommand: options.rosterCommand,
        purgeCommand: options.purgeCommand,
        lmsCommand: options.lmsCommand,
        cwd: options.cwd,
        browser: options.browser,
        browserPath: options.browserPath,
        only: options.only,
        expect,
        seed: options.seed,
        port: options.port,
        clientId: options.clientId,
        iOwnThisApp: options.iOwnThisApp,
        waitMs: milliseconds(options.wait),
        answerMs: milliseconds(options.answerTime),
        commandMs: milliseconds(options.commandTime),
        timeoutMs: milliseconds(options.time),
        maxRequests: options.requests,
        onEvent: (event: CertifyEvent) => progress.observe(event),
        signal: io.signal,
      }),
    );
  } catch (error) {
    if (error instanceof CertifyError) {
      const isUsage = error.reason === 'options' || error.reason === 'not_allowed';
      throw new CommandFailure(visible(withFlags(error.message)), isUsage ? EXIT.usage : EXIT.failure);
    }
    throw error;
  } finally {
    progress.stop();
  }
}

function milliseconds(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : seconds * 1_000;
}

async function print(
  io: CommandIo,
  { json }: CertifyCommandOptions,
  certification: Certification,
  files: readonly string[],
): Promise<void> {
  if (json === true) {
    await io.out(jsonReport(certification), 'data');
    return;
  }
  const { columns, hasColor } = io.terminal;
  await io.out(`\n${textReport(certification, omitUndefined({ columns, hasColor }))}`, 'painted');
  if (files.length > 0) {
    await io.out(`Written: ${files.map(visible).join(', ')}\n`);
  }
}
