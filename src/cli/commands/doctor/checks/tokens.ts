import { hasCode } from '../../../../index.js';
import { VARIABLES } from '../../../session/environment.js';
import { ASK, type Check, type Finding } from '../check.js';
import type { DiagnosticTarget } from '../diagnostic-target.js';
import { skipped } from '../examine.js';

/** What a token turned out to be. */
type Kind = 'district' | 'district login' | 'library login' | 'unknown token' | 'unknown kind';

/** Whether the district-app token is one, and alive. */
export const districtToken: Check = {
  id: 'district-token',
  title: 'District token',
  needs: ['network'],
  run: async (target) => {
    const isGiven = target.settings.districtToken !== undefined && target.districtId === undefined;
    const token = await target.token().catch(() => undefined);
    if (token === undefined) {
      return skipped('no token to examine');
    }
    const whence = isGiven ? `${VARIABLES.districtToken}` : "the token in the app's list";
    const kind = await kindOf(target, token, true);
    if (kind !== 'district') {
      return wrongDistrictToken(kind, whence, target.hasApp);
    }
    if (isGiven && target.hasApp && (await isForeign(target, token))) {
      return {
        verdict: 'warning',
        seen: `${whence} works, and is not among the app's tokens`,
        cause: 'It was replaced and will end soon, or it belongs to another app or another sandbox.',
        whatToDo: `Take the token from the list: leave ${VARIABLES.districtToken} unset and name a --district.`,
        whomToAsk: ASK.dashboard,
      };
    }
    return { verdict: 'ok', seen: `${whence} is a district-app token` };
  },
};

/** Whether the token of a Library login is one, and alive. */
export const libraryToken: Check = {
  id: 'library-token',
  title: 'Library token',
  needs: ['network'],
  run: async (target) => {
    const token = target.settings.libraryToken;
    if (token === undefined) {
      return skipped(`${VARIABLES.libraryToken} is not set`);
    }
    const kind = await kindOf(target, token);
    return kind === 'library login'
      ? { verdict: 'ok', seen: `${VARIABLES.libraryToken} belongs to a Library login` }
      : wrongLibraryToken(kind);
  },
};

/**
 * Distinguishes tokens by what they open, in API v3.0, which every app has: only a district-app token opens the list of
 * districts, and only a person's token opens `/me`. The wrong kind is answered with 404 (observed).
 */
async function kindOf(target: DiagnosticTarget, token: string, isWatched = false): Promise<Kind> {
  const clever = target.client('v3.0', isWatched);
  try {
    await clever.district({ token }).districts.list().firstPage();
    return 'district';
  } catch (error) {
    if (hasCode(error, 'authentication')) {
      return 'unknown token';
    }
    if (!hasCode(error, 'not_found') && !hasCode(error, 'permission')) {
      throw error;
    }
  }
  try {
    const { data } = await clever.user({ token }).me();
    return data.authorized_by === 'teacher' || typeof data.district !== 'string' ? 'library login' : 'district login';
  } catch (error) {
    if (!hasCode(error, 'not_found')) {
      throw error;
    }
    return 'unknown kind';
  }
}

async function isForeign(target: DiagnosticTarget, token: string): Promise<boolean> {
  const tokens = await target.districtTokens().catch(() => []);
  return tokens.length > 0 && (await target.entryOf(token)) === undefined;
}

function wrongDistrictToken(kind: Exclude<Kind, 'district'>, whence: string, hasApp: boolean): Finding {
  const fresh = hasApp
    ? `Leave ${VARIABLES.districtToken} unset: the app's credentials find the token.`
    : `Copy the token from the district's page in the dashboard, or set ${VARIABLES.clientId} and ${VARIABLES.clientSecret} to have it looked up.`;
  const failed = { verdict: 'failed', whomToAsk: ASK.dashboard, whatToDo: fresh } as const;
  switch (kind) {
    case 'unknown token':
      return {
        ...failed,
        seen: `Clever does not know ${whence}`,
        cause: 'It is mistyped, was replaced by a newer one, or its district disconnected the app.',
      };
    case 'unknown kind':
      return {
        ...failed,
        seen: `${whence} opens neither a district nor a person`,
        cause: 'It may belong to an app without Secure Sync, or the district stopped sharing.',
        whomToAsk: ASK.clever,
      };
    default:
      return {
        ...failed,
        seen: `${whence} is a token of the wrong kind`,
        cause: `It is the token of a person who logged in (${kind}), and not a district-app token. Rosters and events need the latter.`,
      };
  }
}

function wrongLibraryToken(kind: Exclude<Kind, 'library login'>): Finding {
  const whatToDo = 'Log a teacher in through the Clever Library, and take the token of that login.';
  const failed = { verdict: 'failed', whatToDo, whomToAsk: ASK.you } as const;
  switch (kind) {
    case 'unknown token':
      return {
        ...failed,
        seen: `Clever does not know ${VARIABLES.libraryToken}`,
        cause: "A person's token ends within a day, and there is no way to renew it.",
      };
    case 'district':
      return {
        ...failed,
        seen: `${VARIABLES.libraryToken} is a token of the wrong kind`,
        cause: `It is a district-app token, and not that of a person who logged in. It belongs in ${VARIABLES.districtToken}.`,
      };
    case 'district login':
      return {
        ...failed,
        seen: `${VARIABLES.libraryToken} is a token of the wrong kind`,
        cause:
          'It is from a login by the district, which opens no classroom. Where a district connected the app, its teachers come that way.',
      };
    default:
      return { ...failed, seen: `${VARIABLES.libraryToken} opens nothing`, cause: 'Its kind is not known.' };
  }
}
