import type { VisitProbe } from '../probe.js';
import { codeGrant } from './code-grant.js';
import { codeOnce } from './code-once.js';
import { buttonArtwork, https, instantLogin, loginButton, oneRedirectUri, portalLogin } from './entrances.js';
import { apiFails, badCode, denied, oldCode, tokenEndpoint, unauthorized } from './errors.js';
import { match, noEmailKey, noSisIdKey } from './keys.js';
import { missingFields, multiRole, oddData, roles, whoIsLoggedIn } from './people.js';
import { browsers, cookies, relevantData, secretsInside } from './secrets.js';
import { logout, otherBrowser, sessionFixation, sharedDevice } from './sessions.js';
import { forgedState, loginCsrf, missingState, otherBrowserState } from './state.js';

/** The probes of logins, each after those that it names in `after`. */
export const SSO_PROBES: readonly VisitProbe[] = [
  codeGrant,
  loginButton,
  portalLogin,
  instantLogin,
  roles,
  multiRole,
  oneRedirectUri,
  https,
  unauthorized,
  denied,
  badCode,
  oldCode,
  tokenEndpoint,
  apiFails,
  forgedState,
  otherBrowserState,
  missingState,
  loginCsrf,
  codeOnce,
  noEmailKey,
  noSisIdKey,
  match,
  missingFields,
  oddData,
  whoIsLoggedIn,
  sharedDevice,
  sessionFixation,
  otherBrowser,
  logout,
  secretsInside,
  cookies,
  relevantData,
  browsers,
  buttonArtwork,
];
