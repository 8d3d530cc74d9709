import { load } from 'cheerio';
import { type Certification, formReport, htmlReport, jsonReport, junitReport, textReport } from 'clever-sdk/certify';
import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../../src/certify/catalogue/index.js';
import { certificationOf, PIXEL, RESULTS, resultOf } from './sample.js';

const RUN = certificationOf(RESULTS);
const GOOD = certificationOf(RESULTS.filter(({ verdict, expected }) => verdict === 'pass' && expected === undefined));

const REPORTS: readonly (readonly [string, (run: Certification) => string])[] = [
  ['text', textReport],
  ['HTML', htmlReport],
  ['JUnit', junitReport],
  ['JSON', jsonReport],
  ['form', formReport],
];

describe('the report as text', () => {
  it('has a row for each probe, by suite, then what failed with advice and the command that repeats it', () => {
    const text = textReport(RUN);
    for (const { id, title } of RESULTS) {
      expect(text).toMatch(new RegExp(`^ {2}[✔✖!?-] ${title} +${id.replace('.', '\\.')}( |$)`, 'mu'));
    }
    expect(text).toMatch(/^Single sign-on {2}2 failed · 1 with a warning · 2 for a person · 4 passed · 2 skipped$/mu);
    const failed = text.slice(text.indexOf('What failed'), text.indexOf('Known failures'));
    expect(failed).toContain('  2 requests POST /oauth/tokens arrived with it: 200, then 400.\n');
    expect(failed).toContain('→ Exchange a code in one place');
    expect(failed).toContain(
      'Again: npx clever-sdk certify --app http://localhost:3000 --only sso.code-once --seed 7\n',
    );
    expect(failed).toContain('It was expected to fail and passes: take it out of the file of --expect.');
    expect(failed).not.toContain('sso.error-api');
  });

  it('says why probes were skipped, once for each reason, and ends with the counts', () => {
    const text = textReport(RUN);
    expect(text.match(/It needs --whoami/gu)).toHaveLength(1);
    expect(text.trimEnd().split('\n').slice(-3)).toEqual([
      '2 questions that only a person can answer: see the reports of --report and --form.',
      '2 failed, 1 with a warning, 3 for a person, 5 passed, 3 skipped.',
      '2 results to repair before you ask Clever for certification.',
    ]);
    expect(textReport(GOOD).trimEnd().split('\n').at(-1)).toBe('Nothing failed.');
  });

  it.each([40, 60, 80, 200])('fits %d columns, but for commands and addresses', (columns) => {
    const wide = textReport(RUN, { columns })
      .split('\n')
      .filter((line) => line.length > Math.min(columns, 100) && !/Again: |dev\.clever\.com/u.test(line));
    expect(wide).toEqual([]);
  });

  it('is coloured only on request', () => {
    expect(textReport(RUN)).not.toContain('\u001b');
    expect(textReport(RUN, { hasColor: true })).toContain('\u001b[31m✖');
  });
});

describe('the report as HTML', () => {
  it('answers in a sentence, says what to do first, and leads to each result', () => {
    const $ = load(htmlReport(RUN));
    expect($('.answer p').first().text()).toBe('Not yet. 2 points failed, or did not go as expected.');
    expect($('.answer p').eq(1).text()).toBe('3 points of 14 were not tried, and may hide more.');
    const links = $('a[href^="#"]').toArray();
    expect(links.map((link) => $(link).attr('href')).filter((href = '') => $(href).length !== 1)).toEqual([]);
    expect($('#first').parent().text()).toContain('A code is exchanged once');
    for (const { id } of RESULTS) {
      expect($(`[id="probe-${id.replace('.', '-')}"]`).length, id).toBe(1);
    }
  });

  it.each([
    ['everything passed', GOOD, 'As far as it was tried, yes.'],
    [
      'a person has to look',
      certificationOf(RESULTS.filter(({ verdict, expected }) => expected === undefined && !['fail'].includes(verdict))),
      'As far as a program can try it, yes. For a person, 3 points remain.',
    ],
    [
      'only known failures are left',
      certificationOf(RESULTS.filter(({ expected, verdict }) => expected === verdict)),
      'Not yet. Nothing new failed, and 1 known failure must still be repaired.',
    ],
    [
      'nothing was tried',
      certificationOf(RESULTS.filter(({ verdict }) => verdict === 'skipped')),
      'Not known: nothing was tried that could pass.',
    ],
  ])('answers when %s', (_what, run, sentence) => {
    expect(load(htmlReport(run))('.answer p').first().text()).toBe(sentence);
  });

  it('has a box to tick for whatever only a person can check', () => {
    const $ = load(htmlReport(RUN));
    const labels = $('input[type=checkbox]')
      .toArray()
      .map((box) => $(`label[for="${$(box).attr('id')}"]`).text());
    expect(labels).toEqual([
      'Does the page show who is logged in, as a picture or an avatar?',
      'Inactivity',
      'Merge an account',
    ]);
  });

  it('is one file: screenshots are inside, and nothing is loaded or run', () => {
    const $ = load(htmlReport(RUN));
    expect($('img').attr('src')).toBe(`data:image/png;base64,${Buffer.from(PIXEL).toString('base64')}`);
    expect($('script, link, iframe, form').length).toBe(0);
    expect($('meta[http-equiv=Content-Security-Policy]').attr('content')).toMatch(/^default-src 'none'/u);
  });

  it('shows both readings where sources disagree, and what was seen of the app', () => {
    const $ = load(htmlReport(RUN));
    expect($('.readings').text()).toMatch(/documentation.*Pass.*partner team.*Fail/su);
    expect($('#facts').parent().text()).toContain('GET /v3.1/users/{id}');
  });

  it('escapes what an app may have put into evidence', () => {
    const evil = resultOf({
      id: 'sso.code-grant',
      verdict: 'fail',
      evidence: ['The page is /<script>alert(1)</script>'],
    });
    expect(load(htmlReport(certificationOf([evil])))('script').length).toBe(0);
  });
});

describe('the report as JUnit XML', () => {
  const $ = load(junitReport(RUN), { xml: true });
  const caseOf = (id: string) => $('testcase').filter((_, one) => $(one).attr('name')?.endsWith(`(${id})`) === true);

  it('has a case for each probe, and counts that are those of its elements', () => {
    expect($('testcase').length).toBe(RESULTS.length);
    for (const [name, selector] of [
      ['tests', 'testcase'],
      ['failures', 'failure'],
      ['skipped', 'skipped'],
    ] as const) {
      const sum = $('testsuite')
        .toArray()
        .reduce((total, suite) => total + Number($(suite).attr(name)), 0);
      expect([name, sum]).toEqual([name, $(selector).length]);
      expect(Number($('testsuites').attr(name) ?? sum)).toBe(sum);
    }
  });

  it('fails what is a problem, and skips what is known', () => {
    expect(caseOf('sso.code-once').find('failure').text()).toContain('2 requests POST /oauth/tokens');
    expect(caseOf('sso.code-once').find('failure').text()).toContain('Again: npx clever-sdk certify');
    expect(caseOf('sso.cookies').find('failure').attr('message')).toContain('expected to fail and passes');
    expect(caseOf('sso.error-api').find('skipped').attr('message')).toContain('known failure');
    expect(caseOf('sso.match').find('skipped').attr('message')).toContain('--whoami');
    expect(caseOf('sso.login-button').find('failure, skipped').length).toBe(0);
  });

  it('keeps XML whole, whatever a text holds', () => {
    const evidence = ['\u0000\u0008 ]]> <b a="1">&amp; \ud800 \ufffe\n\ttwo'];
    const xml = junitReport(certificationOf([resultOf({ id: 'sso.code-grant', verdict: 'fail', evidence })]));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/u);
    expect(xml.isWellFormed()).toBe(true);
    expect(load(xml, { xml: true })('b').length).toBe(0);
    expect(load(xml, { xml: true })('failure').attr('message')).toContain('<b a="1">&amp;');
  });
});

describe('the report as JSON', () => {
  it('has a version, and the run as the library returns it', () => {
    const json = JSON.parse(jsonReport(RUN)) as Record<string, unknown> & { probes: Record<string, unknown>[] };
    expect(json).toMatchObject({
      ...{ format: 'clever-sdk certification', formatVersion: 1, ok: false, seed: 7 },
      counts: RUN.counts,
      facts: RUN.facts,
    });
    expect(json.probes.map(({ id, verdict, isProblem }) => [id, verdict, isProblem])).toEqual(
      RESULTS.map(({ id, verdict }) => [id, verdict, ['sso.code-once', 'sso.cookies'].includes(id)]),
    );
    expect(json.probes.find(({ id }) => id === 'sso.who-is-logged-in')?.['screenshots']).toEqual([
      { title: 'The page after the login' },
    ]);
  });
});

describe('the certification form', () => {
  const form = formReport(RUN);
  const field = (label: string, text = form): string =>
    new RegExp(`^### ${label}\\n\\n([^]*?)(?=\\n##|$(?![^]))`, 'mu').exec(text)?.[1] ?? expect.fail(`no ${label}`);

  it('fills in what the run saw', () => {
    expect(field('API versions')).toMatch(/^\*\*Seen\*\*: v3\.1\n/u);
    expect(field('Endpoints used')).toContain('GET /v3.1/users/\\{id\\}');
    expect(field('Supported user types')).toContain('student, teacher');
    expect(field('Sync methods')).toContain('**Seen**: Events, and reading everything.');
    expect(field('Restoring records')).toContain('`sync.restore` pass');
    expect(field('Redirect URIs')).toContain('http://localhost:3000/auth/clever/callback');
  });

  it('asks for the rest, what was skipped included', () => {
    expect(field('Company')).toBe('**To answer**: What is the name of the company?\n');
    expect(field('Invalidates previous sessions')).toMatch(/^\*\*To answer\*\*: /u);
    expect(field('Inactivity')).toContain('After how long without activity');
    expect(form).not.toContain('LTI');
  });

  const CODE_GRANT = '**Seen**: OAuth 2.0, authorization-code grant.';
  const NOT_ALL_ERRORS = '**Seen**: Not every failure ends on a page that a person understands.';
  it.each([
    ['Auth type', { 'sso.code-grant': 'warn' }, CODE_GRANT],
    ['Auth type', { 'sso.code-grant': 'pass' }, CODE_GRANT],
    ['Auth type', { 'sso.code-grant': 'fail' }, '**To answer**'],
    ['Log in with Clever button', { 'sso.login-button': 'pass' }, '**Seen**: Yes, on the login page.'],
    ['Log in with Clever button', { 'sso.login-button': 'warn' }, '**Seen**: Not found on the login page.'],
    ['Log in with Clever button', { 'sso.login-button': 'fail' }, '**To answer**'],
    ['Log in with Clever button', { 'sso.login-button': 'review' }, '**To answer**'],
    ['Error handling', { 'sso.error-denied': 'pass', 'sso.error-api': 'fail' }, NOT_ALL_ERRORS],
    ['Error handling', { 'sso.error-denied': 'pass', 'sso.error-old-code': 'fail' }, NOT_ALL_ERRORS],
    ['Error handling', { 'sso.error-denied': 'pass' }, '**Seen**: A page of the app, with no crash.'],
    ['Error handling', { 'sso.error-denied': 'skipped' }, '**To answer**'],
    [
      'Invalidates previous sessions',
      { 'sso.shared-device': 'fail' },
      '**Seen**: No: the second login did not replace the session.',
    ],
    [
      'Record matching',
      { 'sync.matching': 'fail' },
      '**Seen**: Not every one of two people with the same name is a person of the app.',
    ],
  ] as const)('says of “%s” no more than was seen: %o', (label, verdicts, said) => {
    const results = Object.entries(verdicts).map(([id, verdict]) => resultOf({ id, verdict }));
    expect(field(label, formReport(certificationOf(results))).startsWith(said)).toBe(true);
  });

  it('counts what is filled in', () => {
    const [, answered, all] = /: (\d+) of (\d+) answers/u.exec(form) ?? [];
    const fields = form.slice(0, form.indexOf('## What else reviewers ask'));
    expect([Number(answered), Number(all)]).toEqual([
      fields.match(/^\*\*Seen\*\*/gmu)?.length,
      fields.match(/^### /gmu)?.length,
    ]);
    expect(Number(all)).toBeGreaterThanOrEqual(40);
  });
});

describe('no secret and no address of a person', () => {
  const HEX = '0123456789abcdef0123456789abcdef01234567';
  const SECRETS: readonly (readonly [string, string])[] = [
    ['a code', HEX],
    ['a token of a person', `il${'a1b2c3d4e5f6'.repeat(3)}xy`],
    ['a published token', 'ilc_CANARY_TOKEN'],
    ['an id_token', 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJl'],
    ['a header', 'Authorization: Basic Y2FuYXJ5OmNhbmFyeQ=='],
    ['a query', 'http://localhost/callback?code=short-canary-1&state=short-canary-2'],
    ['a variable', "COOKIE_SECRET='short canary-3' npm run sync"],
    ['JSON', '{"client_secret": "short-canary-4", "password":"short-canary-5"}'],
    ['a cookie', 'Set-Cookie: sid=short-canary-6; HttpOnly'],
    ['an address with a password', 'postgres://canary:short-canary-7@db.example.com/app'],
    ['an e-mail', 'canary.person@district.example.org'],
  ];

  it.each(SECRETS)('is printed by any report: %s', (_what, secret) => {
    const text = `It said ${secret} and more.`;
    const result = resultOf({
      ...{ id: 'sso.code-grant', evidence: [text], advice: text, question: text, requirement: text, source: text },
      ...{ title: text, repeat: text, screenshots: [{ title: text, png: PIXEL }] },
      readings: [{ by: 'documentation', verdict: 'pass', expects: text }],
    });
    for (const verdict of ['pass', 'fail', 'warn', 'review', 'skipped'] as const) {
      const run = certificationOf([{ ...result, verdict }], {
        app: text,
        facts: {
          ...RUN.facts,
          endpoints: { [text]: 1 },
          redirectUris: [text],
          tokens: [text],
          loginParameters: [text],
        },
      });
      for (const [name, report] of REPORTS) {
        const printed = report(run);
        expect(printed, name).toContain('It said');
        expect(printed, name).not.toMatch(/short.canary|canary\.person|Y2FuYXJ5|eyJ|CANARY/u);
        expect(printed, name).not.toContain(HEX.slice(0, 16));
        expect(printed, name).not.toContain('a1b2c3');
      }
    }
  });

  it('leaves ids, paths, statuses and advice as they are', () => {
    const texts = [
      'Person 4fd43cc56d11340000000005 ended at /home with 200 after 3 redirects.',
      'GET /v3.1/users/{id}: 12 requests; POST /oauth/tokens: 1.',
      'Use `clever.login()` with a `cookieSecret`; `state` is checked by it.',
      'A token of district A was sent with an id of district B.',
      'The app sent response_type=code and a code, and code once.',
    ];
    const run = certificationOf([resultOf({ id: 'sso.code-grant', verdict: 'fail', evidence: texts })]);
    const json = JSON.parse(jsonReport(run)) as Certification;
    expect(json.probes[0]?.evidence).toEqual(texts);
  });

  it('leaves the words of the catalogue as they are', () => {
    const results = CATALOGUE.map(({ id, title, requirement, source, advice, question }) =>
      resultOf({ id, title, requirement, source, advice, question }),
    );
    const { probes } = JSON.parse(jsonReport(certificationOf(results))) as Certification;
    expect(probes).toMatchObject(
      results.map(({ id, title, requirement, source, advice }) => ({ id, title, requirement, source, advice })),
    );
  });

  it('lets no character through that a terminal obeys', () => {
    const run = certificationOf([
      resultOf({ id: 'sso.code-grant', verdict: 'fail', evidence: ['\u001b[2J\u202egone'] }),
    ]);
    expect(textReport(run)).toContain('\\u001b[2J\\u202egone');
  });
});
