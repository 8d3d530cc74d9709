/** The three examples in a row, on one stage: `npm run demo`. */
import { districtRoster } from './district-roster.ts';
import { libraryClassroom } from './library-classroom.ts';
import { ssoLogin } from './sso-login.ts';
import { setStage } from './support/clever.ts';

const stage = await setStage();
console.log(
  stage.sandbox === undefined
    ? 'Talking to Clever, with the credentials in the environment.'
    : `Talking to a sandbox on this machine: ${stage.sandbox.url}`,
);
try {
  await ssoLogin(stage);
  await libraryClassroom(stage);
  await districtRoster(stage);
  console.log('\nDone. Next: read examples/, then put your own credentials in .env.');
} finally {
  await stage.close();
}
