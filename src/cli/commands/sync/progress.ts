import type { ClientEvent } from '../../../index.js';
import type { SyncEvent } from '../../../sync/index.js';
import type { CommonOptions } from '../../session/options.js';
import type { CommandIo } from '../../terminal/io.js';
import { movingLine } from '../../terminal/moving-line.js';
import { visible } from '../../terminal/visible.js';
import { waitingOf, waitingText } from '../../terminal/waiting.js';

const number = new Intl.NumberFormat('en');

/** Shows what a sync does: on a terminal in a line that moves, otherwise in a line for each kind. */
export interface SyncProgress {
  /** Called with each event of the sync. */
  observe(event: SyncEvent): void;
  /** Called with each event of the client, which also reports waits. */
  observeClient(event: ClientEvent): void;
  /** Leaves the terminal clean, and prints what is not printed yet. */
  stop(): void;
}

/** With `--json`, whose output is for programs, nothing is shown; with `--verbose`, whole lines. */
export function syncProgress(io: CommandIo, { json, verbose }: CommonOptions): SyncProgress {
  if (json === true) {
    return { observe: () => undefined, observeClient: () => undefined, stop: () => undefined };
  }
  const { progress } = io.terminal;
  return progress === undefined || verbose === true ? plainLines(io) : movingText(progress);
}

/** What comes first stays in sight on a narrow terminal, and the district's id comes last. */
function movingText(stream: NodeJS.WriteStream): SyncProgress {
  const line = movingLine(stream);
  let last = '';
  return {
    observe: (event) => {
      const text = textOf(event);
      if (text !== undefined && 'districtId' in event) {
        last = `${text} · district ${event.districtId}`;
        line.draw(last);
      }
    },
    observeClient: (event) => {
      const waiting = waitingOf(event);
      if (waiting !== undefined) {
        line.draw([waitingText(waiting), last].filter((text) => text !== '').join(' · '));
      }
    },
    stop: () => {
      last = '';
      line.clear();
    },
  };
}

/** One line for each kind, with its last number: a log is read afterwards. */
function plainLines(io: CommandIo): SyncProgress {
  let last: { readonly of: string; readonly text: string } | undefined;
  const flush = (): void => {
    if (last !== undefined) {
      io.err(`${last.text}\n`);
      last = undefined;
    }
  };
  return {
    observe: (event) => {
      const text = textOf(event);
      const district = 'districtId' in event ? event.districtId : '';
      const of = [district, event.kind, 'of' in event ? event.of : ''].join(' ');
      if (last !== undefined && last.of !== of) {
        flush();
      }
      if (text !== undefined) {
        last = { of, text: `${visible(district)}  ${text}` };
      }
    },
    observeClient: (event) => {
      const waiting = waitingOf(event);
      if (waiting !== undefined) {
        flush();
        io.err(`${waitingText(waiting)}\n`);
      }
    },
    stop: flush,
  };
}

function textOf(event: SyncEvent): string | undefined {
  switch (event.kind) {
    case 'run_started':
      return `run ${event.run}, ${event.mode}: ${event.reason}`;
    case 'page':
      return `${event.of}: ${number.format(event.read)} read`;
    case 'applied':
      return `${event.of}: changes stored`;
    case 'odd':
      return `${event.of}: ${number.format(event.records)} without their documented shape`;
    default:
      return undefined;
  }
}
