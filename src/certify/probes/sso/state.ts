import type { SandboxPerson } from '../../../sandbox/index.js';
import type { Finding, Reading } from '../../verdict.js';
import type { Visitor } from '../../visitor/visitor.js';
import { fail, pass, readings } from '../findings.js';
import type { VisitProbe, VisitScene } from '../probe.js';
import { placeOf, showsName } from '../visits/arrival.js';

/** Statuses that the partner team's tool accepts as a refusal. */
const REFUSALS: readonly number[] = [400, 401, 403];

/** A callback that someone else made, in the browser of a person who did not log in. */
interface Attack {
  readonly victim: Visitor;
  /** With a code that is the attacker's, and that no one has used. */
  readonly callback: URL;
  readonly code: string;
  readonly attacker: SandboxPerson;
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
  return { victim, callback, attacker, code: callback.searchParams.get('code') ?? '' };
}

/** What an attack reached. */
interface Reached {
  /** `warn`: the code is lost, and no one is in the attacker's account. */
  readonly verdict: 'fail' | 'warn';
  readonly text: string;
}

/** What the attack reached; `undefined` when nothing. */
async function whatItReached(
  { app, stage }: VisitScene,
  { victim, code, attacker }: Attack,
): Promise<Reached | undefined> {
  const exchanges = stage.witness.exchangesOf(code);
  // An app may start the login again, by which the victim, whom Clever knows, is logged in as themselves.
  const isUsed = exchanges.some(({ status }) => status < 300);
  const isIn =
    isUsed &&
    (app.saysWho ? (await app.whoami(victim)) !== undefined : showsName(await victim.open(app.origin), attacker));
  if (isIn) {
    return { verdict: 'fail', text: 'The victim is logged in, in the attacker’s account.' };
  }
  return exchanges.length > 0
    ? {
        verdict: 'warn',
        text: 'The app exchanged the code before it refused the login. No one is logged in, but check the state first.',
      }
    : undefined;
}

/** The finding about an attack that reached something. */
function found({ verdict, text }: Reached, before: readonly string[], both?: readonly Reading[]): Finding {
  return { verdict, evidence: [...before, text], ...(both === undefined ? {} : { readings: both }) };
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
    // The first answer is the one to the callback itself.
    const { status = 0 } = page.hops[0] ?? {};
    const expects = {
      documentation: 'The code is never exchanged.',
      partnerTool: 'Status 400, 401 or 403; not tried with apps that say they use no state.',
    };
    const byTool = REFUSALS.includes(status) ? 'pass' : 'fail';
    if (reached !== undefined) {
      return found(
        reached,
        usesState ? [] : ['The app sends no state with its logins.'],
        readings(
          { verdict: reached.verdict, expects: expects.documentation },
          { verdict: usesState ? byTool : 'skipped', expects: expects.partnerTool },
        ),
      );
    }
    return pass(`The forged state was answered with ${status}, and the login ended at ${placeOf(page)}.`, {
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
      : found(reached, ['The state was issued in another browser.']);
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
    // The first answer is the one to the callback itself.
    const { status = 0 } = page.hops[0] ?? {};
    const restarted = stage.witness.since(mark).authorizations.some(({ stateMark }) => stateMark !== undefined);
    const verdict = reached?.verdict ?? 'pass';
    const both = readings(
      { verdict, expects: 'The code is not used; the login starts again with a new state.' },
      {
        verdict: REFUSALS.includes(status) && reached === undefined ? 'pass' : 'fail',
        expects: 'Status 400, 401 or 403.',
      },
    );
    if (reached !== undefined) {
      return found(reached, [], both);
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
    const reachedBy: [where: string, reached: Reached][] = [];
    for (const by of ['an image', 'a link'] as const) {
      const planted = await attack(scene, 'login');
      if (by === 'an image') {
        await planted.victim.request(planted.callback, { as: 'image' });
      } else {
        await planted.victim.open(planted.callback, 'other-site');
      }
      const reached = await whatItReached(scene, planted);
      if (reached !== undefined) {
        reachedBy.push([by, reached]);
      }
    }
    const [where, worst] = reachedBy.find(([, { verdict }]) => verdict === 'fail') ?? reachedBy[0] ?? [];
    if (worst !== undefined) {
      return found(worst, [`The attacker’s callback was in ${where} of another page.`]);
    }
    return pass('Neither an image nor a link with another person’s callback logged anyone in.');
  },
};
