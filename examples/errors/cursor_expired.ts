import { createCleverClient, hasCode } from 'clever-sdk';
import { createSandbox } from 'clever-sdk/sandbox';

const sandbox = createSandbox();
const { token } = sandbox.districts[0];
const district = createCleverClient(sandbox.clientOptions()).district({ token });

const after = await district.events.latestCursor();
sandbox.advance(31 * 24 * 60 * 60 * 1_000);

try {
  await district.events.list({ after }).firstPage();
} catch (error) {
  if (!hasCode(error, 'cursor_expired')) {
    throw error;
  }
  console.warn(error.cursorCreatedAt, error.message);
}
