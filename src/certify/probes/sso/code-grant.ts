import { fail, pass, warn } from '../findings.js';
import type { VisitProbe } from '../probe.js';
import { arrive } from '../visits/arrival.js';

/** `response_type=code`, an exchange, Basic authentication. */
export const codeGrant: VisitProbe = {
  kind: 'visit',
  id: 'sso.code-grant',
  needs: ['loginButton'],
  async run(scene) {
    const { app, stage, people, world, north } = scene;
    const person = people.make(world, { district: north, roles: [app.roleLike('teacher')] });
    const { mark } = await arrive(scene, person, { by: 'button' });
    const { authorizations, exchanges } = stage.witness.since(mark);
    const odd = authorizations.find(({ responseType }) => responseType !== 'code');
    if (odd !== undefined) {
      return fail(`The app asked for response_type=${odd.responseType ?? '(none)'}.`);
    }
    if (exchanges.length === 0) {
      return fail('The app never exchanged its code for a token.');
    }
    if (exchanges.some(({ credentials }) => credentials === 'query')) {
      return fail('The app sent its client secret in the address of the request for a token, where logs keep it.');
    }
    if (!exchanges.some(({ status }) => status < 300)) {
      return fail(`Every request for a token was refused, the last one with status ${exchanges.at(-1)?.status}.`);
    }
    return exchanges.some(({ credentials }) => credentials === 'body')
      ? warn(
          'The app sent its client secret in the body of the request for a token. Clever documents Basic authentication only, and does not say whether it accepts this.',
        )
      : pass('response_type=code, and an exchange with Basic authentication.');
  },
};
