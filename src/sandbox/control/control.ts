import type { Faults } from '../world/faults/faults.js';
import type { LoggedRequest } from '../world/log/logged-request.js';
import type { SandboxDistrict } from '../world/sandbox-district.js';

/**
 * What the dashboard may do with its sandbox: no more than the user can do in code. `Sandbox` has all of
 * these members.
 */
export interface Control {
  readonly districts: readonly SandboxDistrict[];
  readonly faults: Faults;
  district(id: string): SandboxDistrict;
  requests(): LoggedRequest[];
  clearRequests(): void;
  reset(): void;
  advance(milliseconds: number): void;
  now(): number;
  registerRedirectUri(uri: string): void;
}

/** The path below which the dashboard receives its forms. */
export const FORMS = '/sandbox';

/** Checks whether an address belongs to the dashboard. Faults do not apply to it, and the log leaves it out. */
export function isDashboard({ pathname }: URL): boolean {
  return pathname === '/' || pathname.startsWith(`${FORMS}/`);
}
