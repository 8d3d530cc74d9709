/* A user's test with Mock Service Worker, which has its own types and format. Prints how many schools there are. */
import { createCleverClient } from 'clever-sdk';
import { createSandbox } from 'clever-sdk/sandbox';
import { sandboxHandlers } from 'clever-sdk/sandbox/msw';
import { setupServer } from 'msw/node';

async function main(): Promise<void> {
  const sandbox = createSandbox({ seed: 1, students: 120 });
  const server = setupServer(...sandboxHandlers(sandbox));
  server.listen();
  const schools = await createCleverClient().district({ token: sandbox.districts[0].token }).schools.count();
  server.close();
  console.log(schools > 0);
}

void main();
