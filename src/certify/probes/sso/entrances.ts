import type { Entrance } from '../../app/app.js';
import type { Finding } from '../../verdict.js';
import { fail, pass, review, warn } from '../findings.js';
import type { VisitProbe, VisitScene } from '../probe.js';
import { arrive, placeOf, whyNotIn } from '../visits/arrival.js';

/** More hops than a browser needs for a login that starts again once. */
const MOST_HOPS = 10;

const BUTTON_QUESTION = 'Does the login page have a “Log in with Clever” button?';

/** The portal sends a code without a state, and the person is in. */
export const portalLogin: VisitProbe = {
  kind: 'visit',
  id: 'sso.portal-login',
  after: ['sso.code-grant'],
  run: (scene) => enterBy(scene, 'portal'),
};

/** An Instant Login link does the same. */
export const instantLogin: VisitProbe = {
  kind: 'visit',
  id: 'sso.instant-login',
  after: ['sso.code-grant', 'sso.portal-login'],
  run: (scene) => enterBy(scene, 'instant-login'),
};

async function enterBy(scene: VisitScene, by: Entrance): Promise<Finding> {
  const { app, people, world, north } = scene;
  const arrival = await arrive(scene, people.make(world, { district: north, roles: [app.roleLike('teacher')] }), {
    by,
  });
  const problem = await whyNotIn(scene, arrival);
  if (problem !== undefined) {
    return fail(problem);
  }
  const { page } = arrival.login;
  const hops = page.hops.length;
  const found = `The login ended at ${placeOf(page)} after ${hops} answers, and the person is in.`;
  return hops > MOST_HOPS ? warn([found, `A login should need no more than ${MOST_HOPS}.`]) : pass(found);
}

/** A link or button that leads to Clever, and back into the app. */
export const loginButton: VisitProbe = {
  kind: 'visit',
  id: 'sso.login-button',
  after: ['sso.code-grant'],
  async run(scene) {
    const { app, people, stage, world, north, newVisitor } = scene;
    const visitor = await newVisitor();
    const { mark } = stage.witness;
    const start = await app.findLoginStart(visitor);
    const where = placeOf(start.page);
    if (start.kind === 'none') {
      return visitor.driver === 'http' && /<script\b/iu.test(start.page.html)
        ? review(
            BUTTON_QUESTION,
            `No link or button to Clever was found at ${where}. A script may add it: run with --browser chromium.`,
          )
        : warn(`No link or button to Clever was found at ${where}.`);
    }
    const picture = start.kind === 'control' ? await visitor.screenshot('The login page') : undefined;
    if (start.kind === 'control') {
      await app.startLogin(visitor, start);
    }
    const found =
      start.kind === 'direct'
        ? `${app.loginUrl.pathname}, which is not the page with the button,`
        : `${start.control.kind === 'link' ? 'A link' : 'A button'} at ${where}`;
    if (stage.witness.since(mark).authorizations.length === 0) {
      return fail(`${found} that is named after Clever does not lead there.`);
    }
    const problems: (string | undefined)[] = [];
    for (const role of ['teacher', 'student'] as const) {
      const person = people.make(world, { district: north, roles: [role] });
      problems.push(await whyNotIn(scene, await arrive(scene, person, { by: 'button' })));
    }
    // An app may be for one of them only.
    if (problems.every((problem) => problem !== undefined)) {
      return fail(`${found} leads to Clever, but the login that begins there ends outside the app. ${problems[0]}`);
    }
    const seen = `${found} leads to Clever, and back into the app.`;
    return start.kind === 'direct'
      ? review(BUTTON_QUESTION, seen)
      : pass(seen, { screenshots: picture === undefined ? [] : [picture] });
  },
};

/** The official artwork: a person looks. */
export const buttonArtwork: VisitProbe = {
  kind: 'visit',
  id: 'sso.button-artwork',
  async run({ app, newVisitor }) {
    const visitor = await newVisitor();
    const { kind, page } = await app.findLoginStart(visitor);
    const question =
      'Does the login page show Clever’s own “Log in with Clever” artwork, in a place where students find it?';
    return kind === 'direct'
      ? review(question, 'The page with the button was not seen: --login-url leads straight to Clever.')
      : review(question, `The login page is at ${placeOf(page)}.`, [await visitor.screenshot('The login page')]);
  },
};

/** One redirect URI for all districts, without a query. */
export const oneRedirectUri: VisitProbe = {
  kind: 'visit',
  id: 'sso.one-redirect-uri',
  after: ['sso.portal-login'],
  async run(scene) {
    const { app, people, stage, world, north, south } = scene;
    const { mark } = stage.witness;
    for (const district of [north, south]) {
      await arrive(scene, people.make(world, { district, roles: [app.roleLike('teacher')] }), { by: 'portal' });
    }
    const { authorizations, exchanges } = stage.witness.since(mark);
    const used = [...authorizations, ...exchanges].flatMap(({ redirectUri }) => redirectUri ?? []);
    if (used.length === 0) {
      return fail('The app exchanged its codes without a redirect URI.');
    }
    const withQuery = used.find((uri) => uri.includes('?'));
    if (withQuery !== undefined) {
      return fail('The redirect URI has parameters. Clever compares it as it was registered.');
    }
    const differing = new Set(exchanges.map(({ redirectUri }) => redirectUri));
    return differing.size > 1
      ? fail(`Logins from two districts used ${differing.size} redirect URIs.`)
      : pass('Logins from two districts used the same redirect URI, without parameters.');
  },
};

/** HTTPS outside this machine. */
export const https: VisitProbe = {
  kind: 'visit',
  id: 'sso.https',
  needs: ['publicApp'],
  async run(scene) {
    const { app, people, stage, world, north } = scene;
    if (app.origin.protocol !== 'https:') {
      return fail(`The app is at ${app.origin.protocol}//, not at https://.`);
    }
    if (stage.redirectUris.some((uri) => !uri.startsWith('https:'))) {
      return fail('A redirect URI of the app does not begin with https://.');
    }
    const { visitor, login } = await arrive(
      scene,
      people.make(world, { district: north, roles: [app.roleLike('teacher')] }),
    );
    const open = (await visitor.cookies(app.origin)).filter(({ httpOnly, secure }) => httpOnly && !secure);
    if (open.length > 0) {
      return fail(`The app set ${open.length} cookies that scripts cannot read, but that travel without encryption.`);
    }
    return login.page.headers.has('strict-transport-security')
      ? pass('HTTPS, cookies that are Secure, and Strict-Transport-Security.')
      : warn('HTTPS, but no Strict-Transport-Security header.');
  },
};
