import type { RecordingKey } from './draws.js';
import { standInLetters } from './letters.js';
import { type Run, runsOf } from './runs.js';

/** How often a stand-in is drawn before a longer one is allowed. */
const ATTEMPTS = 12;
/** Runs this long or longer must differ from every run of the source: a shorter one says nothing by itself. */
const TELLING_LENGTH = 3;
/** The longest run of digits of which the length is kept. */
const LONGEST_NUMBER = 24;
/** The most runs of a text: its punctuation alone could be a fingerprint. */
const MOST_RUNS = 200;
const EMOJI = ['🙂', '🌟', '🎈', '🌻', '🐢', '🚲', '🍀', '🪁'];
/** What may stay between letters: it is part of the form of a name or an address. */
const KEPT_BETWEEN = /[ \t\r\n!-/:-@[-`{-~\u00a0\u2013\u2014\u2018\u2019\u201c\u201d]/u;
/** The most characters that stay together. */
const LONGEST_BETWEEN = 3;

/**
 * The stand-ins of words and numbers. A run of letters or digits has the same one wherever it appears, so a teacher's
 * name in the name of a class still fits. No two runs share one, and none is a run of the source.
 */
export class Words {
  readonly #key: RecordingKey;
  readonly #originals = new Set<string>();
  readonly #standIns = new Map<string, string>();
  readonly #taken = new Set<string>();

  constructor(key: RecordingKey) {
    this.#key = key;
  }

  /** Takes note of a text of the source, whose runs no stand-in may have. */
  avoid(text: string): void {
    for (const { sort, text: run } of runsOf(text)) {
      if (sort === 'letters' || sort === 'digits') {
        this.#originals.add(run.toLowerCase());
      }
    }
  }

  /**
   * A text of the same form, with other words and numbers.
   *
   * @param scope - Texts of one scope share the stand-ins of their words. A text with a scope of its own cannot be
   * deciphered by how often its words appear elsewhere.
   */
  standIn(text: string, scope = ''): string {
    return runsOf(text)
      .slice(0, MOST_RUNS)
      .map((run) => this.#standInRun(run, scope))
      .join('');
  }

  #standInRun({ sort, text }: Run, scope: string): string {
    switch (sort) {
      case 'letters':
        return caseLike(
          text,
          this.#unique(text, scope, (attempt, extra) => this.#letters(text, scope, attempt, extra)),
        );
      case 'digits':
        return this.#unique(text, scope, (attempt, extra) => this.#digits(text, scope, attempt, extra));
      case 'emoji':
        return this.#key.draws('emoji', text).pick(EMOJI.filter((emoji) => emoji !== text));
      case 'between':
        return between(text);
    }
  }

  #letters(run: string, scope: string, attempt: number, extra: number): string {
    const draws = this.#key.draws('letters', scope, run.toLowerCase(), attempt, extra);
    const letters = standInLetters(run.toLowerCase(), draws);
    return letters + 'aeiouaeiou'.slice(0, extra);
  }

  #digits(run: string, scope: string, attempt: number, extra: number): string {
    const draws = this.#key.draws('digits', scope, run, attempt, extra);
    const length =
      (run.length > LONGEST_NUMBER ? draws.between(LONGEST_NUMBER, 2 * LONGEST_NUMBER) : run.length) + extra;
    // A leading zero, and the lack of one, is part of the form.
    const first = run.startsWith('0') && run.length > 1 ? '0' : String(draws.between(run === '0' ? 0 : 1, 9));
    return first + Array.from({ length: length - 1 }, () => draws.below(10)).join('');
  }

  #unique(run: string, scope: string, draw: (attempt: number, extra: number) => string): string {
    const lower = run.toLowerCase();
    const name = JSON.stringify([scope, lower]);
    const known = this.#standIns.get(name);
    if (known !== undefined) {
      return known;
    }
    const isTelling = [...run].length >= TELLING_LENGTH;
    let standIn = draw(0, 0);
    for (let attempt = 1; this.#isUnfit(standIn, lower, isTelling, attempt); attempt += 1) {
      standIn = draw(attempt, Math.min(10, Math.floor(attempt / ATTEMPTS)));
    }
    this.#standIns.set(name, standIn);
    this.#taken.add(standIn);
    return standIn;
  }

  #isUnfit(standIn: string, run: string, isTelling: boolean, attempt: number): boolean {
    if (standIn === run) {
      return true;
    }
    // Of one or two characters, there are not enough for all to differ.
    return isTelling
      ? this.#originals.has(standIn) || this.#taken.has(standIn)
      : attempt < ATTEMPTS && this.#taken.has(standIn);
  }
}

/** Gives letters the case of a run: lower, upper, or a capital first. */
function caseLike(run: string, letters: string): string {
  if (run === run.toLowerCase()) {
    return letters;
  }
  if (run === run.toUpperCase() && [...run].length > 1) {
    return letters.toUpperCase();
  }
  const [first = '', ...rest] = letters;
  return first.toUpperCase() + rest.join('');
}

/** What remains of the characters between letters: those that are usual, and one mark for each unusual sort. */
function between(text: string): string {
  return [...text]
    .slice(0, LONGEST_BETWEEN)
    .map((character) => {
      if (KEPT_BETWEEN.test(character)) {
        return character;
      }
      if (/\p{Z}/u.test(character)) {
        return '\u00a0';
      }
      if (/\p{Cs}/u.test(character)) {
        return '\ufffd';
      }
      return /\p{C}/u.test(character) ? '\u200b' : /\p{M}/u.test(character) ? '\u0301' : '¤';
    })
    .join('');
}
