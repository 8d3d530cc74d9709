import { fail, pass, warn } from '../findings.js';
import type { VisitProbe } from '../probe.js';
import { placeOf } from '../visits/arrival.js';

/** The browser asks for the callback again: by a reload, by the back button, twice at once. */
export const codeOnce: VisitProbe = {
  kind: 'visit',
  id: 'sso.code-once',
  // Without a check of the state, or with a page that breaks on every error, a repeated code cannot end well.
  after: ['sso.forged-state', 'sso.login-csrf', 'sso.error-bad-code'],
  async run({ app, people, stage, world, north, newVisitor }) {
    const teacher = () => people.make(world, { district: north, roles: [app.roleLike('teacher')] });
    const visitor = await newVisitor();
    const callback = await app.takeCallback(visitor, teacher());
    await app.arrive(visitor, callback);
    const again = [await visitor.open(callback), await visitor.open(callback, 'other-site')];
    const times = stage.witness.exchangesOf(callback.searchParams.get('code') ?? '').length;
    if (times > 1) {
      return fail(`The callback was opened three times, and the app exchanged its code ${times} times.`);
    }
    const broken = again.find(({ status }) => status >= 500);
    if (broken !== undefined) {
      return fail(`The callback was opened once more, and the app failed: ${placeOf(broken)}.`);
    }
    const hasty = await newVisitor();
    const twice = await app.takeCallback(hasty, teacher());
    await Promise.all([hasty.request(twice, { as: 'navigation' }), hasty.request(twice, { as: 'navigation' })]);
    const timesAtOnce = stage.witness.exchangesOf(twice.searchParams.get('code') ?? '').length;
    return timesAtOnce > 1
      ? warn([
          'A repeated callback was not exchanged again.',
          'Two requests for the same callback at the same moment, as after a double click, were both exchanged. The second one fails at Clever.',
        ])
      : pass(
          'A callback that was repeated three times, and one that was sent twice at once, were exchanged once each.',
        );
  },
};
