import type { Context } from 'hono';
import { isFromOwnPage } from '../../clever/browser/same-origin.js';
import type { Env } from '../../clever/context.js';
import { goTo } from '../../clever/oauth/to-app.js';
import { foreignFormPage } from '../../clever/pages/refusal.js';
import { FAULT_MENU, FAULT_TARGETS, FAULT_TIMES } from './fault-menu.js';
import type { Notice } from './notices.js';

/** A form of the dashboard, read. */
type Fields = Readonly<Record<string, unknown>>;

/** What became of a form: the notice to show, where on the page, and for which district. */
export interface Outcome {
  readonly notice: Notice;
  readonly section: 'faults' | 'requests' | 'clock' | 'districts' | 'changes';
  readonly districtId?: string;
  /** Events that were written. */
  readonly events?: number;
}

/** Makes a handler that refuses forms of other sites, does something, and goes back to the dashboard. */
export function formHandler(act: (context: Context<Env>, fields: Fields) => Outcome) {
  return async (context: Context<Env>): Promise<Response> => {
    if (!isFromOwnPage(context.req.raw)) {
      return await foreignFormPage(context);
    }
    const { notice, section, districtId, events } = act(context, await context.req.parseBody());
    const query = new URLSearchParams({
      ...(districtId === undefined ? {} : { district_id: districtId }),
      done: notice,
      ...(events === undefined ? {} : { events: String(events) }),
    });
    return goTo(context, `/?${query}#${section}`);
  };
}

/** `POST /sandbox/faults`: adds a fault of the menu. */
export const addFault = formHandler((context, { kind, path, times }) => {
  const chosen = typeof kind === 'string' && Object.hasOwn(FAULT_MENU, kind) ? FAULT_MENU[kind] : undefined;
  const target = FAULT_TARGETS.find(([known]) => known === path)?.[0];
  const often = FAULT_TIMES.find(([known]) => known === times)?.[0];
  if (chosen === undefined || target === undefined || often === undefined) {
    return { notice: 'unknown', section: 'faults' };
  }
  context.env.control.faults.add({ ...chosen.fault, path: target, times: Number(often) });
  return { notice: 'fault-added', section: 'faults' };
});

/** `POST /sandbox/faults/clear` */
export const clearFaults = formHandler((context) => {
  context.env.control.faults.clear();
  return { notice: 'faults-cleared', section: 'faults' };
});

/** `POST /sandbox/requests/clear` */
export const clearRequests = formHandler((context) => {
  context.env.control.clearRequests();
  return { notice: 'requests-cleared', section: 'requests' };
});

/** How far the clock can be set forward at once, in milliseconds, with what a button calls it. */
export const CLOCK_STEPS: readonly (readonly [ms: number, label: string])[] = [
  [60_000, 'One minute'],
  [3_600_000, 'One hour'],
  [86_400_000, 'One day'],
  [30 * 86_400_000, 'Thirty days'],
];

/** `POST /sandbox/clock`: sets the clock forward. */
export const moveClock = formHandler((context, { ms }) => {
  const step = CLOCK_STEPS.find(([known]) => String(known) === ms)?.[0];
  if (step === undefined) {
    return { notice: 'unknown', section: 'clock' };
  }
  context.env.control.advance(step);
  return { notice: 'clock-moved', section: 'clock' };
});

/** `POST /sandbox/reset` */
export const reset = formHandler((context) => {
  context.env.control.reset();
  return { notice: 'reset', section: 'clock' };
});
