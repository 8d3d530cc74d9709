import { certify, type ProbeResult, type Verdict } from 'clever-sdk/certify';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Fault, SmallApp } from './support/small-app.js';

async function probesOf(fault?: Fault): Promise<readonly ProbeResult[]> {
  await using app = await new SmallApp(fault).start();
  const { probes } = await certify({
    app: app.origin,
    port: 0,
    seed: 7,
    whoami: '/api/me#id',
    logoutUrl: '/logout',
    redirectUris: [`${app.origin}/auth/clever/callback`],
    onEvent: app.configure,
  });
  return probes;
}

function verdictsOf(probes: readonly ProbeResult[]): Record<string, Verdict> {
  return Object.fromEntries(probes.map(({ id, verdict }) => [id, verdict]));
}

/** What is expected of each fault beside the verdicts of the right app: `skipped` follows from what failed. */
const FAULTS: readonly [fault: Fault, probe: string, verdict: Verdict][] = [
  ['implicit grant', 'sso.code-grant', 'fail'],
  ['secret in the body', 'sso.code-grant', 'warn'],
  ['code exchanged again', 'sso.code-once', 'fail'],
  ['own login page for the portal', 'sso.portal-login', 'fail'],
  ['no button', 'sso.login-button', 'warn'],
  ['redirect URI per district', 'sso.one-redirect-uri', 'fail'],
  ['keyed on e-mail', 'sso.no-email-key', 'fail'],
  ['keyed on SIS id', 'sso.no-sis-id-key', 'fail'],
  ['keyed on name and district', 'sso.match', 'fail'],
  ['crash for staff', 'sso.roles', 'fail'],
  ['first role only', 'sso.multi-role', 'fail'],
  ['session kept', 'sso.shared-device', 'fail'],
  ['session id kept', 'sso.session-fixation', 'fail'],
  ['any session id taken', 'sso.session-fixation', 'fail'],
  ['one session for all devices', 'sso.other-browser', 'fail'],
  ['no name on the page', 'sso.who-is-logged-in', 'review'],
  ['way out does nothing', 'sso.logout', 'fail'],
  ['500 for a bad code', 'sso.error-bad-code', 'fail'],
  ['500 when the token endpoint fails', 'sso.error-token-endpoint', 'fail'],
  ['500 when the API fails', 'sso.error-api', 'fail'],
  ['loop for an error', 'sso.error-unauthorized', 'fail'],
  ['JSON for a denied login', 'sso.error-denied', 'fail'],
  ['e-mail required', 'sso.match', 'fail'],
  ['first name required', 'sso.missing-fields', 'fail'],
  ['short names only', 'sso.odd-data', 'fail'],
  ['state not checked', 'sso.forged-state', 'fail'],
  ['state of any browser', 'sso.other-browser-state', 'fail'],
  ['code without a state exchanged', 'sso.missing-state', 'fail'],
  ['state checked only if one is stored', 'sso.login-csrf', 'fail'],
  ['token in the page', 'sso.secrets-inside', 'fail'],
  ['secret in a script', 'sso.secrets-inside', 'fail'],
  ['cookie for scripts', 'sso.cookies', 'fail'],
];

describe('the probes of logins', () => {
  let verdicts: Record<string, Verdict> = {};
  beforeAll(async () => {
    verdicts = verdictsOf(await probesOf());
  });

  it('pass an app that does everything right', () => {
    expect(Object.keys(verdicts).filter((id) => ['fail', 'warn'].includes(verdicts[id] ?? ''))).toEqual([]);
    expect(verdicts).toMatchObject({ 'sso.portal-login': 'pass', 'sso.session-fixation': 'pass', 'sso.match': 'pass' });
  });

  it.for(FAULTS)('find “%s” by %s, and by no other', async ([fault, probe, verdict]) => {
    const probes = await probesOf(fault);
    const different = probes
      .filter(({ id, verdict: found }) => found !== verdicts[id] && found !== 'skipped')
      .map(({ id, verdict: found, evidence }) => `${id} ${found}: ${evidence.join(' ')}`);
    expect(different).toEqual([expect.stringContaining(`${probe} ${verdict}: `)]);
  });
});
