import type { SyncEvent } from '../../../sync/index.js';
import type { CommandIo } from '../../terminal/io.js';
import { movingLine } from '../../terminal/moving-line.js';

const number = new Intl.NumberFormat('en');

/** Shows what a sync does: on a terminal in a line that moves, otherwise in a line for each kind. */
export interface SyncProgress {
  observe(event: SyncEvent): void;
  /** Leaves the terminal clean. */
  stop(): void;
}

/** @param isSilent - With `--json`, whose output is for programs. */
export function syncProgress(io: CommandIo, isSilent: boolean): SyncProgress {
  if (isSilent) {
    return { observe: () => undefined, stop: () => undefined };
  }
  const { progress } = io.terminal;
  if (progress === undefined) {
    return plainLines(io);
  }
  const line = movingLine(progress);
  return {
    observe: (event) => {
      const text = textOf(event);
      if (text !== undefined) {
        line.draw(text);
      }
    },
    stop: () => line.clear(),
  };
}

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
      const of = 'of' in event ? `${event.kind} ${event.of}` : event.kind;
      if (last !== undefined && last.of !== of) {
        flush();
      }
      if (text !== undefined) {
        last = { of, text };
      }
    },
    stop: flush,
  };
}

function textOf(event: SyncEvent): string | undefined {
  switch (event.kind) {
    case 'run_started':
      return `${event.districtId}: ${event.mode === 'full' ? 'a full reading' : 'events'} (${event.reason})`;
    case 'page':
      return `${event.districtId}: read ${number.format(event.read)} of ${event.of}`;
    case 'applied':
      return `${event.districtId}: stored changes of ${event.of}`;
    case 'odd':
      return `${event.districtId}: ${number.format(event.records)} of ${event.of} without their documented shape`;
    default:
      return undefined;
  }
}
