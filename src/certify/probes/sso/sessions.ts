import { withoutQuery } from '../../app/app.js';
import type { HeldCookie, Visitor } from '../../visitor/visitor.js';
import { fail, pass, readings, review, skipped, warn } from '../findings.js';
import type { VisitProbe, VisitScene } from '../probe.js';
import { arrive, placeOf, showsName, whyNotIn } from '../visits/arrival.js';

const WAYS = { portal: 'the portal', 'instant-login': 'an Instant Login link', button: 'the button' } as const;

/** Two ways in for a person at a device where another one is logged in: those of Clever, if they work. */
function waysThatWork({ app, hasFailed }: VisitScene): readonly (keyof typeof WAYS)[] {
  if (!hasFailed('sso.portal-login') && !hasFailed('sso.instant-login')) {
    return ['portal', 'instant-login'];
  }
  return app.hasLoginButton ? ['button', 'button'] : [];
}

/** Whether another person can log in at a device where one is logged in: a login page may be hidden from that one. */
async function canFollow({ app }: VisitScene, device: Visitor, by: keyof typeof WAYS): Promise<boolean> {
  return by !== 'button' || (await app.findLoginStart(device)).kind !== 'none';
}

/** The next child at the same device gets a session of its own. */
export const sharedDevice: VisitProbe = {
  kind: 'visit',
  id: 'sso.shared-device',
  needs: ['whoami'],
  after: ['sso.code-grant', 'sso.login-button'],
  async run(scene) {
    const { app, people, world, north, newVisitor } = scene;
    const [one, other] = waysThatWork(scene);
    if (one === undefined || other === undefined) {
      return skipped('Not tried, because neither the portal nor a button of the app leads in.');
    }
    const student = () => people.make(world, { district: north, roles: [app.roleLike('student')] });
    const [first, second] = [student(), student()];
    const device = await newVisitor();
    await arrive(scene, first, { visitor: device });
    const firstAccount = await app.whoami(device);
    const secondAccount = await app.whoami((await arrive(scene, second)).visitor);
    if (firstAccount === undefined || secondAccount === undefined) {
      return fail('A student could not log in.');
    }
    if (firstAccount === secondAccount) {
      return skipped('The app’s answer to `whoami` is the same for two people. Name a member that differs: an id.');
    }
    for (const [person, account, by] of [
      [second, secondAccount, one],
      [first, firstAccount, other],
      [second, secondAccount, one],
    ] as const) {
      if (!(await canFollow(scene, device, by))) {
        return skipped('Not tried: the portal does not lead in, and who is logged in sees no button.');
      }
      const arrival = await arrive(scene, person, { visitor: device, by });
      const found = await app.whoami(device);
      if (found !== account) {
        const who = found === undefined ? 'no one' : 'still the person before';
        return fail(
          `At the same device, another person came by ${WAYS[by]}, and then ${who} was logged in: ${placeOf(arrival.login.page)}.`,
        );
      }
    }
    return pass('Three logins of two people followed each other at one device, and each replaced the one before.');
  },
};

/** A session that existed before a login is worth nothing after it. */
export const sessionFixation: VisitProbe = {
  kind: 'visit',
  id: 'sso.session-fixation',
  needs: ['whoami'],
  after: ['sso.code-grant', 'sso.login-button', 'sso.shared-device'],
  async run(scene) {
    const { app, people, world, north, newVisitor } = scene;
    const student = () => people.make(world, { district: north, roles: [app.roleLike('student')] });
    const holds = async (cookies: readonly HeldCookie[]): Promise<string | undefined> => {
      const other = await newVisitor();
      await other.restoreCookies(app.origin, cookies);
      return await app.whoami(other);
    };
    const device = await newVisitor();
    const callback = await app.takeCallback(device, student());
    const planted = await device.cookies(app.origin);
    await app.arrive(device, callback);
    const account = await app.whoami(device);
    if (account === undefined) {
      return fail('A student could not log in.');
    }
    if ((await holds(planted)) === account) {
      return fail('Cookies from before the login are logged in after it: who planted them is in the account.');
    }
    const made = await newVisitor();
    const names = await device.cookies(app.origin);
    const invented = names.map((cookie) => ({ ...cookie, value: people.unique(32) }));
    const person = student();
    const way = await app.takeCallback(made, person);
    const own = await made.cookies(app.origin);
    await made.restoreCookies(app.origin, [
      ...own,
      ...invented.filter(({ name }) => !own.some((cookie) => cookie.name === name)),
    ]);
    await app.arrive(made, way);
    const inventedAccount = await app.whoami(made);
    if (inventedAccount !== undefined && (await holds(invented)) === inventedAccount) {
      return fail('The app took over a session cookie that it had not issued: who planted it is in the account.');
    }
    const old = await device.cookies(app.origin);
    const [by] = waysThatWork(scene);
    if (by === undefined || !(await canFollow(scene, device, by))) {
      return pass('A login changes the cookies of the session. No second person could log in at the same device.');
    }
    await arrive(scene, student(), { visitor: device, by });
    const next = await app.whoami(device);
    const heldByOld = await holds(old);
    if (heldByOld !== undefined && heldByOld === next) {
      return fail(
        'The session kept its cookie when another student logged in: the cookie of the one opens the account of the other.',
      );
    }
    return heldByOld === undefined
      ? pass('A login changes the cookies of the session, and the cookies before it are worth nothing.')
      : warn(
          'A login changes the cookies of the session. The former ones, copied before, still open the former account: the app does not end the session on the server.',
        );
  },
};

/** A login in one browser, and another person's in another one. */
export const otherBrowser: VisitProbe = {
  kind: 'visit',
  id: 'sso.other-browser',
  needs: ['whoami'],
  after: ['sso.code-grant', 'sso.login-button', 'sso.shared-device'],
  async run(scene) {
    const { app, people, world, north } = scene;
    const student = () => people.make(world, { district: north, roles: [app.roleLike('student')] });
    const { visitor } = await arrive(scene, student());
    const before = await app.whoami(visitor);
    await arrive(scene, student());
    const after = await app.whoami(visitor);
    const isKept = after !== undefined && after === before;
    const both = readings(
      { verdict: isKept ? 'pass' : 'fail', expects: 'Two students at two devices are both logged in.' },
      {
        verdict: after === undefined ? 'pass' : 'fail',
        expects: 'A login in another browser ends the session in this one.',
      },
    );
    return isKept
      ? pass('A login in another browser left this session as it was.', { readings: both })
      : fail(
          after === undefined
            ? 'A login of another student, in another browser, ended this session.'
            : 'A login of another student, in another browser, changed who is logged in here.',
          { readings: both },
        );
  },
};

/** The way out. */
export const logout: VisitProbe = {
  kind: 'visit',
  id: 'sso.logout',
  after: ['sso.code-grant', 'sso.login-button'],
  async run(scene) {
    const { app, people, stage, world, north } = scene;
    const person = people.make(world, { district: north, roles: [app.roleLike('student')] });
    const arrival = await arrive(scene, person);
    const { visitor, login } = arrival;
    const problem = await whyNotIn(scene, arrival);
    if (problem !== undefined) {
      return fail(`A student could not log in. ${problem}`);
    }
    const { mark } = stage.witness;
    const way = await app.logOut(visitor, login.page);
    if (way.kind === 'none') {
      return review(
        'Is there a “Log out” button on every page, and does it work?',
        `No link or button to log out was found on ${placeOf(login.page)}. If there is one, give --logout-url.`,
        [await visitor.screenshot('The page after the login')],
      );
    }
    const back = await visitor.open(
      login.page.url.pathname === app.loginUrl.pathname ? app.origin : withoutQuery(login.page.url),
    );
    const isOut = app.saysWho ? (await app.whoami(visitor)) === undefined : !showsName(back, person);
    const sentToClever = way.pages.some(({ hops }) => hops.some(({ url }) => stage.isClever(url)));
    if (!isOut) {
      return fail(
        stage.witness.since(mark).exchanges.length > 0
          ? 'After the logout, the app logged the person in again at once, because it sends every person to Clever.'
          : `After the logout, the person is still logged in: ${placeOf(back)}.`,
      );
    }
    if (!app.saysWho && !showsName(login.page, person)) {
      return review(
        'Is no one logged in after the logout?',
        `Without --whoami, that could not be seen: ${placeOf(back)}.`,
      );
    }
    return sentToClever
      ? warn('The logout ended the session, and then led to Clever. To end the session there is discouraged.')
      : pass(`The logout ended the app's session, and left the one at Clever alone.`);
  },
};
