import type { Faults } from '../world/faults/faults.js';
import type { LoggedRequest } from '../world/log/logged-request.js';
import type { SandboxDistrict } from '../world/sandbox-district.js';

/** What the dashboard may do with the sandbox that it is a page of: no more than the user can do in code. */
export interface Control {
  readonly districts: readonly SandboxDistrict[];
  readonly faults: Faults;
  district(id: string): SandboxDistrict;
  requests(): LoggedRequest[];
  clearRequests(): void;
  reset(): void;
  advance(milliseconds: number): void;
}

/** Where the dashboard's forms go. */
export const FORMS = '/sandbox';

/** Whether an address is the dashboard's, not Clever's: faults spare it, and the log leaves it out. */
export function isDashboard({ pathname }: URL): boolean {
  return pathname === '/' || pathname.startsWith(`${FORMS}/`);
}
