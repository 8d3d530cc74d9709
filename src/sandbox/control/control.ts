import type { Sandbox } from '../sandbox.js';

/** What the dashboard may do with the sandbox that it is a page of: no more than its owner can in code. */
export type Control = Pick<
  Sandbox,
  'districts' | 'district' | 'faults' | 'requests' | 'clearRequests' | 'reset' | 'advance'
>;

/** Where the dashboard's forms go. */
export const FORMS = '/sandbox';

/** Whether an address is the dashboard's, not Clever's: faults spare it, and the log leaves it out. */
export function isDashboard({ pathname }: URL): boolean {
  return pathname === '/' || pathname.startsWith(`${FORMS}/`);
}
