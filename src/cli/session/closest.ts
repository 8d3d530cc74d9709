/**
 * The word that a person meant, among those that exist; `undefined` when none is close. Upper and lower case, hyphens
 * and underscores make no difference.
 */
export function closestTo(typed: string, words: readonly string[]): string | undefined {
  const plain = (word: string): string => word.toLowerCase().replaceAll(/[-_]/gu, '');
  const meant = plain(typed);
  // With more differences it is another word, and in a short word each counts for more.
  const most = meant.length < 6 ? 1 : 2;
  const [best] = words
    .map((word) => ({ word, distance: distance(meant, plain(word)) }))
    .filter((one) => one.distance <= most)
    .sort((one, other) => one.distance - other.distance);
  return best?.word;
}

/** How many letters have to be added, removed, replaced or exchanged with their neighbour. */
function distance(from: string, to: string): number {
  let before: number[] = [];
  let above = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const isSame = from[row - 1] === to[column - 1];
      const isExchanged = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      current.push(
        Math.min(
          (above[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          (above[column - 1] ?? 0) + (isSame ? 0 : 1),
          isExchanged && row > 1 && column > 1 ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    [before, above] = [above, current];
  }
  return above[to.length] ?? 0;
}

/** ` Did you mean users?`, to follow a message; empty when no word is close. */
export function didYouMean(typed: string, words: readonly string[]): string {
  const word = closestTo(typed, words);
  return word === undefined ? '' : ` Did you mean ${word}?`;
}
