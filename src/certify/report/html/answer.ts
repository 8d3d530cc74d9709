import { type Html, html } from '../../../html/html.js';
import type { Certification } from '../certification.js';
import { plural } from '../numbers.js';
import type { Sorted } from '../sorted.js';
import { VERDICTS } from '../words.js';
import { countPill } from './parts.js';
import { placeOf } from './places.js';

/** The answer in one sentence, and the counts. */
export function answer({ counts, probes }: Certification, sorted: Sorted): Html {
  const { tone, sentence } = sentenceOf(sorted);
  const untried = sorted.skipped.length;
  const pills = VERDICTS.filter((verdict) => counts[verdict] > 0).map((verdict) => {
    const first = probes.find((result) => result.verdict === verdict);
    return countPill(verdict, counts[verdict], first === undefined ? undefined : placeOf(first));
  });
  return html`<div class="card answer ${tone}"><p>${sentence}</p>
${untried === 0 ? undefined : html`<p>${plural(untried, 'point')} of ${probes.length} ${untried === 1 ? 'was' : 'were'} not tried, and may hide more.</p>`}
<ul class="counts">${pills}</ul></div>`;
}

function sentenceOf({ problems, known, reviews, questions, passed }: Sorted): { tone: string; sentence: string } {
  if (problems.length > 0) {
    const surprises = problems.some(({ expected }) => expected !== undefined)
      ? ' failed, or did not go as expected'
      : ' failed';
    return { tone: 'bad', sentence: `Not yet. ${plural(problems.length, 'point')}${surprises}.` };
  }
  if (known.length > 0) {
    return {
      tone: '',
      sentence: `Not yet. Nothing new failed, and ${plural(known.length, 'known failure')} must still be repaired.`,
    };
  }
  if (passed.length === 0) {
    return { tone: '', sentence: 'Not known: nothing was tried that could pass.' };
  }
  const open = reviews.length + questions.length;
  return {
    tone: 'good',
    sentence:
      open === 0
        ? 'As far as it was tried, yes.'
        : `As far as a program can try it, yes. For a person, ${plural(open, 'point')} ${open === 1 ? 'remains' : 'remain'}.`,
  };
}
