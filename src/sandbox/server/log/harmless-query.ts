import { REDACTED } from '../../../privacy/index.js';

const YES_NO = /^(?:true|false)$/u;
const NUMBER = /^\d{1,6}$/u;

/**
 * The parameters that the sandbox reads, and which of their values identify no person. All other values are
 * secret or personal.
 */
const HARMLESS: Readonly<Record<string, RegExp | undefined>> = {
  limit: NUMBER,
  count: YES_NO,
  primary: YES_NO,
  confirmed: YES_NO,
  role: /^(?:contact|district_admin|staff|student|teacher)$/u,
  record_type: /^(?:contacts|courses|districts|resources|schools|sections|terms|users)$/u,
  owner_type: /^district$/u,
  response_type: /^code$/u,
  grant_type: /^authorization_code$/u,
  code_challenge_method: /^(?:S256|plain)$/u,
  sandbox_role: /^(?:contact|district_admin|staff|student|teacher)$/u,
  sandbox_connection: /^(?:district|library)$/u,
};

/** Parameters whose names are shown, and whose values are never shown. */
const SECRET = new Set([
  'starting_after',
  'ending_before',
  'school',
  'district',
  'district_id',
  'client_id',
  'redirect_uri',
  'scope',
  'state',
  'nonce',
  'code',
  'code_challenge',
  'sandbox_user',
  'q',
  'next',
  'cursor',
  'date_range_start',
  'date_range_end',
  'attendance_status',
]);

/** Returns the query of a request without secret or personal values. */
export function harmlessQuery(params: URLSearchParams): Record<string, string> {
  const seen: Record<string, string> = {};
  for (const [name, value] of params) {
    const pattern = Object.hasOwn(HARMLESS, name) ? HARMLESS[name] : undefined;
    if (pattern === undefined && !SECRET.has(name)) {
      seen['{unknown}'] = REDACTED;
    } else {
      seen[name] = pattern?.test(value) === true ? value : REDACTED;
    }
  }
  return seen;
}
