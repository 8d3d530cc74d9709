import type { Draws } from './draws.js';

const VOWELS = 'aeiou';
const CONSONANTS = 'bcdfghjklmnprstvwz';
const ACCENTED = 'áéíóúüñç';
/** The longest run of each class of lengths. Within a class, the length of a stand-in is random. */
const LENGTH_CLASSES = [1, 2, 5, 8, 12, 20, 40, 80, 160, 255, 512];
/** The length of whatever is longer: no class would hide how long it is. */
const LONGEST = 1_024;

/** Lower-case letters of the same script and class of lengths as those of a run. */
export function standInLetters(run: string, draws: Draws): string {
  const characters = [...run].filter((character) => !/\p{M}/u.test(character));
  const length = drawLength(characters.length, draws);
  const isLatin = characters.every((character) => /\p{Script=Latin}/u.test(character));
  const drawn = isLatin ? latin(length, draws, /[^a-zA-Z]/u.test(run)) : sameScript(characters, length, draws);
  const hasMark = characters.length < [...run].length;
  return (hasMark ? `${drawn}\u0301` : drawn).toLowerCase();
}

function drawLength(length: number, draws: Draws): number {
  const index = LENGTH_CLASSES.findIndex((longest) => length <= longest);
  const longest = LENGTH_CLASSES[index];
  return longest === undefined ? LONGEST : draws.between((LENGTH_CLASSES[index - 1] ?? 0) + 1, longest);
}

/** Letters that can be spoken, so that a reader can distinguish people by them. */
function latin(length: number, draws: Draws, hasAccent: boolean): string {
  const startsWithVowel = draws.below(3) === 0;
  const letters = Array.from({ length }, (_, index) =>
    draws.pick<string>((index % 2 === 0) === startsWithVowel ? VOWELS : CONSONANTS),
  );
  if (hasAccent) {
    letters[draws.below(length)] = draws.pick<string>(ACCENTED);
  }
  return letters.join('');
}

/** Letters near those of the run: those of the same 128 code points that are letters, too. */
function sameScript(characters: readonly string[], length: number, draws: Draws): string {
  return Array.from({ length }, () => letterNear(draws.pick(characters), draws)).join('');
}

function letterNear(character: string, draws: Draws): string {
  const block = (character.codePointAt(0) ?? 0) & ~0x7f;
  for (let attempt = 0; attempt < 64; attempt += 1) {
    const candidate = String.fromCodePoint(block + draws.below(0x80));
    if (/^\p{L}$/u.test(candidate)) {
      return candidate;
    }
  }
  return draws.pick<string>(CONSONANTS);
}
