import { createCleverClient, hasCode } from 'clever-sdk';
import { createSandbox } from 'clever-sdk/sandbox';

const sandbox = createSandbox();
const { token } = sandbox.districts[0];
const district = createCleverClient(sandbox.clientOptions()).district({ token });

sandbox.faults.add({ path: '/v3.1/users', status: 405 });

try {
  await district.users.list().firstPage();
} catch (error) {
  if (!hasCode(error, 'api')) {
    throw error;
  }
  console.warn(error.status, error.message);
}
