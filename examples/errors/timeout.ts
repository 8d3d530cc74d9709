import { createCleverClient, hasCode } from 'clever-sdk';
import { createSandbox } from 'clever-sdk/sandbox';

const sandbox = createSandbox();
const { token } = sandbox.districts[0];
const district = createCleverClient({ ...sandbox.clientOptions(), retry: false, timeoutMs: 50 }).district({ token });

sandbox.faults.add({ path: '/v3.1/users', hang: true });

try {
  await district.users.list().firstPage();
} catch (error) {
  if (!hasCode(error, 'timeout')) {
    throw error;
  }
  console.warn(error.limit, error.timeoutMs, error.message);
}
