import type { VisitProbe } from '../probe.js';
import { codeGrant } from './code-grant.js';
import { portalLogin } from './portal-login.js';

/** The probes of logins. */
export const SSO_PROBES: readonly VisitProbe[] = [portalLogin, codeGrant];
