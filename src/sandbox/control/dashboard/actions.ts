import type { Context } from 'hono';
import { type Fields, withForm } from '../../clever/body.js';
import { isFromOwnPage } from '../../clever/browser/same-origin.js';
import type { Env } from '../../clever/context.js';
import { goTo } from '../../clever/oauth/to-app.js';
import { foreignFormPage } from '../../clever/pages/refusal.js';
import type { World } from '../../world/world.js';
import type { Control } from '../control.js';
import { FAULT_MENU, FAULT_TARGETS, FAULT_TIMES } from './fault-menu.js';
import type { Notice } from './notices.js';
import { type Tab, tabAddress } from './tabs.js';

/** The result of a form: the notice to show, the tab to go to, and the district that it concerns. */
export interface Outcome {
  readonly notice: Notice;
  readonly tab: Tab;
  readonly districtId?: string;
  /** The number of events that were written. */
  readonly events?: number;
}

/** Does what a form of the dashboard asks for. */
export type Action = (fields: Fields, control: Control, world: World) => Outcome;

/** Makes a handler that refuses forms of other sites, runs the action, and redirects to the dashboard. */
export function formHandler(act: Action, control: Control) {
  return async (context: Context<Env>): Promise<Response> => {
    if (!isFromOwnPage(context)) {
      return await foreignFormPage(context);
    }
    return await withForm(context, (fields) => {
      const { notice, tab, districtId, events } = act(fields, control, context.env.world);
      const query = { district_id: districtId, done: notice, events: events?.toString() };
      return goTo(context, tabAddress(tab, query));
    });
  };
}

/** `POST /sandbox/faults`: adds a fault of the menu. */
export const addFault: Action = ({ kind, path, times }, { faults }) => {
  const chosen = typeof kind === 'string' && Object.hasOwn(FAULT_MENU, kind) ? FAULT_MENU[kind] : undefined;
  const target = FAULT_TARGETS.find(([known]) => known === path)?.[0];
  const often = FAULT_TIMES.find(([known]) => known === times)?.[0];
  if (chosen === undefined || target === undefined || often === undefined) {
    return { notice: 'unknown', tab: 'faults' };
  }
  faults.add({ ...chosen.fault, path: target, times: Number(often) });
  return { notice: 'fault-added', tab: 'faults' };
};

/** `POST /sandbox/faults/clear` */
export const clearFaults: Action = (_fields, { faults }) => {
  faults.clear();
  return { notice: 'faults-cleared', tab: 'faults' };
};

/** `POST /sandbox/requests/clear` */
export const clearRequests: Action = (_fields, control) => {
  control.clearRequests();
  return { notice: 'requests-cleared', tab: 'requests' };
};

/** The steps by which the clock can be set forward, in milliseconds, with the labels of their buttons. */
export const CLOCK_STEPS: readonly (readonly [ms: number, label: string])[] = [
  [60_000, 'One minute'],
  [3_600_000, 'One hour'],
  [86_400_000, 'One day'],
  [30 * 86_400_000, 'Thirty days'],
];

/** `POST /sandbox/clock`: sets the clock forward. */
export const moveClock: Action = ({ ms }, control) => {
  const step = CLOCK_STEPS.find(([known]) => String(known) === ms)?.[0];
  if (step === undefined) {
    return { notice: 'unknown', tab: 'time' };
  }
  control.advance(step);
  return { notice: 'clock-moved', tab: 'time' };
};

/** `POST /sandbox/reset` */
export const reset: Action = (_fields, control) => {
  control.reset();
  return { notice: 'reset', tab: 'time' };
};
