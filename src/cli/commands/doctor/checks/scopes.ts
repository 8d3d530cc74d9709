import { describeAccess, isCleverError } from '../../../../index.js';
import { VARIABLES } from '../../../session/environment.js';
import { ASK, type Check } from '../check.js';
import type { DiagnosticTarget } from '../diagnostic-target.js';
import { skipped } from '../examine.js';

/** The records without which there is no roster. */
const ROSTER = ['schools', 'sections', 'students', 'teachers'] as const;

/** What the district-app token may see. */
export const scopes: Check = {
  id: 'scopes',
  title: 'Scopes',
  needs: ['district-token'],
  run: async (target) => {
    const found = await scopesOf(target);
    if (found === undefined) {
      return skipped(
        `not known: set ${VARIABLES.clientId} and ${VARIABLES.clientSecret} to read them from the token list`,
      );
    }
    const { visible, sensitiveFields, unknownScopes } = describeAccess(found);
    const isFull = (subject: string): boolean => visible.some((one) => one.subject === subject && one.level === 'full');
    const missing = ROSTER.filter((subject) => !isFull(subject));
    const details = { scopes: found, missing, sensitiveFields, unknownScopes };
    const lines = [
      found.join(' '),
      `Sensitive student fields: ${sensitiveFields.length === 0 ? 'none' : sensitiveFields.join(', ')}`,
    ];
    if (missing.length === 0) {
      return { verdict: 'ok', seen: 'a whole roster (Secure Sync)', lines, details };
    }
    if (missing.length < ROSTER.length) {
      return {
        verdict: 'warning',
        seen: `missing: ${missing.map((subject) => `read:${subject}`).join(', ')}`,
        cause: 'The app may not read these records, so the roster has gaps.',
        whatToDo:
          "Have the scopes added to the app, then have the district share the records (the dashboard's Data Access).",
        whomToAsk: `${ASK.clever}; then ${ASK.district}`,
        lines,
        details,
      };
    }
    return {
      verdict: 'failed',
      seen: `missing: ${missing.map((subject) => `read:${subject}`).join(', ')}`,
      cause:
        'The token has the scopes of single sign-on only: people can log in, and no roster and no events can be read.',
      whatToDo: 'Have Secure Sync added to the app, then have the district approve it.',
      whomToAsk: `${ASK.clever}; then ${ASK.district}`,
      lines,
      details,
    };
  },
};

/**
 * The token's scopes; `undefined` where Clever does not show them. Whether it does for a district-app token outside the
 * list is not documented.
 */
async function scopesOf(target: DiagnosticTarget): Promise<readonly string[] | undefined> {
  try {
    const found = await target.scopes();
    return found.length === 0 ? undefined : found;
  } catch (error) {
    if (isCleverError(error) && ['authentication', 'not_found', 'connection'].includes(error.code)) {
      return undefined;
    }
    throw error;
  }
}
