import type { CertifyEvent, ProbeResult } from '../../../certify/index.js';
import { duration } from '../../terminal/duration.js';
import type { CommandIo } from '../../terminal/io.js';
import { movingLine } from '../../terminal/moving-line.js';
import type { CertifyCommandOptions } from './options.js';

/** Shows what a run does: on a terminal in a line that moves, otherwise in a line for each probe. */
export interface CertifyProgress {
  observe(event: CertifyEvent): void;
  /** Leaves the terminal clean. */
  stop(): void;
}

const SUITES = { sso: 'Single sign-on', library: 'Library', sync: 'Secure Sync', lms: 'LMS Connect' } as const;
const COMMANDS = { sync: 'sync', roster: 'roster', purge: 'purge', lms: 'LMS' } as const;

export function certifyProgress(io: CommandIo, { verbose }: Pick<CertifyCommandOptions, 'verbose'>): CertifyProgress {
  const { progress } = io.terminal;
  return progress === undefined || verbose === true ? plainLines(io, verbose === true) : movingText(io, progress);
}

function movingText(io: CommandIo, stream: NodeJS.WriteStream): CertifyProgress {
  const line = movingLine(stream);
  let [suite, all, done, last] = ['', 0, 0, ''];
  return {
    observe: (event) => {
      switch (event.kind) {
        case 'listening':
          io.err(instructions(event));
          break;
        case 'waiting':
          line.draw(`Waiting for the app. ${event.problem ?? ''}`);
          break;
        case 'suite_started':
          [suite, all, done] = [SUITES[event.suite], event.probes, 0];
          break;
        case 'probe_started':
          last = `${suite}  ${bar(done, all)} ${done} of ${all} · ${event.title}`;
          line.draw(last);
          break;
        case 'command_started':
          line.draw(`${last} · running the ${COMMANDS[event.command]} command`);
          break;
        case 'command_ended':
          line.draw(last);
          break;
        case 'probe_ended':
          done += 1;
          break;
        case 'ready':
          line.clear();
          break;
      }
    },
    stop: () => line.clear(),
  };
}

/** `━━━━────` */
function bar(done: number, all: number): string {
  const width = 16;
  const filled = all === 0 ? 0 : Math.round((width * done) / all);
  return '━'.repeat(filled) + '─'.repeat(width - filled);
}

/** A log is read afterwards, so it has no line for what only begins. */
function plainLines(io: CommandIo, isVerbose: boolean): CertifyProgress {
  let waiting: string | undefined;
  return {
    observe: (event) => {
      switch (event.kind) {
        case 'listening':
          io.err(instructions(event));
          break;
        case 'waiting':
          if (waiting !== event.problem) {
            waiting = event.problem;
            io.err(`Waiting for the app. ${event.problem ?? ''}\n`);
          }
          break;
        case 'ready':
          io.err('The app uses the variables.\n');
          break;
        case 'suite_started':
          if (event.probes > 0) {
            io.err(`${SUITES[event.suite]}: ${event.probes} points\n`);
          }
          break;
        case 'probe_ended':
          io.err(`${probeLine(event.result)}${isVerbose ? `  ${duration(event.result.durationMs)}` : ''}\n`);
          break;
        case 'command_ended':
          if (isVerbose) {
            io.err(`  ${COMMANDS[event.command]} command: ${duration(event.durationMs)}\n`);
          }
          break;
        case 'probe_started':
        case 'command_started':
          break;
      }
    },
    stop: () => undefined,
  };
}

function probeLine({ id, verdict, expected }: ProbeResult): string {
  return `  ${verdict.padEnd(7)}  ${id}${expected === undefined ? '' : ` (expected: ${expected})`}`;
}

/** What to do with the variables. They open this sandbox only, so they may be shown. */
function instructions({ url, variables }: Extract<CertifyEvent, { kind: 'listening' }>): string {
  return [
    `Clever is played at ${url}. Start the app with these variables, which open nothing else:`,
    '',
    ...Object.entries(variables).map(([name, value]) => `${name}=${value}`),
    '',
    '',
  ].join('\n');
}
