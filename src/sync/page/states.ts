import { type Html, html } from '../../html/html.js';
import type { RunState } from '../run/run-row.js';
import type { SyncRun } from '../runs.js';
import type { DistrictStatus } from '../status.js';
import { badge } from './parts.js';

const CONNECTIONS: Readonly<Record<DistrictStatus['connection'], Html>> = {
  unknown: badge('not read yet'),
  connected: badge('connected', 'good'),
  paused: badge('paused', 'warn'),
  disconnected: badge('disconnected', 'warn'),
};

/** The connection of a district, and what it does or waits for. */
export function stateBadges({ connection, isRunning, held, failures }: DistrictStatus): Html {
  return html`<span class="badges">${CONNECTIONS[connection]}${isRunning ? badge('running', 'good') : undefined}${
    held === undefined ? undefined : badge('held', 'warn')
  }${failures === 0 ? undefined : badge('failing', 'warn')}</span>`;
}

const RUNS: Readonly<Record<RunState, readonly [text: string, tone?: 'good' | 'warn']>> = {
  reading: ['reading'],
  applying: ['writing'],
  held: ['held', 'warn'],
  planned: ['planned'],
  done: ['done', 'good'],
  paused: ['paused'],
  disconnected: ['disconnected', 'warn'],
  failed: ['failed', 'warn'],
  dropped: ['dropped'],
};

/** The state of a run. */
export function runBadge({ state, approval }: SyncRun): Html {
  return isWaiting({ state }) && approval?.isForThisPlan === true ? badge('approved', 'good') : badge(...RUNS[state]);
}

/** Whether a run waits for a person. */
export function isWaiting({ state }: Pick<SyncRun, 'state'>): boolean {
  return state === 'held' || state === 'planned';
}

/** Whether a run has not come to its end. Its process may have gone. */
export function isUnderWay({ state }: Pick<SyncRun, 'state'>): boolean {
  return state === 'reading' || state === 'applying';
}
