import type { Need, Probe } from '../probes/probe.js';
import type { Session } from './session.js';

/** What to give so that a probe can run, as a sentence of its result. */
const MISSING: Readonly<Record<Need, string>> = {
  whoami: 'Give `--whoami`, where the app says who is logged in: /api/me#id, or "/account .user-id".',
  loginButton: 'Give `--login-url`, the page with the “Log in with Clever” button, or the address that starts a login.',
  logout: 'Give `--logout-url`, where a person logs out.',
  browser: 'Run with `--browser chromium`.',
  sync: 'Give `--sync-command`, which runs the app’s sync once.',
  roster: 'Give `--roster-command`, which prints what the app knows: {"cleverId", "kind", "active"} per line.',
  purge: 'Give `--purge-command`, which removes a district when its contract ends.',
  lms: 'Give `--lms-command`, which creates, changes and deletes an assignment.',
  publicApp: 'It is about apps that are not on this machine: name one by `--app` and `--i-own-this-app`.',
};

/** Why a probe cannot run; `undefined` when it can. */
export function whatIsMissing({ needs = [] }: Probe, session: Session): string | undefined {
  const { options, resolved } = session;
  const has: Readonly<Record<Need, boolean>> = {
    whoami: options.whoami !== undefined,
    loginButton: session.app.hasLoginButton,
    logout: resolved.logoutUrl !== undefined,
    browser: options.browser !== undefined,
    sync: options.syncCommand !== undefined,
    roster: options.rosterCommand !== undefined,
    purge: options.purgeCommand !== undefined,
    lms: options.lmsCommand !== undefined,
    publicApp: options.iOwnThisApp !== undefined,
  };
  const missing = needs.filter((need) => !has[need]);
  return missing.length === 0 ? undefined : missing.map((need) => MISSING[need]).join(' ');
}
