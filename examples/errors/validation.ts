import { createCleverClient, hasCode } from 'clever-sdk';
import { createSandbox } from 'clever-sdk/sandbox';

const sandbox = createSandbox();
const { token } = sandbox.districts[0];
const district = createCleverClient({ ...sandbox.clientOptions(), validation: 'strict' }).district({ token });

sandbox.faults.add({ path: '/v3.1/users', wrongType: 'name' });

try {
  await district.users.list().firstPage();
} catch (error) {
  if (!hasCode(error, 'validation')) {
    throw error;
  }
  console.warn(error.issues, error.message);
}
