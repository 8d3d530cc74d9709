import { bearerToken } from '../../clever/api/gate.js';
import type { Grants } from '../../world/access/grants.js';
import type { LoggedRequest } from '../../world/log/logged-request.js';

/** Returns what kind of credentials an `Authorization` header holds, and of which district. */
export function tokenOf(header: string | null, grants: Grants): Pick<LoggedRequest, 'token' | 'districtId'> {
  if (header === null) {
    return { token: 'none', districtId: undefined };
  }
  if (/^Basic /iu.test(header)) {
    return { token: 'app', districtId: undefined };
  }
  const grant = grants.resolve(bearerToken(header) ?? '');
  if (grant === undefined) {
    return { token: 'unknown', districtId: undefined };
  }
  const kind = grant.kind === 'district' ? 'district' : grant.connection === 'library' ? 'library' : 'user';
  return { token: kind, districtId: grant.district.id };
}
