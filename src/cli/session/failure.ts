import { omitUndefined } from '../../util/omit-undefined.js';
import { ClosedPipe, type CommandIo } from '../terminal/io.js';
import { visible, visibleJson } from '../terminal/visible.js';
import { EXIT, EXIT_BY_CODE, EXIT_BY_REASON, type ExitCode } from './exit-codes.js';

/** A command cannot continue, and knows why. The message is shown unchanged, so it holds nothing secret or personal. */
export class CommandFailure extends Error {
  override get name(): string {
    return 'CommandFailure';
  }

  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode = EXIT.failure) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** How a failure is reported. */
export interface FailureStyle {
  /** One line of JSON in place of a sentence. */
  readonly json?: boolean | undefined;
  /** With everything that is known and safe to show. */
  readonly verbose?: boolean | undefined;
  /** The district that failed, for a command that goes on with others. */
  readonly district?: string | undefined;
}

/**
 * Reports on standard error why a command failed.
 *
 * @returns The exit code.
 */
export async function reportFailure(error: unknown, io: CommandIo, style: FailureStyle): Promise<ExitCode> {
  if (error instanceof ClosedPipe) {
    return EXIT.ok;
  }
  if (io.signal.aborted && !(error instanceof CommandFailure)) {
    return EXIT.interrupted;
  }
  const { code, message, exitCode, details } = await describe(error);
  const { district } = style;
  if (style.json === true) {
    const more = style.verbose === true ? details : {};
    io.err(`${visibleJson({ ...omitUndefined({ district }), error: { code, message, ...more } })}\n`);
    return exitCode;
  }
  io.err(`error: ${district === undefined ? '' : `district ${visible(district)}: `}${message}\n`);
  if (style.verbose === true) {
    for (const [name, value] of Object.entries(omitUndefined(details))) {
      io.err(`  ${name}: ${typeof value === 'string' ? visible(value) : visibleJson(value)}\n`);
    }
  }
  return exitCode;
}

interface Report {
  readonly code: string;
  readonly message: string;
  readonly exitCode: ExitCode;
  readonly details: Readonly<Record<string, unknown>>;
}

async function describe(error: unknown): Promise<Report> {
  if (error instanceof CommandFailure) {
    return { code: nameOf(error.exitCode), message: error.message, exitCode: error.exitCode, details: {} };
  }
  const { isCleverError } = await import('../../index.js');
  if (isCleverError(error)) {
    const { name, message, code, ...rest } = error.toJSON();
    const exitCode = EXIT_BY_REASON[error.code]?.[String(rest['reason'])] ?? EXIT_BY_CODE[error.code] ?? EXIT.failure;
    const cause = error.cause instanceof Error ? { cause: `${error.cause.name}: ${error.cause.message}` } : {};
    return { code: error.code, message: error.message, exitCode, details: { name, code, ...rest, ...cause } };
  }
  const { name, message, code, syscall, stack } = (error ?? {}) as NodeJS.ErrnoException;
  if (typeof syscall === 'string') {
    // The system's message names the file that the user named.
    return { code: code ?? 'system', message: String(message), exitCode: EXIT.failure, details: { name } };
  }
  // A bug of ours. Its message may quote a value, so it is shown only with --verbose.
  return {
    code: 'unexpected',
    message:
      `the command failed in a way that it does not expect (${name ?? typeof error}). ` +
      'Run it with --verbose and report it, please.',
    exitCode: EXIT.failure,
    details: { stack },
  };
}

function nameOf(exitCode: ExitCode): string {
  return Object.entries(EXIT).find(([, code]) => code === exitCode)?.[0] ?? 'failure';
}
