/** Characters of one sort, one after another. */
export interface Run {
  readonly sort: 'letters' | 'digits' | 'emoji' | 'between';
  readonly text: string;
}

const EMOJI = String.raw`[\p{Extended_Pictographic}\p{Regional_Indicator}]`;
const RUNS = new RegExp(
  [
    String.raw`(?<letters>\p{L}[\p{L}\p{M}]*)`,
    String.raw`(?<digits>\p{Nd}+)`,
    // With the joiners and the colours of skin, which make one sign of several.
    String.raw`(?<emoji>${EMOJI}(?:${EMOJI}|\p{Emoji_Modifier}|\u200d|\ufe0f)*)`,
    String.raw`[^\p{L}\p{Nd}\p{Extended_Pictographic}\p{Regional_Indicator}]+`,
  ].join('|'),
  'gu',
);

/** The forms that most texts have, which are found faster without properties of Unicode. */
const SINGLE_RUNS = { letters: /^[A-Za-z]+$/u, digits: /^\d+$/u };

/** Splits a text into runs of letters, of digits, of emoji, and what is between them. */
export function runsOf(text: string): Run[] {
  const [sort] = Object.entries(SINGLE_RUNS).find(([, form]) => form.test(text)) ?? [];
  if (sort !== undefined) {
    return [{ sort: sort as Run['sort'], text }];
  }
  return [...text.matchAll(RUNS)].map((match): Run => {
    const { letters, digits, emoji } = match.groups ?? {};
    const sort =
      letters !== undefined ? 'letters' : digits !== undefined ? 'digits' : emoji !== undefined ? 'emoji' : 'between';
    return { sort, text: match[0] };
  });
}
