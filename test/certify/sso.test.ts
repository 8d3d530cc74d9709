import type { Verdict } from 'clever-sdk/certify';
import { beforeAll, describe, expect, it } from 'vitest';
import { differences, type ExpectedOfFault, probesOf, verdictsOf } from './support/verdicts.js';

/** Each fault is found by one probe. Others may be left out because of it. */
const FAULTS: readonly ExpectedOfFault[] = [
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
  let right: Record<string, Verdict> = {};
  beforeAll(async () => {
    right = verdictsOf(await probesOf('sso'));
  });

  it('pass an app that does everything right', () => {
    expect(Object.keys(right).filter((id) => ['fail', 'warn'].includes(right[id] ?? ''))).toEqual([]);
    expect(right).toMatchObject({ 'sso.portal-login': 'pass', 'sso.session-fixation': 'pass', 'sso.match': 'pass' });
  });

  it.for(FAULTS)('find “%s” by %s, and by no other', async ([fault, probe, verdict]) => {
    expect(differences(await probesOf('sso', fault), right)).toEqual([
      expect.stringContaining(`${probe} ${verdict}: `),
    ]);
  });

  it('ask a person about the button where the login page was not seen, and go on', async () => {
    const probes = await probesOf('sso', undefined, { loginUrl: '/auth/clever' });
    expect(differences(probes, right)).toEqual([expect.stringContaining('sso.login-button review: ')]);
  });

  it.for([true, false])('pass an app that starts the login again for a wrong state (whoami: %s)', async (saysWho) => {
    const probes = verdictsOf(await probesOf('sso', 'login starts again for a wrong state', { saysWho }));
    expect(probes).toMatchObject({
      'sso.forged-state': 'pass',
      'sso.other-browser-state': 'pass',
      'sso.missing-state': 'pass',
      'sso.login-csrf': 'pass',
    });
  });

  it('judge an app without `whoami` by its pages and by what reached Clever', async () => {
    const without = { saysWho: false };
    const probes = await probesOf('sso', undefined, without);
    expect(probes.filter(({ verdict }) => verdict === 'fail' || verdict === 'warn')).toEqual([]);
    const skipped = probes.filter(({ evidence }) => evidence.some((text) => text.includes('--whoami')));
    expect(skipped.map(({ id }) => id)).toContain('sso.shared-device');
    const kept = verdictsOf(await probesOf('sso', 'way out does nothing', without));
    expect(kept).toMatchObject({ 'sso.logout': 'fail', 'sso.portal-login': 'pass' });
    const portal = verdictsOf(await probesOf('sso', 'own login page for the portal', without));
    expect(portal).toMatchObject({ 'sso.portal-login': 'fail', 'sso.login-button': 'pass' });
  });
});
