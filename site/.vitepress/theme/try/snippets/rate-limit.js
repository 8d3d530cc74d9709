import { createCleverClient } from 'clever-sdk';
import { createSandbox } from 'clever-sdk/sandbox';

// Clever allows 1,200 requests a minute for each token. This one allows 4 in 2 seconds.
const strict = createSandbox({ students: 200, rateLimit: { limit: 4, windowMs: 2_000 } });
const clever = createCleverClient({
  ...strict.clientOptions(),
  dangerouslyAllowBrowser: true,
  onEvent: (event) => {
    if (event.kind === 'wait') {
      console.log(`waits ${event.delayMs} ms for the next window`);
    }
  },
});
const district = clever.district({ token: strict.districts[0].token });
const students = await district.users.list({ role: 'student', pageSize: 30 }).toArray({ maxItems: 1_000 });
console.log(`${students.length} students, and ${strict.requests({ status: 429 }).length} refused requests`);
