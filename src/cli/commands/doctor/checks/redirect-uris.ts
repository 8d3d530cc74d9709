import { VARIABLES } from '../../../session/environment.js';
import { visible } from '../../../terminal/visible.js';
import { ASK, type Check } from '../check.js';
import type { DiagnosticTarget } from '../diagnostic-target.js';
import { skipped } from '../examine.js';
import { whyNoAnswer } from '../probe.js';

/** No app can have registered it: its domain is reserved. Source: RFC 2606 section 2. */
const UNREGISTERED = 'https://app.clever-sdk.invalid/callback';

/**
 * Whether the app's redirect URIs are registered: an app with `cleverEntry` has two. Clever has no list to read, so a
 * login is asked for with each, without a person, and the answer is compared with that for an address which is not
 * registered. That Clever answers such a login with an error page is known; the status of the page is inferred.
 */
export const redirectUris: Check = {
  id: 'redirect-uris',
  title: 'Redirect URIs',
  needs: ['network'],
  explainedBy: ['app'],
  run: async (target) => {
    const uris = target.redirectUris;
    if (target.settings.clientId === undefined || uris.length === 0) {
      return skipped(`name them with --redirect-uri, or in ${VARIABLES.redirectUri}`);
    }
    let refused: number;
    let statuses: number[];
    try {
      refused = await statusOfLogin(target, UNREGISTERED);
      statuses = await Promise.all(uris.map((uri) => statusOfLogin(target, uri)));
    } catch (error) {
      return skipped(`not looked at: ${whyNoAnswer(error)}`);
    }
    if (refused < 400) {
      return skipped('the login page does not say which ones are registered');
    }
    const unknown = uris.filter((_, index) => statuses[index] === refused);
    const details = { redirectUris: uris.map((uri) => ({ uri, isRegistered: !unknown.includes(uri) })) };
    if (unknown.length === 0) {
      return { verdict: 'ok', seen: `registered: ${uris.map(visible).join(', ')}`, details };
    }
    return {
      verdict: 'warning',
      seen: `not registered, it seems: ${unknown.map(visible).join(', ')}`,
      cause:
        'Clever answers a login with this address as one with an address that no app has registered. It compares them letter by letter.',
      whatToDo:
        "Register it in the app's settings. Logins that begin inside Clever arrive at the first one: with `cleverEntry` that is the entry, and the framework's own callback comes after it.",
      whomToAsk: ASK.dashboard,
      details,
    };
  },
};

async function statusOfLogin({ authOrigin, probe, settings }: DiagnosticTarget, redirectUri: string): Promise<number> {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: settings.clientId ?? '',
    redirect_uri: redirectUri,
    state: crypto.randomUUID(),
  });
  return (await probe.get(`${authOrigin}/oauth/authorize?${query}`)).status;
}
