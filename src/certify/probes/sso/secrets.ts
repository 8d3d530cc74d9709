import { scriptsOf } from '../../visitor/page-content.js';
import type { HeldCookie, Page } from '../../visitor/visitor.js';
import { fail, pass, review, warn } from '../findings.js';
import type { VisitProbe } from '../probe.js';
import { arrive, placeOf } from '../visits/arrival.js';

/** More than the pages of a login load. */
const MOST_SCRIPTS = 20;

/** Tokens and the client secret stay where they belong. */
export const secretsInside: VisitProbe = {
  kind: 'visit',
  id: 'sso.secrets-inside',
  after: ['sso.code-grant', 'sso.login-button'],
  async run(scene) {
    const { app, people, stage, world, north, newVisitor } = scene;
    const { witness } = stage;
    const visitor = await newVisitor();
    const loginPage = await visitor.open(app.loginUrl);
    const { login } = await arrive(scene, people.make(world, { district: north, roles: [app.roleLike('teacher')] }), {
      visitor,
    });
    const home = await visitor.open(app.origin);
    const scripts = [
      ...new Set([loginPage, login.page, home].flatMap((page) => scriptsOf(page).map(({ href }) => href))),
    ]
      .filter((href) => app.isApp(new URL(href)))
      .slice(0, MOST_SCRIPTS);
    const loaded: Page[] = [];
    for (const href of scripts) {
      loaded.push(await visitor.request(href));
    }
    const answer = app.saysWho ? (await app.who(visitor)).answer : '';
    for (const page of [loginPage, login.page, home, ...loaded].filter(({ url }) => !stage.isClever(url))) {
      const found = witness.secretsIn(page.html).filter((kind) => kind !== 'code');
      if (found.length > 0) {
        return fail(`The answer at ${placeOf(page)} has in it: ${found.join(', ')}.`);
      }
    }
    const inAnswer = witness.secretsIn(answer);
    if (inAnswer.length > 0) {
      return fail(`The answer to \`whoami\` has in it: ${inAnswer.join(', ')}.`);
    }
    const inAddress = login.page.hops.find(({ url }) => !stage.isClever(url) && tokensIn(witness.secretsIn(url.href)));
    if (inAddress !== undefined) {
      return fail(`The address ${placeOf(inAddress)} has a token in it, where logs and histories keep it.`);
    }
    const open = (await visitor.cookies(app.origin)).filter(({ httpOnly }) => !httpOnly);
    const inCookie = open.flatMap((cookie) => witness.secretsIn(readable(cookie)));
    return inCookie.length > 0
      ? fail(`A cookie that scripts can read has in it: ${inCookie.join(', ')}.`)
      : pass(
          `No token or secret in ${3 + loaded.length} answers, their addresses, and the cookies that scripts can read.`,
        );
  },
};

function tokensIn(kinds: readonly string[]): boolean {
  return kinds.some((kind) => kind !== 'code');
}

/** A cookie's value, and what it says when it is decoded. */
function readable({ value }: HeldCookie): string {
  let text = value;
  try {
    text += ` ${decodeURIComponent(value)}`;
  } catch {
    // Not encoded so.
  }
  const parts = value.split(/[.%|:~]/u).filter((part) => /^[\w+/=-]{16,}$/u.test(part));
  return [text, ...parts.map((part) => Buffer.from(part, 'base64').toString('utf8'))].join(' ');
}

/** The cookies of the session, and the page that has the code in its address. */
export const cookies: VisitProbe = {
  kind: 'visit',
  id: 'sso.cookies',
  after: ['sso.code-grant', 'sso.login-button'],
  async run(scene) {
    const { app, people, world, north, newVisitor } = scene;
    const { visitor, login } = await arrive(
      scene,
      people.make(world, { district: north, roles: [app.roleLike('teacher')] }),
    );
    const held = await visitor.cookies(app.origin);
    const isPublic = app.origin.protocol === 'https:';
    const ofSession: HeldCookie[] = [];
    if (app.saysWho && (await app.whoami(visitor)) !== undefined) {
      for (const cookie of held) {
        const other = await newVisitor();
        await other.restoreCookies(
          app.origin,
          held.filter((one) => one !== cookie),
        );
        if ((await app.whoami(other)) === undefined) {
          ofSession.push(cookie);
        }
      }
    }
    const readableOnes = ofSession.filter(({ httpOnly }) => !httpOnly).length;
    if (readableOnes > 0) {
      return fail(
        `${readableOnes} of ${ofSession.length} cookies that make the session are not HttpOnly: every script on a page can take them.`,
      );
    }
    const evidence: string[] = [];
    if (ofSession.some(({ sameSite }) => sameSite === 'none')) {
      evidence.push('A cookie of the session is SameSite=None, so pages of other sites can use it.');
    }
    if (isPublic && ofSession.some(({ secure }) => !secure)) {
      evidence.push('A cookie of the session is not Secure.');
    }
    const { page } = login;
    if (
      page.url.searchParams.has('code') &&
      !(page.headers.has('referrer-policy') || /<meta[^>]+referrer/iu.test(page.html))
    ) {
      evidence.push(`${placeOf(page)} keeps the code in its address, and has no Referrer-Policy.`);
    }
    if (evidence.length > 0) {
      return warn(evidence);
    }
    return ofSession.length === 0
      ? pass(
          app.saysWho
            ? 'No single cookie makes the session.'
            : `${held.length} cookies. Which of them make the session cannot be known without --whoami.`,
        )
      : pass(`${ofSession.length === 1 ? 'The cookie' : `${ofSession.length} cookies`} of the session: HttpOnly.`);
  },
};

/** Which of Clever's data the app reads at a login. */
export const relevantData: VisitProbe = {
  kind: 'visit',
  id: 'sso.relevant-data',
  after: ['sso.code-grant', 'sso.login-button'],
  async run(scene) {
    const { app, people, stage, world, north } = scene;
    const { mark, login, visitor } = await arrive(
      scene,
      people.make(world, { district: north, roles: [app.roleLike('teacher')] }),
    );
    const paths = [...new Set(stage.witness.since(mark).calls.map(({ path }) => path))].sort();
    return review(
      'Does the app use the name, e-mail address and role that Clever gives, and ask no one for what Clever knows?',
      paths.length === 0
        ? 'At a login, the app read nothing from Clever.'
        : `At a login, the app read: ${paths.join(', ')}.`,
      [await visitor.screenshot(`The page after the first login: ${login.page.title}`)],
    );
  },
};

/** The most important logins, in a browser. */
export const browsers: VisitProbe = {
  kind: 'visit',
  id: 'sso.browsers',
  needs: ['browser'],
  after: ['sso.portal-login', 'sso.login-button', 'sso.shared-device', 'sso.logout'],
  async run(scene) {
    const { app, people, world, north } = scene;
    const { visitor } = await arrive(scene, people.make(world, { district: north, roles: [app.roleLike('student')] }), {
      by: 'portal',
    });
    return review(
      'Do the button, the portal, a second person at the same device, and the logout work in Firefox, in Safari, and on a phone or tablet?',
      'In Chromium, the portal, the button, a second person at the same device and the logout were tried by probes of their own.',
      [await visitor.screenshot('The app in Chromium')],
    );
  },
};
