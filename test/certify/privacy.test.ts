import { type CertifyEvent, certify } from 'clever-sdk/certify';
import { expect, it } from 'vitest';
import { SmallApp } from './support/small-app.js';

/** What the app has seen of people and secrets, and what must be in no result. */
function seenBy(app: SmallApp): string[] {
  return app.seen.filter((text) => text.length > 3);
}

it.for([undefined, 'token in the page', 'keyed on e-mail', 'crash for staff'] as const)(
  'has no secret, name or address in the results of an app with the fault “%s”',
  async (fault) => {
    await using app = await new SmallApp(fault).start();
    const events: CertifyEvent[] = [];
    const certification = await certify({
      app: app.origin,
      port: 0,
      seed: 11,
      suites: ['sso', 'library'],
      whoami: '/api/me#id',
      clientSecret: 'a-client-secret-that-must-not-appear-anywhere',
      onEvent: (event) => {
        app.configure(event);
        events.push(event);
      },
    });
    const seen = seenBy(app);
    expect(seen.length).toBeGreaterThan(100);
    // The event `listening` is for the app's environment.
    const said = JSON.stringify([certification, events.filter(({ kind }) => kind !== 'listening')]);
    expect(said).not.toContain('must-not-appear');
    expect(seen.filter((text) => said.includes(text))).toEqual([]);
  },
);
