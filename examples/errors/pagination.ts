import { createCleverClient, hasCode } from 'clever-sdk';
import { createSandbox, type Fault } from 'clever-sdk/sandbox';

const sandbox = createSandbox();
const { token } = sandbox.districts[0];
const district = createCleverClient(sandbox.clientOptions()).district({ token });

/** Shows why a listing stopped. */
async function stopped(read: () => Promise<unknown>): Promise<void> {
  try {
    await read();
  } catch (error) {
    if (!hasCode(error, 'pagination')) {
      throw error;
    }
    console.warn(error.reason, error.message);
  }
}

// In this order: repeated_link, unreadable_link, foreign_link.
const faults: Fault[] = [{ nextLink: 'self' }, { nextLink: 'http://[' }, { nextLink: 'https://elsewhere.example' }];
for (const fault of faults) {
  sandbox.faults.add(fault);
  await stopped(() => district.users.list({ pageSize: 50 }).toArray({ maxItems: 100_000 }));
}

// max_items
await stopped(() => district.users.list().toArray({ maxItems: 10 }));

// invalid_cursor: of another list
const { cursor } = await district.schools.list({ pageSize: 1 }).firstPage();
await stopped(() => district.users.list(cursor === undefined ? {} : { from: cursor }).firstPage());
