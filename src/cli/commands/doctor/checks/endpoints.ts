import { isCleverError } from '../../../../index.js';
import { ASK, type Check, type Finding } from '../check.js';
import type { DiagnosticTarget } from '../diagnostic-target.js';

const ROSTER = ['schools', 'courses', 'terms', 'sections', 'users'] as const;
/** Clever grants it to few apps. */
const EXTRA = 'resources';

type Answer = 'records' | 'empty' | 'not found' | 'refused';

/** Which lists of the Data API answer. */
export const endpoints: Check = {
  id: 'endpoints',
  title: 'Endpoints',
  needs: ['district-token'],
  explainedBy: ['scopes'],
  run: async (target) => {
    const answers = await answersOf(target);
    const having = (wanted: Answer): string[] => ROSTER.filter((name) => answers[name] === wanted);
    const closed = [...having('not found'), ...having('refused')];
    const open = [...ROSTER, EXTRA].filter((name) => answers[name] === 'records' || answers[name] === 'empty');
    const details = { endpoints: answers };
    if (closed.length > 0) {
      return {
        verdict: 'failed',
        seen: `no answer: ${closed.map((name) => `/${name}`).join(', ')}`,
        lines: open.length === 0 ? undefined : [`answer: ${open.map((name) => `/${name}`).join(', ')}`],
        cause:
          'The app may not read them: see Scopes. A list that is closed is answered like a path that does not exist.',
        whomToAsk: ASK.clever,
        details,
      };
    }
    return { ...emptyOf(having('empty')), seen: `answer: ${open.map((name) => `/${name}`).join(', ')}`, details };
  },
};

function emptyOf(empty: readonly string[]): Omit<Finding, 'seen'> {
  return empty.includes('users') || empty.includes('sections')
    ? {
        verdict: 'warning',
        cause: `Nothing in /${empty.join(', /')}: the district shares no records of the kind, or has not synced yet.`,
        whatToDo: 'Have the district check what it shares with the app.',
        whomToAsk: ASK.district,
      }
    : { verdict: 'ok' };
}

async function answersOf(target: DiagnosticTarget): Promise<Readonly<Record<string, Answer>>> {
  // API v3.0 and v3.1 have the same paths; whether the app has v3.1 is a check of its own.
  const district = await target.district('v3.0');
  const names = [...ROSTER, EXTRA] as const;
  const answers = await Promise.all(
    names.map(async (name) => answerOf(() => district[name].list({ pageSize: 1 }).firstPage())),
  );
  return Object.fromEntries(names.map((name, index) => [name, answers[index] as Answer]));
}

async function answerOf(ask: () => Promise<{ data: readonly unknown[] }>): Promise<Answer> {
  try {
    return (await ask()).data.length > 0 ? 'records' : 'empty';
  } catch (error) {
    if (isCleverError(error) && (error.code === 'not_found' || error.code === 'permission')) {
      return error.code === 'not_found' ? 'not found' : 'refused';
    }
    throw error;
  }
}
