import type { Areas } from './evidence.ts';

/** The behaviours of logins, and of people's and districts' tokens. */
export const LOGIN_BEHAVIOURS: Areas = {
  'Tokens and refusals': [
    [
      'A token of the wrong kind gets an HTML 404, `Cannot GET …`',
      'captured',
      'sandbox/tokens',
      'gets exactly the page that was captured',
    ],
    ['401 for a token that is unknown or has expired', 'documented', 'sandbox/tokens', 'is answered with 401'],
    [
      "A user token reads its user's own record and district, without links",
      'captured',
      'sandbox/tokens',
      'reads the person’s own record and district, without links',
    ],
    ['`/me` has the type `user` in v3, and the district', 'captured', 'sandbox/tokens', 'reads %s'],
    ['`/me` has no district for a Library login', 'documented', 'sandbox/tokens', 'names no district'],
    ['`authorized_by` is `teacher` for a Library login', 'documented', 'sandbox/tokens', 'names no district'],
    ["A Library token reads its teacher's sections with few fields", 'documented', 'sandbox/tokens', 'in few fields'],
    [
      'User tokens expire after 24 hours',
      'secondary',
      'sandbox/tokens',
      'is what a user token becomes after it expires',
    ],
    [
      'A district that disconnected leaves the token list',
      'inferred',
      'sandbox/token-state',
      'removes the entry from the token list and revokes the token',
    ],
    [
      'A token for single sign-on reads only `/districts`',
      'documented',
      'sandbox/access',
      'opens /districts and nothing else',
    ],
    [
      'People of a district that shares only for single sign-on can log in, and the app sees few of their fields',
      'documented',
      'sandbox/access',
      'lets people log in, and shows the app little about them',
    ],
    [
      'An app that did not ask for v3.1 gets a 404 on its paths',
      'inferred',
      'sandbox/access',
      'finds nothing at its paths, and everything at those of v3.0',
    ],
    [
      '421 on every route of a listening sandbox at a host name that is not of this machine and not in `hosts`',
      'own',
      'sandbox/hosts',
      'refuses %s %s at a foreign host, and says which option allows it',
    ],
    [
      'Credentials that follow from the seed for invented districts, and random ones for files and recordings',
      'own',
      'sandbox/credentials',
      'are random, of the usual form, and different in each sandbox',
    ],
  ],
  Login: [
    [
      'Portal and Instant Login send no `state`',
      'documented',
      'sandbox/entrances',
      'can come by an Instant Login link, and the second time without a page',
    ],
    [
      '`state` comes back as it was sent, and not at all when none was',
      'documented',
      'sandbox/oauth',
      'sends no state when none was sent',
    ],
    ['A code works once', 'documented', 'sandbox/oauth', 'exchanges a code once'],
    ['A code expires after one minute', 'documented', 'sandbox/oauth', 'takes a code that is %i ms old'],
    ['The exchange accepts JSON and forms', 'captured', 'sandbox/oauth', 'exchanges a code once'],
    [
      'The exchange requires the redirect URI of the authorization',
      'documented',
      'sandbox/oauth',
      'requires the redirect URI of the authorization, and uses up the code',
    ],
    ['Credentials are sent with HTTP Basic', 'documented', 'sandbox/oauth', 'requires the app’s credentials'],
    ['The response has neither `expires_in` nor a refresh token', 'captured', 'sandbox/oauth', 'exchanges a code once'],
    ['An unknown redirect URI is refused with a page', 'inferred', 'sandbox/oauth', 'refuses %s with a page'],
    [
      '`unauthorized-user` when the district did not connect the app',
      'secondary',
      'sandbox/oauth',
      'reports to the app that the person’s district has not connected it',
    ],
    [
      'Instant Login does not work for Library districts',
      'documented',
      'sandbox/oauth',
      'does not work for Library districts',
    ],
    [
      'The Library asks the teacher for consent, once',
      'documented',
      'sandbox/library',
      'installs the app for a teacher, after consent',
    ],
    ['The session at Clever ends after two hours', 'secondary', 'sandbox/sessions', 'ends after two hours'],
    ['`confirmed=false` asks who is using the browser', 'secondary', 'sandbox/sessions', 'asks who the person is'],
  ],
  'OpenID Connect': [
    ['The discovery document lists the endpoints', 'documented', 'sandbox/oidc', 'names Clever’s endpoints'],
    ['id_tokens are signed with RS256', 'inferred', 'sandbox/oidc', 'logs in by its own flow'],
    ['PKCE is checked when a challenge is sent', 'inferred', 'sandbox/oidc', 'as RFC 7636 has it'],
    [
      'The id_token has the nonce that was sent, and none otherwise',
      'documented',
      'sandbox/oidc',
      'has no nonce when none was sent',
    ],
    ['A Library login has no id_token', 'documented', 'sandbox/oidc', 'is not issued for a Library login'],
  ],
};
