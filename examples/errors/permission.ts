import { createCleverClient, hasCode } from 'clever-sdk';
import { createSandbox } from 'clever-sdk/sandbox';

const sandbox = createSandbox();
const { token } = sandbox.districts[0];
const district = createCleverClient(sandbox.clientOptions()).district({ token });

sandbox.faults.add({ path: '/v3.1/users', status: 403 });

try {
  await district.users.list().firstPage();
} catch (error) {
  if (!hasCode(error, 'permission')) {
    throw error;
  }
  console.warn(error.message);
}
