/** Runs the three examples in a row, against the same server: `npm run demo`. */

import { libraryClassroom } from './library-classroom.ts';
import { rosterSync } from './roster-sync.ts';
import { ssoLogin } from './sso-login.ts';
import { chooseBackend } from './support/clever.ts';

const backend = await chooseBackend();
console.log(
  backend.sandbox === undefined
    ? 'Using Clever, with the credentials in the environment.'
    : `Using a sandbox on this machine: ${backend.sandbox.url}`,
);
try {
  await ssoLogin(backend);
  await libraryClassroom(backend);
  await rosterSync(backend);
  console.log('\nDone. Next: read examples/, then put your own credentials in .env.');
} finally {
  await backend.close();
}
