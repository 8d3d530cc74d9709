import { createCleverClient, hasCode } from 'clever-sdk';
import { createSandbox } from 'clever-sdk/sandbox';

const clever = createCleverClient(createSandbox().clientOptions());
const { state } = clever.oauth.authorizationUrl();

// In this order: state_missing, state_mismatch, denied, code_missing, malformed.
const queries = [
  'code=from-the-portal',
  'code=from-another-browser&state=another',
  `error=access_denied&state=${state}`,
  `state=${state}`,
  `code=one&code=two&state=${state}`,
];

for (const query of queries) {
  try {
    await clever.oauth.exchangeCallback(`https://app.example.com/callback?${query}`, { expectedState: state });
  } catch (error) {
    if (!hasCode(error, 'oauth_callback')) {
      throw error;
    }
    console.warn(error.reason, error.message);
  }
}
