import { duration } from '../../../terminal/duration.js';
import { ASK, type Check } from '../check.js';
import { skipped } from '../examine.js';

/** Below this share of the budget, something else has used it within the minute: doctor itself has just begun. */
const LOW = 0.5;

/** The budget of the district-app token, as it was when doctor first used it. */
export const rateLimit: Check = {
  id: 'rate-limit',
  title: 'Rate limit',
  needs: ['network'],
  run: async ({ rateLimit: budget, isBudgetSpent, now }) => {
    if (budget === undefined) {
      return skipped('no answer reported a budget');
    }
    const { limit, remaining, resetAt } = budget;
    const details = { limit, remaining, resetAt };
    const seen = `${remaining} of ${limit} requests left`;
    const isLow = remaining < limit * LOW;
    if (!isLow && !isBudgetSpent) {
      return { verdict: 'ok', seen, details };
    }
    return {
      verdict: isBudgetSpent ? 'failed' : 'warning',
      seen: isBudgetSpent ? `the budget of ${limit} requests is spent` : seen,
      cause:
        'The rest was used within the last minute, by a pull of yours a moment ago or by another program with the same token: all share one budget, and what is sent beyond it is refused (429).',
      whatToDo: `Wait ${duration(resetAt.getTime() - now())} for the budget to be whole. If it is low again although nothing of yours has run, find the other program: one at a time should read a district.`,
      whomToAsk: ASK.you,
      details,
    };
  },
};
