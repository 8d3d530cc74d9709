import { fail, pass } from '../findings.js';
import type { VisitProbe } from '../probe.js';

/** `response_type=code`, one exchange, Basic authentication. */
export const codeGrant: VisitProbe = {
  kind: 'visit',
  id: 'sso.code-grant',
  needs: ['loginButton'],
  async run({ app, stage, people, world, north, newVisitor }) {
    const { mark } = stage.witness;
    await app.logIn(await newVisitor(), people.make(world, { district: north, roles: ['teacher'] }), 'button');
    const { authorizations, exchanges } = stage.witness.since(mark);
    const odd = authorizations.find(({ responseType }) => responseType !== 'code');
    if (odd !== undefined) {
      return fail(`The app asked for response_type=${odd.responseType ?? '(none)'}.`);
    }
    if (exchanges.length === 0) {
      return fail('The app never exchanged its code for a token.');
    }
    const exposed = exchanges.find(({ credentials }) => credentials === 'query');
    if (exposed !== undefined) {
      return fail('The app sent its client secret in the address of the request for a token, where logs keep it.');
    }
    const undocumented = exchanges.find(({ credentials }) => credentials !== 'basic');
    return undocumented === undefined
      ? pass(
          `response_type=code, and ${exchanges.length === 1 ? 'one exchange' : `${exchanges.length} exchanges`} with Basic authentication.`,
        )
      : fail(
          'The app sent its client secret in the body of the request for a token; Clever documents Basic authentication.',
        );
  },
};
