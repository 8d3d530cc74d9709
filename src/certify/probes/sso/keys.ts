import type { SandboxPerson } from '../../../sandbox/index.js';
import type { Finding } from '../../verdict.js';
import { fail, pass, review, skipped } from '../findings.js';
import type { VisitProbe, VisitScene } from '../probe.js';
import { arrive, isFormOf, placeOf, whyNotIn } from '../visits/arrival.js';

/** Two people of two districts with one e-mail address are two people. */
export const noEmailKey: VisitProbe = {
  kind: 'visit',
  id: 'sso.no-email-key',
  needs: ['whoami'],
  after: ['sso.code-grant', 'sso.login-button'],
  run: async (scene) =>
    twoAccounts(scene, 'e-mail address', { email: scene.people.newEmail('shared', { id: 'certify' }) }),
};

/** Two people of two districts with one SIS id are two people. */
export const noSisIdKey: VisitProbe = {
  kind: 'visit',
  id: 'sso.no-sis-id-key',
  needs: ['whoami'],
  after: ['sso.code-grant', 'sso.login-button'],
  // Short ones are common, and found in many districts.
  run: async (scene) =>
    twoAccounts(scene, 'SIS id', { sisId: String(10 + (Number.parseInt(scene.people.unique(4), 16) % 89)) }),
};

async function twoAccounts(
  scene: VisitScene,
  what: string,
  shared: { readonly email?: string; readonly sisId?: string },
): Promise<Finding> {
  const { app, people, world, north, south } = scene;
  const accounts: string[] = [];
  for (const district of [north, south]) {
    const arrival = await arrive(scene, people.make(world, { district, roles: [app.roleLike('student')], ...shared }));
    const problem = await whyNotIn(scene, arrival);
    if (problem !== undefined) {
      const isSecond = accounts.length > 0;
      if (isSecond && arrival.login.isAtApp && isFormOf(scene, arrival.login.page)) {
        return review(`Can the second one of two people with the same ${what} get in, to an account of their own?`, [
          `The second one was asked for something by a form first: ${placeOf(arrival.login.page)}.`,
        ]);
      }
      const who = isSecond ? `The second one of two students with the same ${what}` : 'A student';
      return fail(`${who} could not log in. ${problem}`);
    }
    accounts.push((await app.whoami(arrival.visitor)) ?? '');
  }
  if (accounts[0] !== accounts[1]) {
    return pass(`Students of two districts with the same ${what} have accounts of their own.`);
  }
  return accounts[0]?.toLowerCase() === shared.email || accounts[0] === shared.sisId
    ? skipped(`The app's answer to \`whoami\` is the ${what} itself. Name a member that differs from person to person.`)
    : fail(`Students of two districts with the same ${what} are in one account.`);
}

/** The same person, after everything but Clever's id has changed. */
export const match: VisitProbe = {
  kind: 'visit',
  id: 'sso.match',
  needs: ['whoami'],
  after: ['sso.no-email-key', 'sso.no-sis-id-key'],
  async run(scene) {
    const { app, people, world, north } = scene;
    const role = app.roleLike('student');
    const without = await arrive(scene, people.make(world, { district: north, roles: [role], email: null }));
    const refused = await whyNotIn(scene, without);
    if (refused !== undefined) {
      return fail(`A person without an e-mail address could not log in. ${refused}`);
    }
    const person = people.make(world, { district: north, roles: [role] });
    const before = await arrive(scene, person);
    const account = await app.whoami(before.visitor);
    if (account === undefined) {
      return fail(`A person could not log in. ${await whyNotIn(scene, before)}`);
    }
    const now = people.make(world, { district: north, roles: [role] });
    north.users.delete(now.id);
    const { name, email = '' } = now;
    const sisId = String(Number.parseInt(people.unique(7), 16));
    north.users.update(person.id, { name, email, roles: { [role]: { sis_id: sisId } } });
    const after = await arrive(scene, person);
    const problem = await whyNotIn(scene, after);
    if (problem !== undefined) {
      return fail(`The person's e-mail address, name and SIS id changed, and then the login failed. ${problem}`);
    }
    const found = (await app.whoami(after.visitor)) ?? '';
    if (found === account) {
      return pass('After a change of the e-mail address, the name and the SIS id, the person has the same account.');
    }
    return isOf(now, found) || found === sisId
      ? skipped(
          'The app’s answer to `whoami` changes with the e-mail address or the name. Name a member that stays: an id.',
        )
      : fail('After a change of the e-mail address, the name and the SIS id, the person has another account.');
  },
};

/** Whether a text is a person's name or address. */
function isOf({ name: { first, last }, email }: SandboxPerson, text: string): boolean {
  return [first, last, email].some(
    (part) => (part ?? '') !== '' && text.toLowerCase().includes(part?.toLowerCase() ?? ''),
  );
}
