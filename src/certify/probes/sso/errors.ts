import type { Finding } from '../../verdict.js';
import { fail, pass } from '../findings.js';
import type { VisitProbe, VisitScene } from '../probe.js';
import { type Arrival, arrive } from '../visits/arrival.js';
import { judgeScreen } from '../visits/screen.js';

/** A second more than a code lives. */
const TOO_OLD_MS = 61_000;
/** What Clever never issued. */
const GARBAGE = 'this-code-was-never-issued-by-clever';

/** A code that Clever never issued: with the state of a login, and with one that was made up. */
export const badCode: VisitProbe = {
  kind: 'visit',
  id: 'sso.error-bad-code',
  after: ['sso.code-grant'],
  async run(scene) {
    const ofLogin = await judgeScreen(
      scene,
      await returnWith(scene, ({ searchParams }) => searchParams.set('code', GARBAGE)),
    );
    if (ofLogin.verdict === 'fail') {
      return ofLogin;
    }
    const madeUp = await judgeScreen(
      scene,
      await returnWith(scene, ({ searchParams }) => {
        searchParams.set('code', GARBAGE);
        searchParams.set('state', `${GARBAGE}-state`);
      }),
    );
    return madeUp.verdict === 'fail' ? madeUp : ofLogin;
  },
};

/** A code that was right a minute ago. */
export const oldCode: VisitProbe = {
  kind: 'visit',
  id: 'sso.error-old-code',
  after: ['sso.error-bad-code'],
  run: async (scene) => judgeScreen(scene, await returnWith(scene, () => scene.world.sandbox.advance(TOO_OLD_MS))),
};

/** Clever's token endpoint fails. */
export const tokenEndpoint: VisitProbe = {
  kind: 'visit',
  id: 'sso.error-token-endpoint',
  after: ['sso.error-bad-code'],
  run: async (scene) =>
    judgeScreen(
      scene,
      await returnWith(scene, () =>
        scene.world.sandbox.faults.add({
          method: 'POST',
          path: '/oauth/tokens',
          status: 500,
          times: Number.POSITIVE_INFINITY,
        }),
      ),
      true,
    ),
};

/** The data API fails: with 503, and with the HTML page that Clever sends for what a token does not reach. */
export const apiFails: VisitProbe = {
  kind: 'visit',
  id: 'sso.error-api',
  after: ['sso.error-bad-code', 'sso.error-token-endpoint'],
  async run(scene) {
    const { faults } = scene.world.sandbox;
    let found = pass('');
    for (const what of [{ status: 503 }, { status: 404, html: true }] as const) {
      const arrival = await returnWith(scene, () =>
        faults.add({ ...what, when: isData, times: Number.POSITIVE_INFINITY }),
      );
      found = await judgeScreen(scene, arrival, true);
      faults.clear();
      if (found.verdict === 'fail') {
        return { ...found, evidence: [`Clever's API answered with ${what.status}.`, ...found.evidence] };
      }
    }
    return found;
  },
};

function isData({ url }: Request): boolean {
  return /^\/(?:v\d|me\b|userinfo)/u.test(new URL(url).pathname);
}

/** The district did not authorise the app. */
export const unauthorized: VisitProbe = {
  kind: 'visit',
  id: 'sso.error-unauthorized',
  async run(scene) {
    const { app, people, world, library } = scene;
    const found = await errorOf(scene, 'unauthorized-user');
    if (found.verdict === 'fail' || !app.hasLoginButton) {
      return found;
    }
    // A school admin of a district that did not connect the app, who uses its button.
    const admin = people.make(world, { district: library, roles: ['staff'] });
    return await withoutReturn(scene, await arrive(scene, admin, { by: 'button' }));
  },
};

/** The person, or Clever, refused. */
export const denied: VisitProbe = {
  kind: 'visit',
  id: 'sso.error-denied',
  after: ['sso.error-unauthorized'],
  run: (scene) => errorOf(scene, 'access_denied'),
};

/** An error in the place of a code. */
async function errorOf(scene: VisitScene, error: string): Promise<Finding> {
  const arrival = await returnWith(scene, ({ searchParams }) => {
    searchParams.delete('code');
    searchParams.set('error', error);
  });
  return await withoutReturn(scene, arrival);
}

/** Judges a screen after which the app must not have gone back to Clever, which would send the same error again. */
async function withoutReturn(scene: VisitScene, { login, ...arrival }: Arrival): Promise<Finding> {
  const { hops } = login.page;
  const errorAt = hops.findIndex(({ url }) => url.searchParams.has('error'));
  const wentBack = hops.slice(errorAt + 1).some(({ url }) => scene.stage.isClever(url));
  return errorAt >= 0 && wentBack
    ? fail('The app answered the error by sending the person to Clever again, which can go on without an end.')
    : await judgeScreen(scene, { login, ...arrival });
}

/** Leads a login to where Clever returns the person, changes the address or Clever, and lets the person arrive. */
async function returnWith(scene: VisitScene, spoil: (callback: URL) => unknown): Promise<Arrival> {
  const { app, people, stage, world, north, newVisitor } = scene;
  const visitor = await newVisitor();
  const person = people.make(world, { district: north, roles: [app.roleLike('teacher')] });
  const callback = await app.takeCallback(visitor, person);
  spoil(callback);
  const { mark } = stage.witness;
  return { visitor, person, mark, login: await app.arrive(visitor, callback) };
}
