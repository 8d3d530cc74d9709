import { createCleverClient, hasCode } from 'clever-sdk';
import { createSandbox } from 'clever-sdk/sandbox';

const sandbox = createSandbox();
const { id } = sandbox.districts[0];
const district = createCleverClient(sandbox.clientOptions()).district({ districtId: id });

sandbox.district(id).disconnect();

try {
  await district.users.list().firstPage();
} catch (error) {
  if (!hasCode(error, 'district_disconnected')) {
    throw error;
  }
  console.warn(error.reason, error.message);
}
