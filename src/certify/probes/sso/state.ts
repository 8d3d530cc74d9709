import type { Visitor } from '../../visitor/visitor.js';
import { fail, pass, readings } from '../findings.js';
import type { VisitProbe, VisitScene } from '../probe.js';
import { placeOf } from '../visits/arrival.js';

/** Statuses that the partner team's tool accepts as a refusal. */
const REFUSALS: readonly number[] = [400, 401, 403];

/** A callback that someone else made, in the browser of a person who did not log in. */
interface Attack {
  readonly victim: Visitor;
  /** With a code that is the attacker's, and that no one has used. */
  readonly callback: URL;
  readonly code: string;
}

/**
 * Makes an attack.
 *
 * @param by - The attacker's callback: of a login with a state, or of the portal, without one.
 * @param pending - Whether the victim has begun a login of their own, and not ended it.
 */
async function attack(scene: VisitScene, by: 'login' | 'portal', pending = false): Promise<Attack> {
  const { app, people, world, north, newVisitor } = scene;
  const victim = await newVisitor();
  if (pending) {
    await app.takeCallback(victim, people.make(world, { district: north, roles: [app.roleLike('student')] }));
  }
  const attacker = people.make(world, { district: north, roles: [app.roleLike('teacher')] });
  const visitor = await newVisitor();
  const callback =
    by === 'portal'
      ? await app.takeFirstCallback(visitor, attacker, 'portal')
      : await app.takeCallback(visitor, attacker);
  return { victim, callback, code: callback.searchParams.get('code') ?? '' };
}

/** What the attack reached; `undefined` when nothing. */
async function whatItReached({ app, stage }: VisitScene, { victim, code }: Attack): Promise<string | undefined> {
  if (app.saysWho && (await app.whoami(victim)) !== undefined) {
    return 'The victim is logged in, in the attacker’s account.';
  }
  return stage.witness.exchangesOf(code).length > 0
    ? 'The app exchanged a code that it had not asked for in this browser.'
    : undefined;
}

/** A state that no one issued. */
export const forgedState: VisitProbe = {
  kind: 'visit',
  id: 'sso.forged-state',
  after: ['sso.code-grant'],
  async run(scene) {
    const forged = await attack(scene, 'login', true);
    const usesState = forged.callback.searchParams.has('state');
    forged.callback.searchParams.set('state', 'forged-state-of-a-certification-run');
    const { page } = await scene.app.arrive(forged.victim, forged.callback);
    const reached = await whatItReached(scene, forged);
    const { status = 0 } = firstAnswer(page.hops) ?? {};
    const expects = {
      documentation: 'The code is never exchanged.',
      partnerTool: 'Status 400, 401 or 403; not tried with apps that say they use no state.',
    };
    const byTool = REFUSALS.includes(status) ? 'pass' : 'fail';
    if (reached !== undefined) {
      return fail([...(usesState ? [] : ['The app sends no state with its logins.']), reached], {
        readings: readings(
          { verdict: 'fail', expects: expects.documentation },
          { verdict: usesState ? byTool : 'skipped', expects: expects.partnerTool },
        ),
      });
    }
    return pass(`The forged state was answered with ${status}, and the way ended at ${placeOf(page)}.`, {
      readings: readings(
        { verdict: 'pass', expects: expects.documentation },
        { verdict: byTool, expects: expects.partnerTool },
      ),
    });
  },
};

/** A state that the app issued, in another browser. */
export const otherBrowserState: VisitProbe = {
  kind: 'visit',
  id: 'sso.other-browser-state',
  after: ['sso.forged-state'],
  async run(scene) {
    const borrowed = await attack(scene, 'login', true);
    if (!borrowed.callback.searchParams.has('state')) {
      return fail('The app sends no state with its logins.');
    }
    const { page } = await scene.app.arrive(borrowed.victim, borrowed.callback);
    const reached = await whatItReached(scene, borrowed);
    return reached === undefined
      ? pass(`The state of another browser was refused: ${placeOf(page)}.`)
      : fail(['The state was issued in another browser.', reached]);
  },
};

/** No state, as from the portal: the code must not be used. */
export const missingState: VisitProbe = {
  kind: 'visit',
  id: 'sso.missing-state',
  after: ['sso.forged-state'],
  async run(scene) {
    const { app, stage } = scene;
    const stateless = await attack(scene, 'portal');
    const { mark } = stage.witness;
    const { page } = await app.arrive(stateless.victim, stateless.callback);
    const reached = await whatItReached(scene, stateless);
    const { status = 0 } = firstAnswer(page.hops) ?? {};
    const restarted = stage.witness.since(mark).authorizations.some(({ stateMark }) => stateMark !== undefined);
    const verdict = reached === undefined ? 'pass' : 'fail';
    const both = readings(
      { verdict, expects: 'The code is not used; the login starts again with a new state.' },
      {
        verdict: REFUSALS.includes(status) && reached === undefined ? 'pass' : 'fail',
        expects: 'Status 400, 401 or 403.',
      },
    );
    if (reached !== undefined) {
      return fail(reached, { readings: both });
    }
    return pass(
      restarted
        ? 'The app left the code unused and started the login again with a state.'
        : `The app left the code unused and answered with ${status}.`,
      {
        readings: both,
        ...(restarted
          ? {
              advice:
                'Nothing is to be done. The partner team’s tool expects a refusal: say there that the app uses no state, or set `cleverInitiated: "reject"` while it runs.',
            }
          : {}),
      },
    );
  },
};

/** An image, and a link, that carry the attacker's login into a browser that has begun none. */
export const loginCsrf: VisitProbe = {
  kind: 'visit',
  id: 'sso.login-csrf',
  after: ['sso.forged-state', 'sso.other-browser-state', 'sso.missing-state'],
  async run(scene) {
    for (const by of ['image', 'link'] as const) {
      const planted = await attack(scene, 'login');
      if (by === 'image') {
        await planted.victim.request(planted.callback, { as: 'image' });
      } else {
        await planted.victim.open(planted.callback, 'other-site');
      }
      const reached = await whatItReached(scene, planted);
      if (reached !== undefined) {
        return fail([
          `The attacker’s callback was in ${by === 'image' ? 'an image' : 'a link'} of another page.`,
          reached,
        ]);
      }
    }
    return pass('Neither an image nor a link with another person’s callback logged anyone in.');
  },
};

/** What the app answered to the callback itself. */
function firstAnswer<T>(hops: readonly T[]): T | undefined {
  return hops[0];
}
