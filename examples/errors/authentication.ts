import { createCleverClient, hasCode } from 'clever-sdk';
import { createSandbox } from 'clever-sdk/sandbox';

const sandbox = createSandbox();
const { token } = sandbox.districts[0];
const district = createCleverClient(sandbox.clientOptions()).district({ token });

sandbox.revokeToken(token);

try {
  await district.users.list().firstPage();
} catch (error) {
  if (!hasCode(error, 'authentication')) {
    throw error;
  }
  console.warn(error.message);
}
