import { createCleverClient, hasCode } from 'clever-sdk';
import { createSandbox } from 'clever-sdk/sandbox';

// No id_tokens, as for a new app at Clever.
const sandbox = createSandbox();
const clever = createCleverClient({ ...sandbox.clientOptions(), oidc: { idToken: 'require' } });

const { url, state } = clever.oauth.authorizationUrl();
const [teacher] = sandbox.people({ role: 'teacher' });
const back = await sandbox.fetch(teacher?.loginUrl(url) ?? url);
const callback = back.headers.get('location') ?? '';

try {
  const token = await clever.oauth.exchangeCallback(callback, { expectedState: state });
  await clever.oauth.identify(token);
} catch (error) {
  if (!hasCode(error, 'oauth_id_token')) {
    throw error;
  }
  console.warn(error.reason, error.message);
}
