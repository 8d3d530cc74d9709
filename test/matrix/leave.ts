/*
 * A process that stops a reading early, and has nothing else to do: `leave.ts <origin> <token> <how>`.
 * Prints what still keeps it alive a moment later; an unhandled rejection makes it exit with another code
 * than 0.
 */
import { createCleverClient } from '../../src/index.js';

const [, , apiOrigin = '', token = '', how = ''] = process.argv;
const { users } = createCleverClient({ apiOrigin }).district({ token });
const controller = new AbortController();
const parallel = how.includes('parallel') ? 4 : 1;
const listing = users.list({ pageSize: 5, prefetch: 2, parallel, signal: controller.signal });

if (how.includes('abort')) {
  const reading = listing.toArray({ maxItems: 1_000 });
  setImmediate(() => controller.abort(new Error('enough')));
  await reading.catch(() => undefined);
} else if (how.includes('items')) {
  let left = 7;
  for await (const _ of listing) {
    left -= 1;
    if (left === 0) {
      break;
    }
  }
} else {
  let left = 2;
  for await (const _ of listing.pages()) {
    left -= 1;
    if (left === 0) {
      break;
    }
  }
}
await new Promise((resolve) => setImmediate(resolve));
process.stdout.write(JSON.stringify(process.getActiveResourcesInfo()));
