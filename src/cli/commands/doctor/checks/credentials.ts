import { createCleverClient, isCleverError } from '../../../../index.js';
import { omitUndefined } from '../../../../util/omit-undefined.js';
import { VARIABLES } from '../../../session/environment.js';
import { ASK, type Check, type Finding } from '../check.js';
import type { DiagnosticTarget } from '../diagnostic-target.js';

/** Lengths of Clever's samples: an id of 20 hexadecimal digits, a secret of 40 (observed). */
const LOOKS_LIKE_SECRET = /^[\da-f]{40}$/iu;
const LOOKS_LIKE_ID = /^[\da-f]{20}$/iu;

/** What is set, by name; nothing is sent. */
export const credentials: Check = {
  id: 'credentials',
  title: 'Credentials',
  needs: [],
  run: async (target) => problemWith(target) ?? { verdict: 'ok', seen: `set: ${namesOf(target).join(', ')}` },
};

function problemWith({ settings }: DiagnosticTarget): Finding | undefined {
  const { clientId, clientSecret, districtToken, libraryToken } = settings;
  const failed = (seen: string, whatToDo: string): Finding => ({
    verdict: 'failed',
    seen,
    whatToDo,
    whomToAsk: ASK.dashboard,
  });
  if (
    clientId === undefined &&
    clientSecret === undefined &&
    districtToken === undefined &&
    libraryToken === undefined
  ) {
    return failed(
      'none are set',
      `Put ${VARIABLES.clientId} and ${VARIABLES.clientSecret} into the environment, or name a file with --settings. \`clever-sdk sandbox\` prints some to try with.`,
    );
  }
  if ((clientId === undefined) !== (clientSecret === undefined)) {
    const [there, missing] =
      clientId === undefined
        ? [VARIABLES.clientSecret, VARIABLES.clientId]
        : [VARIABLES.clientId, VARIABLES.clientSecret];
    return failed(`${there} without ${missing}`, `Set both: Clever asks for them together.`);
  }
  if (LOOKS_LIKE_SECRET.test(clientId ?? '') && LOOKS_LIKE_ID.test(clientSecret ?? '')) {
    return failed(
      'client id and client secret look swapped',
      `Swap ${VARIABLES.clientId} and ${VARIABLES.clientSecret}.`,
    );
  }
  return settingsProblem(settings);
}

/** The client checks the rest: origins, and the form of the redirect URI. */
function settingsProblem({ apiOrigin, authOrigin, redirectUri }: DiagnosticTarget['settings']): Finding | undefined {
  try {
    createCleverClient(
      omitUndefined({
        clientId: 'none',
        clientSecret: 'none',
        redirectUri,
        apiOrigin,
        authOrigin,
      }),
    );
    return undefined;
  } catch (error) {
    if (!isCleverError(error)) {
      throw error;
    }
    return {
      verdict: 'failed',
      seen: 'an address cannot be used',
      cause: error.message,
      whatToDo: `Correct ${VARIABLES.apiOrigin}, ${VARIABLES.authOrigin} or ${VARIABLES.redirectUri}.`,
      whomToAsk: ASK.you,
    };
  }
}

function namesOf({ settings }: DiagnosticTarget): string[] {
  const names = { clientId: 'client id', clientSecret: 'client secret', districtToken: 'district-app token' };
  return Object.entries({ ...names, libraryToken: 'Library token', redirectUri: 'redirect URI' })
    .filter(([name]) => settings[name as keyof typeof settings] !== undefined)
    .map(([, words]) => words);
}
