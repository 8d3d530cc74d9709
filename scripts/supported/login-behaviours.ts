import type { Areas } from './evidence.ts';

/** How people log in, and what their tokens and those of districts open. */
export const LOGIN_BEHAVIOURS: Areas = {
  'Tokens and refusals': [
    [
      'A token of the wrong kind gets an HTML 404, `Cannot GET …`',
      'captured',
      'sandbox/tokens',
      'is answered with the very page that was captured',
    ],
    ['401 for a token that is unknown or over', 'documented', 'sandbox/tokens', 'is answered with 401'],
    [
      'A user token reads the own record and district, without links',
      'captured',
      'sandbox/tokens',
      'reads the own record and the own district',
    ],
    ['`/me` says `user` in v3, and the district', 'captured', 'sandbox/tokens', 'reads %s'],
    ['A Library login has no district in `/me`', 'documented', 'sandbox/tokens', 'names no district'],
    ['`authorized_by` is `teacher` for a Library login', 'documented', 'sandbox/tokens', 'names no district'],
    ['A Library token sees the sections of its teacher in few fields', 'documented', 'sandbox/tokens', 'in few fields'],
    ['User tokens live 24 hours', 'secondary', 'sandbox/tokens', 'is what a user token becomes when its time is over'],
    [
      'A district that disconnected leaves the token list',
      'inferred',
      'sandbox/token-state',
      'takes the entry off the token list',
    ],
    [
      'A token for single sign-on opens `/districts` alone',
      'documented',
      'sandbox/access',
      'opens /districts and nothing else',
    ],
    [
      'People of a district that shares for single sign-on alone log in, and the app sees little of them',
      'documented',
      'sandbox/access',
      'lets people log in, and shows the app little of them',
    ],
    [
      'An app that did not ask for v3.1 gets a 404 on its paths',
      'inferred',
      'sandbox/access',
      'finds nothing on its paths, and everything on those of v3.0',
    ],
  ],
  Login: [
    [
      'Portal and Instant Login come without `state`',
      'documented',
      'sandbox/entrances',
      'comes by an Instant Login link',
    ],
    [
      '`state` comes back as it was sent, and not at all when none was',
      'documented',
      'sandbox/oauth',
      'sends no state when none was sent',
    ],
    ['A code works once', 'documented', 'sandbox/oauth', 'exchanges a code once'],
    ['A code lives one minute', 'documented', 'sandbox/oauth', 'takes a code that is %i ms old'],
    ['The exchange takes JSON and forms', 'captured', 'sandbox/oauth', 'exchanges a code once'],
    [
      'The exchange wants the redirect URI of the authorization',
      'documented',
      'sandbox/oauth',
      'wants the redirect URI of the authorization',
    ],
    ['Credentials come by HTTP Basic', 'documented', 'sandbox/oauth', 'wants the app’s credentials'],
    ['The answer has neither `expires_in` nor a refresh token', 'captured', 'sandbox/oauth', 'exchanges a code once'],
    ['An unknown redirect URI is refused with a page', 'inferred', 'sandbox/oauth', 'refuses %s with a page'],
    [
      '`unauthorized-user` when the district did not connect the app',
      'secondary',
      'sandbox/oauth',
      'did not connect it',
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
    ['`confirmed=false` asks who is there', 'secondary', 'sandbox/sessions', 'asks who is there'],
  ],
  'OpenID Connect': [
    ['Discovery names the endpoints', 'documented', 'sandbox/oidc', 'names Clever’s endpoints'],
    ['Signed with RS256', 'inferred', 'sandbox/oidc', 'logs in by its own flow'],
    ['PKCE is honoured when it is sent', 'inferred', 'sandbox/oidc', 'as RFC 7636 has it'],
    [
      'The nonce comes back, and there is none when none was sent',
      'documented',
      'sandbox/oidc',
      'has no nonce when none was sent',
    ],
    ['A Library login has no id_token', 'documented', 'sandbox/oidc', 'is not issued for a Library login'],
  ],
};
