import type { Certification, ProbeResult, Verdict } from 'clever-sdk/certify';

/** A PNG of one red pixel. */
export const PIXEL = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC'),
  (character) => character.charCodeAt(0),
);

/** A result with everything that a report needs. */
export function resultOf(members: Partial<ProbeResult> & Pick<ProbeResult, 'id'>): ProbeResult {
  const [suite = 'sso', name = ''] = members.id.split('.');
  return {
    suite: suite as ProbeResult['suite'],
    title: name.replaceAll('-', ' ').replace(/^./u, (letter) => letter.toUpperCase()),
    requirement: `Clever asks for ${name.replaceAll('-', ' ')}.`,
    source: 'dev.clever.com/docs/district-sso-certification-guide',
    verdict: 'pass',
    evidence: [],
    advice: 'Use `clever.login()`, which does this.',
    question: undefined,
    screenshots: [],
    readings: [],
    repeat: `certify --app http://localhost:3000 --only ${members.id} --seed 7`,
    expected: undefined,
    durationMs: 120,
    ...members,
  };
}

const NO_WHOAMI = 'It needs --whoami, the address where the app says who is logged in.';

/** One result of every kind that a run can have. */
export const RESULTS: readonly ProbeResult[] = [
  resultOf({
    id: 'sso.code-grant',
    evidence: ['The app sent response_type=code, and one POST /oauth/tokens with Basic.'],
  }),
  resultOf({
    id: 'sso.code-once',
    verdict: 'fail',
    title: 'A code is exchanged once',
    evidence: [
      'The callback was opened twice with the same code.',
      '2 requests POST /oauth/tokens arrived with it: 200, then 400.',
      'The second page answered with 500.',
    ],
    advice:
      'Exchange a code in one place, and answer a second callback from the session. `login.callback()` refuses a replayed code.',
  }),
  resultOf({ id: 'sso.portal-login', evidence: ['The person was logged in after 4 redirects.'] }),
  resultOf({
    id: 'sso.login-button',
    verdict: 'warn',
    title: 'Log in with Clever button',
    evidence: ['No link or form of /login leads to /oauth/authorize.'],
  }),
  resultOf({ id: 'sso.match', verdict: 'skipped', title: 'Match on the Clever id', evidence: [NO_WHOAMI] }),
  resultOf({ id: 'sso.shared-device', verdict: 'skipped', title: 'Shared device', evidence: [NO_WHOAMI] }),
  resultOf({
    id: 'sso.who-is-logged-in',
    verdict: 'review',
    title: 'Who is logged in',
    evidence: ['The name of the person is not in the text of /home.'],
    question: 'Does the page show who is logged in, as a picture or an avatar?',
    screenshots: [{ title: 'The page after the login', png: PIXEL }],
  }),
  resultOf({
    id: 'sso.missing-state',
    title: 'Callback without state',
    evidence: ['The app answered with 302 to /oauth/authorize, and did not exchange the code.'],
    readings: [
      { by: 'documentation', verdict: 'pass', expects: 'The app starts the login again.' },
      { by: 'partner tool', verdict: 'fail', expects: 'The app answers with 400, 401 or 403.' },
    ],
  }),
  resultOf({
    id: 'sso.error-api',
    verdict: 'fail',
    expected: 'fail',
    title: 'Failure of the API',
    evidence: ['The page answered with 500.'],
  }),
  resultOf({ id: 'sso.cookies', verdict: 'pass', expected: 'fail', title: 'Cookies' }),
  resultOf({
    id: 'sso.inactivity',
    verdict: 'review',
    title: 'Inactivity',
    question: 'After how long without activity does the session of a person end?',
  }),
  resultOf({
    id: 'library.merge',
    verdict: 'review',
    title: 'Merge an account',
    source: 'dev.clever.com/v2.1/docs/il-certification',
    question: 'Can a teacher merge an account that exists with the new one, at the first login?',
  }),
  resultOf({ id: 'sync.restore', evidence: ['412 records were active again, with the same ids of the app.'] }),
  resultOf({
    id: 'sync.purge',
    verdict: 'skipped',
    title: 'Purge',
    evidence: ['It needs --purge-command.'],
  }),
];

/** A run with these results. */
export function certificationOf(probes: readonly ProbeResult[], members: Partial<Certification> = {}): Certification {
  const counts: Record<Verdict, number> = { pass: 0, fail: 0, warn: 0, review: 0, skipped: 0 };
  for (const { verdict } of probes) {
    counts[verdict] += 1;
  }
  return {
    app: 'http://localhost:3000',
    suites: ['sso', 'library', 'sync'],
    probes,
    counts,
    ok: probes.every(({ verdict, expected }) => (expected === undefined ? verdict !== 'fail' : verdict === expected)),
    facts: {
      endpoints: { 'GET /v3.1/me': 31, 'GET /v3.1/users/{id}': 30, 'POST /oauth/tokens': 33 },
      apiVersions: ['v3.1'],
      tokens: ['user', 'district'],
      roles: ['student', 'teacher'],
      syncBy: 'both',
      redirectUris: ['http://localhost:3000/auth/clever/callback'],
      loginParameters: ['code_challenge'],
      requests: 94,
    },
    seed: 7,
    browser: undefined,
    startedAt: '2026-11-29T12:30:00.000Z',
    durationMs: 38_400,
    version: '1.0.0',
    ...members,
  };
}
