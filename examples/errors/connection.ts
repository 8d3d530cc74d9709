import { createCleverClient, hasCode } from 'clever-sdk';
import { createSandbox, type Fault } from 'clever-sdk/sandbox';

const sandbox = createSandbox();
const { token } = sandbox.districts[0];
const district = createCleverClient({
  ...sandbox.clientOptions(),
  retry: false,
  maxResponseBytes: 1_000_000,
}).district({ token });

// In this order: network, body, not_json, too_large, envelope, redirect.
const faults: Fault[] = [
  { dnsFailure: true },
  { truncateBody: true },
  { html: true },
  { body: ' '.repeat(1_000_001) },
  { body: { data: {} } },
  { status: 302, headers: { location: 'https://elsewhere.example' } },
];

for (const fault of faults) {
  sandbox.faults.add(fault);
  try {
    await district.users.list().firstPage();
  } catch (error) {
    if (!hasCode(error, 'connection')) {
      throw error;
    }
    console.warn(error.reason, error.message);
  }
}
