import { fail, pass } from '../findings.js';
import type { VisitProbe } from '../probe.js';

/** The portal sends a code without a state, and the person is in. */
export const portalLogin: VisitProbe = {
  kind: 'visit',
  id: 'sso.portal-login',
  async run({ app, stage, people, world, north, newVisitor }) {
    const visitor = await newVisitor();
    const { mark } = stage.witness;
    const { page, isAtApp } = await app.logIn(
      visitor,
      people.make(world, { district: north, roles: ['teacher'] }),
      'portal',
    );
    const { exchanges } = stage.witness.since(mark);
    const where = `${page.url.pathname} (status ${page.status})`;
    if (stage.isClever(page.url)) {
      return fail(`The way from the portal ended at Clever, not at the app: ${where}.`);
    }
    if (!exchanges.some(({ status }) => status < 300)) {
      return fail(`The person arrived at ${where}, and the app has exchanged no code.`);
    }
    if (!isAtApp) {
      return fail(`The way from the portal ended at an error of the app: ${where}.`);
    }
    if (app.saysWho && (await app.whoami(visitor)) === undefined) {
      return fail(`The person arrived at ${where}, and the app says that no one is logged in.`);
    }
    return pass(`The way from the portal ended at ${where}.`);
  },
};
