import { createCleverClient, hasCode } from 'clever-sdk';
import { createSandbox } from 'clever-sdk/sandbox';

const sandbox = createSandbox();
const { token } = sandbox.districts[0];
const district = createCleverClient(sandbox.clientOptions()).district({ token });

try {
  await district.users.get('000000000000000000000000');
} catch (error) {
  if (!hasCode(error, 'not_found')) {
    throw error;
  }
  console.warn(error.pathTemplate, error.message);
}
