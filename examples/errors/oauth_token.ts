import { createCleverClient, hasCode } from 'clever-sdk';
import { createSandbox } from 'clever-sdk/sandbox';

const sandbox = createSandbox();
const clever = createCleverClient(sandbox.clientOptions());

const { url, state } = clever.oauth.authorizationUrl();
const [teacher] = sandbox.people({ role: 'teacher' });
const back = await sandbox.fetch(teacher?.loginUrl(url) ?? url);
const callback = back.headers.get('location') ?? '';

try {
  await clever.oauth.exchangeCallback(callback, { expectedState: state });
  // The same code once more, as after a reload.
  await clever.oauth.exchangeCallback(callback, { expectedState: state });
} catch (error) {
  if (!hasCode(error, 'oauth_token')) {
    throw error;
  }
  console.warn(error.status, error.message);
}
