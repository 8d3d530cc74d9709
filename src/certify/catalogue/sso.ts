import type { Requirement } from './requirement.js';

const GUIDE = 'dev.clever.com/docs/district-sso-certification-guide';
const PRACTICES = 'dev.clever.com/docs/best-practices-edge-cases';
const OAUTH = 'dev.clever.com/docs/oauth-implementation';
const SECURITY = 'dev.clever.com/docs/il-security';
const DESIGN = 'dev.clever.com/docs/il-design';
const ANTI_PATTERNS = 'dev.clever.com/docs/integration-anti-patterns-edge-cases';
const ERRORS = 'dev.clever.com/docs/error-messages';
const OLDER = 'dev.clever.com/v2.0/docs/il-certification';

const ON_ERROR =
  'Show a page in `onError` of `clever.login()`: `error.userMessage` is written for the person, and `status` is never 500. Without `onError`, the SDK shows a page of its own.';
const STATE =
  'Let `clever.login()` make and check the state: it binds the state to the browser by an encrypted cookie, and uses each one once.';
const IDENTITY =
  'Key accounts on `identity.id` of `onLogin`, which is Clever’s id of the person. Keep the e-mail address and the SIS id as data that may be missing and may change.';

/** What Clever asks of a login. */
export const SSO: readonly Requirement[] = [
  {
    id: 'sso.code-grant',
    suite: 'sso',
    title: 'Authorization-code grant',
    requirement:
      'A login uses the authorization-code grant: `response_type=code`, then a request for a token that proves who the app is by Basic authentication.',
    source: `${GUIDE}, ${OAUTH}`,
    advice:
      'Start logins by `clever.login().start()` and end them by `clever.login().callback()`, which use this grant and no other.',
    by: 'probe',
  },
  {
    id: 'sso.code-once',
    suite: 'sso',
    title: 'A code is exchanged once',
    requirement:
      'When the browser asks for the callback again, after a reload or by the back button, the app does not exchange the code again, and the person sees no error of the app.',
    source: `${PRACTICES}, ${DESIGN}`,
    advice:
      'End logins by `clever.login().callback()`, which exchanges a code once; let `onRepeat` return a person who is logged in to the app.',
    by: 'probe',
  },
  {
    id: 'sso.portal-login',
    suite: 'sso',
    title: 'Portal login',
    requirement:
      'A person who opens the app from the Clever portal arrives at the primary redirect URI with a code and no state, and is logged in without seeing a login page of the app.',
    source: `${PRACTICES}, ${OAUTH}`,
    advice:
      'Handle the primary redirect URI by `clever.login().callback()`: it starts the login again with a state, which Clever answers at once. Before a framework’s own login, use `cleverEntry()`.',
    by: 'probe',
  },
  {
    id: 'sso.instant-login',
    suite: 'sso',
    title: 'Instant Login link',
    requirement: 'A person who follows an Instant Login link of the district is logged in, as from the portal.',
    source: OAUTH,
    advice: 'The same as for the portal: `clever.login().callback()` at the primary redirect URI, or `cleverEntry()`.',
    by: 'probe',
  },
  {
    id: 'sso.login-button',
    suite: 'sso',
    title: '“Log in with Clever” button',
    requirement:
      'The app’s login page has a “Log in with Clever” button. Clever recommends it; the portal is mandatory.',
    source: GUIDE,
    advice: 'Link the button to the route that `clever.login().start()` answers.',
    by: 'probe',
  },
  {
    id: 'sso.button-artwork',
    suite: 'sso',
    title: 'The button’s artwork',
    requirement: 'The button looks as Clever made it, and people find it.',
    source: GUIDE,
    advice: 'Use the artwork of dev.clever.com as it is, on the login page, beside the other ways in.',
    by: 'person',
    question: 'Does the login page show Clever’s own “Log in with Clever” artwork, in a place where students find it?',
  },
  {
    id: 'sso.one-redirect-uri',
    suite: 'sso',
    title: 'One redirect URI for all districts',
    requirement: 'The primary redirect URI serves every district, without parameters or sub-domains of its own.',
    source: PRACTICES,
    advice:
      'Give `createCleverClient()` one `redirectUri`, and find the district in `identity.districtId` after the login. What is to be kept during a login goes into `returnTo`.',
    by: 'probe',
  },
  {
    id: 'sso.https',
    suite: 'sso',
    title: 'HTTPS',
    requirement: 'In production, the app and its redirect URIs use HTTPS. Only localhost is exempt.',
    source: GUIDE,
    advice: 'Serve the app by HTTPS only, make its cookies `Secure`, and send `Strict-Transport-Security`.',
    by: 'probe',
  },
  {
    id: 'sso.match',
    suite: 'sso',
    title: 'A person keeps the account',
    requirement:
      'A person is matched by Clever’s id: a new e-mail address, name or SIS id does not lead to another account, and a person without an address has an account, too.',
    source: `${GUIDE}, ${ANTI_PATTERNS}`,
    advice: IDENTITY,
    by: 'probe',
  },
  {
    id: 'sso.no-email-key',
    suite: 'sso',
    title: 'E-mail addresses are no keys',
    requirement:
      'Two people with one e-mail address are two people: addresses are shared, reused, changed and missing.',
    source: ANTI_PATTERNS,
    advice: IDENTITY,
    by: 'probe',
  },
  {
    id: 'sso.no-sis-id-key',
    suite: 'sso',
    title: 'SIS ids are no keys',
    requirement:
      'Two people of two districts with one SIS id are two people: a SIS id is unique within its district only.',
    source: ANTI_PATTERNS,
    advice: IDENTITY,
    by: 'probe',
  },
  {
    id: 'sso.roles',
    suite: 'sso',
    title: 'Every role can log in',
    requirement:
      'Students, teachers, school admins and district admins can log in, or are turned away by a page that says why.',
    source: `${GUIDE}, ${OLDER}`,
    advice:
      'Take `identity.roles` and `identity.role`; treat a role that the app does not know like a teacher, or show a page that says for whom the app is.',
    by: 'probe',
  },
  {
    id: 'sso.multi-role',
    suite: 'sso',
    title: 'People with several roles',
    requirement: 'The app looks at every role of a person. Their order means nothing.',
    source: ANTI_PATTERNS,
    advice: 'Look for a role in `identity.roles`, never at its first entry; `identity.role` is the role of this login.',
    by: 'probe',
  },
  {
    id: 'sso.shared-device',
    suite: 'sso',
    title: 'Shared devices',
    requirement: 'A new login from Clever replaces the session in this browser, also that of another person.',
    source: `${SECURITY}, ${GUIDE}`,
    advice:
      'Begin a new session in every call of `onLogin`, also when the browser has one. `askWho: true` of `login.start()` asks at the button who uses the device.',
    by: 'probe',
  },
  {
    id: 'sso.session-fixation',
    suite: 'sso',
    title: 'A login makes a new session',
    requirement: 'The session’s cookie changes with every login, and the one before opens nothing.',
    source: `${SECURITY}; OWASP ASVS 4.0, 3.2.1`,
    advice:
      'In `onLogin`, end the session that the request came with, on the server, and issue a new random id. Never take an id from the browser.',
    by: 'probe',
  },
  {
    id: 'sso.other-browser',
    suite: 'sso',
    title: 'Other devices are left alone',
    requirement:
      'A login at one device does not concern another person’s session at another device. The partner team’s tool expects the opposite.',
    source: `inferred from ${SECURITY}; clever-vali, session invalidation`,
    advice:
      'Replace the session of the browser that logs in, and no other one. For information: the partner team’s tool counts the other answer.',
    by: 'probe',
  },
  {
    id: 'sso.who-is-logged-in',
    suite: 'sso',
    title: 'Who is logged in',
    requirement: 'A person sees who is logged in.',
    source: GUIDE,
    advice: 'Show `identity.name` on every page, and something else where it is missing.',
    by: 'probe',
  },
  {
    id: 'sso.logout',
    suite: 'sso',
    title: 'Log out',
    requirement: 'A “Log out” button ends the app’s session, and leaves the one at Clever alone.',
    source: GUIDE,
    advice:
      'End the session by a form that sends POST, and show the login page afterwards, without starting a login by itself.',
    by: 'probe',
  },
  {
    id: 'sso.error-unauthorized',
    suite: 'sso',
    title: 'Error: the district did not authorise the app',
    requirement:
      'When Clever answers `error=unauthorized-user`, the person sees a page that says so, and is not sent to Clever again.',
    source: `${GUIDE}; omniauth-clever`,
    advice: ON_ERROR,
    by: 'probe',
  },
  {
    id: 'sso.error-denied',
    suite: 'sso',
    title: 'Error: the login was refused',
    requirement: 'When Clever answers `error=access_denied`, the person sees a friendly page.',
    source: `${GUIDE}; RFC 6749, section 4.1.2.1`,
    advice: ON_ERROR,
    by: 'probe',
  },
  {
    id: 'sso.error-bad-code',
    suite: 'sso',
    title: 'Error: a code that Clever does not know',
    requirement:
      'A callback with a made-up code, or a made-up state, leads to a friendly page and to no error of the app.',
    source: `${GUIDE}; ${ERRORS}; clever-vali, invalid code`,
    advice: ON_ERROR,
    by: 'probe',
  },
  {
    id: 'sso.error-old-code',
    suite: 'sso',
    title: 'Error: a code that is too old',
    requirement:
      'A code lives for one minute. When it arrives later, the person sees a friendly page, or is logged in by a new one.',
    source: `${GUIDE}; ${ERRORS}`,
    advice: ON_ERROR,
    by: 'probe',
  },
  {
    id: 'sso.error-token-endpoint',
    suite: 'sso',
    title: 'Error: no token',
    requirement: 'When Clever’s token endpoint fails, the person sees a friendly page.',
    source: GUIDE,
    advice: ON_ERROR,
    by: 'probe',
  },
  {
    id: 'sso.error-api',
    suite: 'sso',
    title: 'Error: no answer from the API',
    requirement:
      'When Clever’s API fails during a login, with 503 or with an HTML page, the person sees a friendly page.',
    source: `${GUIDE}; ${ERRORS}`,
    advice: `${ON_ERROR} What \`onLogin\` itself reads from Clever must be expected to fail, too.`,
    by: 'probe',
  },
  {
    id: 'sso.error-words',
    suite: 'sso',
    title: 'Words of the error pages',
    requirement:
      'The pages after a failed login are friendly: a person understands what happened, and what to do next.',
    source: GUIDE,
    advice: ON_ERROR,
    by: 'person',
    question: 'Do the pages after a failed login say what happened and what the person can do?',
  },
  {
    id: 'sso.relevant-data',
    suite: 'sso',
    title: 'Uses what Clever knows',
    requirement: 'The app uses all relevant data that Clever gives, and does not ask people for it.',
    source: GUIDE,
    advice: 'Take name, e-mail address, roles and district from `identity` of `onLogin`.',
    by: 'probe',
    question:
      'Does the app use the name, e-mail address and role that Clever gives, and ask no one for what Clever knows?',
  },
  {
    id: 'sso.missing-fields',
    suite: 'sso',
    title: 'Missing fields',
    requirement: 'A person without an e-mail address, grade or number is let in, or asked for it at the first login.',
    source: `${GUIDE}, ${PRACTICES}`,
    advice:
      'Every member of `identity` but `id`, `connection` and `roles` may be missing: make the columns of the app’s tables nullable, and ask for what the app cannot do without.',
    by: 'probe',
  },
  {
    id: 'sso.odd-data',
    suite: 'sso',
    title: 'Odd data',
    requirement: 'Names beyond ASCII, long names, addresses without @ and empty texts do not keep a person out.',
    source: `${PRACTICES}, dev.clever.com/docs/data-model-quirks`,
    advice:
      'Store names as `text` in UTF-8, check nothing about an e-mail address, and treat `""` as missing: `compact()`.',
    by: 'probe',
  },
  {
    id: 'sso.forged-state',
    suite: 'sso',
    title: 'A forged state',
    requirement: 'A callback with a state that the app did not issue logs no one in, and its code is not exchanged.',
    source: `${SECURITY}; RFC 6749, section 10.12`,
    advice: STATE,
    by: 'probe',
  },
  {
    id: 'sso.other-browser-state',
    suite: 'sso',
    title: 'A state from another browser',
    requirement: 'A state counts in the browser in which the login began, and in no other.',
    source: `${SECURITY}; RFC 6749, section 10.12`,
    advice: STATE,
    by: 'probe',
  },
  {
    id: 'sso.missing-state',
    suite: 'sso',
    title: 'A callback without a state',
    requirement:
      'The code of a callback without a state is not exchanged: the app starts the login again. The partner team’s tool expects a refusal.',
    source: `${DESIGN}, Protecting Clever-initiated logins; clever-vali, missing state`,
    advice:
      'Handle the callback by `clever.login().callback()`, which starts again once with a new state. `cleverInitiated: "reject"` refuses in place of it.',
    by: 'probe',
  },
  {
    id: 'sso.login-csrf',
    suite: 'sso',
    title: 'Login by another page',
    requirement: 'An image or a link on another page cannot log a person in to another person’s account.',
    source: SECURITY,
    advice: `${STATE} A callback for which this browser has begun no login must not be accepted.`,
    by: 'probe',
  },
  {
    id: 'sso.secrets-inside',
    suite: 'sso',
    title: 'Secrets stay inside',
    requirement:
      'No token, code or client secret is in a page, a script, an address, or a cookie that scripts can read.',
    source: 'RFC 6749, sections 10.3 and 10.5; RFC 9700, section 4',
    advice: 'Keep `token` of `onLogin` on the server; the browser needs the app’s own session cookie and nothing else.',
    by: 'probe',
  },
  {
    id: 'sso.cookies',
    suite: 'sso',
    title: 'Cookies of the session',
    requirement: 'Scripts cannot read the cookie of the session, and the address of the callback is not passed on.',
    source: 'RFC 6265, section 8; RFC 9700, section 4.2.4',
    advice:
      'Set the session’s cookie with `HttpOnly`, `SameSite=Lax` and, in production, `Secure`; answer the callback by a redirect, as `onLogin` does.',
    by: 'probe',
  },
  {
    id: 'sso.browsers',
    suite: 'sso',
    title: 'Browsers and devices',
    requirement: 'The app works in Chrome, Firefox and Safari, and on phones and tablets.',
    source: OLDER,
    advice: 'Run with `--browser chromium`, and try the rest by hand.',
    by: 'probe',
    question:
      'Do the button, the portal, a second person at the same device, and the logout work in Firefox, in Safari, and on a phone or tablet?',
  },
  {
    id: 'sso.inactivity',
    suite: 'sso',
    title: 'Inactivity',
    requirement: 'Clever asks what happens to a session after a time without activity.',
    source: OLDER,
    advice: 'Give sessions an end: at shared devices, hours and not weeks.',
    by: 'person',
    question: 'After how much time without activity does a session end, and what does the person see then?',
  },
  {
    id: 'sso.logout-shows',
    suite: 'sso',
    title: 'What the logout shows',
    requirement: 'Clever asks what a person sees after the logout.',
    source: OLDER,
    advice: 'Show the app’s login page, with the “Log in with Clever” button.',
    by: 'person',
    question: 'What does a person see after the logout, and how do they get in again?',
  },
  {
    id: 'sso.approvals',
    suite: 'sso',
    title: 'Requests of districts',
    requirement: 'Clever asks who answers the requests of districts that want to connect the app, and how fast.',
    source: OLDER,
    advice: 'Name the people who look into Clever’s dashboard each school day.',
    by: 'person',
    question: 'Who approves the requests of districts in Clever’s dashboard, and within what time?',
  },
  {
    id: 'sso.offline',
    suite: 'sso',
    title: 'Use without Clever',
    requirement: 'Clever asks whether people can use the app while Clever cannot be reached, and how.',
    source: OLDER,
    advice: 'Nothing is required: say what happens to people who are logged in, and whether there is another way in.',
    by: 'person',
    question: 'Can people use the app while they cannot log in through Clever? How?',
  },
  {
    id: 'sso.admin-teachers',
    suite: 'sso',
    title: 'Admins who teach',
    requirement: 'Clever asks what school and district admins see who also teach, or who only want to look.',
    source: OLDER,
    advice: 'Look at `identity.roles`: a person with the roles `teacher` and `staff` has classes and a school.',
    by: 'person',
    question: 'What can school and district admins do in the app, and what those among them who also teach?',
  },
];
