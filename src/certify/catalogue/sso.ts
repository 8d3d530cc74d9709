import type { Requirement } from './requirement.js';

/** What Clever asks of a login. */
export const SSO: readonly Requirement[] = [
  {
    id: 'sso.code-grant',
    suite: 'sso',
    title: 'Authorization-code grant',
    requirement:
      'A login uses the authorization-code grant: `response_type=code`, then one request for a token that proves who the app is by Basic authentication.',
    source: 'dev.clever.com/docs/district-sso-certification-guide',
    advice:
      'Start logins by `clever.login.start()` and end them by `clever.login.callback()`, which use this grant and no other.',
    by: 'probe',
  },
  {
    id: 'sso.portal-login',
    suite: 'sso',
    title: 'Portal login',
    requirement:
      'A person who opens the app from the Clever portal arrives at the primary redirect URI with a code and no state, and is logged in without seeing a login page of the app.',
    source: 'dev.clever.com/docs/best-practices, dev.clever.com/docs/oauth-implementation',
    advice:
      'Handle the primary redirect URI by `clever.login.callback()`: it starts the login again with a state, which Clever answers at once.',
    by: 'probe',
  },
];
