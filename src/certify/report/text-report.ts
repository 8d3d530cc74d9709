import { styleText } from 'node:util';
import { wrapAnsi } from 'fast-wrap-ansi';
import type { ProbeResult, Verdict } from '../verdict.js';
import { isProblem } from '../verdict.js';
import type { Certification } from './certification.js';
import { duration, plural } from './numbers.js';
import { printable } from './printable.js';
import { byReason, bySuite, countsOf, isToRepeat, type Sorted, sortResults } from './sorted.js';
import { SUITE_WORDS, VERDICT_WORDS, VERDICTS } from './words.js';

/** Options of {@link textReport}. */
export interface TextReportOptions {
  /** The width of the terminal. Default: 100. */
  readonly columns?: number;
  /** Whether to colour the text, by ANSI sequences. Default: no. */
  readonly hasColor?: boolean;
}

type Style = 'green' | 'yellow' | 'red' | 'cyan' | 'dim' | 'bold';

const STYLES: Readonly<Record<Verdict, Style>> = {
  pass: 'green',
  fail: 'red',
  warn: 'yellow',
  review: 'cyan',
  skipped: 'dim',
};

/** Longer lines are read with effort. */
const LONGEST_LINE = 100;
/** Below this width, ids are under their titles. */
const NARROW = 60;

/**
 * A run as text for a terminal or a log: a table of all probes by suite, then what failed, with evidence and advice,
 * then what a person has to look at, and the counts last. No secret and no person is in it.
 */
export function textReport(certification: Certification, options: TextReportOptions = {}): string {
  return new TextReport(printable(certification), options).text();
}

class TextReport {
  readonly #run: Certification;
  readonly #sorted: Sorted;
  readonly #columns: number;
  readonly #hasColor: boolean;

  constructor(run: Certification, { columns = LONGEST_LINE, hasColor = false }: TextReportOptions) {
    this.#run = run;
    this.#sorted = sortResults(run.probes);
    this.#columns = Math.min(columns, LONGEST_LINE);
    this.#hasColor = hasColor;
  }

  text(): string {
    const blocks = [
      this.#head(),
      ...this.#tables(),
      ...this.#details('What failed', this.#sorted.problems),
      ...this.#details('Known failures', this.#sorted.known),
      ...this.#details('Warnings', this.#sorted.warnings),
      ...this.#details('For a person to look at', this.#sorted.reviews),
      ...this.#skipped(),
      this.#summary(),
    ];
    return `${blocks.join('\n\n')}\n`;
  }

  #head(): string {
    const { app, probes, durationMs, seed, browser } = this.#run;
    const how = [plural(probes.length, 'probe'), duration(durationMs), browser ?? 'plain HTTP', `seed ${seed}`];
    return [
      ...this.#lined(`Clever certification of ${app}`, 0, 'bold'),
      ...this.#lined(how.join(' · '), 0, 'dim'),
    ].join('\n');
  }

  #tables(): string[] {
    const width = Math.max(0, ...this.#run.probes.map(({ title }) => title.length));
    return bySuite(this.#run.probes).map(([suite, results]) => {
      const counts = countsOf(results);
      const counted = VERDICTS.filter((verdict) => counts.has(verdict)).map((verdict) =>
        this.#paint(STYLES[verdict], `${counts.get(verdict)} ${VERDICT_WORDS[verdict].counted}`),
      );
      const head = `${this.#paint('bold', SUITE_WORDS[suite].title)}  ${counted.join(this.#paint('dim', ' · '))}`;
      return [...this.#wrapped(head, 0), ...results.map((result) => this.#row(result, width))].join('\n');
    });
  }

  #row(result: ProbeResult, width: number): string {
    const { id, title, verdict, expected } = result;
    const note = expected === undefined ? '' : ` (expected: ${expected})`;
    const style = isProblem(result) ? 'red' : STYLES[verdict];
    const mark = this.#paint(style, VERDICT_WORDS[verdict].mark);
    const shown = verdict === 'fail' || isProblem(result) ? this.#paint('bold', title) : title;
    if (this.#columns < NARROW + note.length) {
      return [`  ${mark} ${shown}`, `    ${this.#paint('dim', id + note)}`].join('\n');
    }
    return `  ${mark} ${shown}${' '.repeat(width - title.length)}  ${this.#paint('dim', id + note)}`;
  }

  #details(heading: string, results: readonly ProbeResult[]): string[] {
    return results.length === 0
      ? []
      : [[this.#paint('bold', heading), ...results.map((one) => this.#detail(one))].join('\n\n')];
  }

  #detail(result: ProbeResult): string {
    const { id, title, verdict, evidence, advice, question, readings, screenshots, requirement, source, repeat } =
      result;
    const mark = this.#paint(isProblem(result) ? 'red' : STYLES[verdict], VERDICT_WORDS[verdict].mark);
    return [
      ...this.#wrapped(`${mark} ${this.#paint('bold', title)} ${this.#paint('dim', id)}`, 0),
      ...this.#expectation(result),
      ...evidence.flatMap((sentence) => this.#lined(sentence, 2)),
      ...readings.flatMap(({ by, verdict: read, expects }) => this.#lined(`By the ${by}: ${read}. ${expects}`, 2)),
      ...(question === undefined ? [] : this.#lined(`? ${question}`, 2, 'cyan')),
      ...(screenshots.length === 0 ? [] : this.#lined('The screenshots are in the report of --report.', 2)),
      ...(verdict === 'review' || verdict === 'pass' ? [] : this.#lined(`→ ${advice}`, 2)),
      ...this.#lined(`Asked for: ${requirement} (${source})`, 2, 'dim'),
      // In one piece, so that it can be copied.
      ...(isToRepeat(result) ? [`  ${this.#paint('dim', 'Again:')} npx clever-sdk ${repeat}`] : []),
    ].join('\n');
  }

  #expectation(result: ProbeResult): string[] {
    const { verdict, expected } = result;
    if (expected === undefined || !isProblem(result)) {
      return [];
    }
    return this.#lined(expectationText(verdict, expected), 2);
  }

  #skipped(): string[] {
    const { skipped } = this.#sorted;
    if (skipped.length === 0) {
      return [];
    }
    const lines = byReason(skipped).flatMap(([reason, results]) =>
      this.#lined(`- ${reason} (${results.map(({ id }) => id).join(', ')})`, 2, 'dim'),
    );
    return [[this.#paint('bold', 'Skipped'), ...lines].join('\n')];
  }

  #summary(): string {
    const { questions, problems } = this.#sorted;
    const { counts, ok } = this.#run;
    const counted = VERDICTS.filter((verdict) => counts[verdict] > 0).map(
      (verdict) => `${counts[verdict]} ${VERDICT_WORDS[verdict].counted}`,
    );
    return [
      ...(questions.length === 0
        ? []
        : this.#lined(
            `${plural(questions.length, 'question')} that only a person can answer: see the reports of --report and --form.`,
            0,
          )),
      ...this.#lined(`${counted.join(', ')}.`, 0),
      ...this.#lined(
        ok
          ? 'Nothing failed.'
          : `${plural(problems.length, 'result')} to repair before you ask Clever for certification.`,
        0,
        ok ? 'green' : 'red',
      ),
    ].join('\n');
  }

  #paint(style: Style, text: string): string {
    return this.#hasColor && text !== '' ? styleText(style, text, { validateStream: false }) : text;
  }

  /** The lines of a text, indented; `- `, `→ ` and `? ` stay to the left. */
  #lined(text: string, indent: number, style?: Style): string[] {
    return this.#wrapped(text, indent).map((line) => (style === undefined ? line : this.#paint(style, line)));
  }

  #wrapped(text: string, indent: number): string[] {
    const [mark = ''] = /^[-→?] /u.exec(text) ?? [];
    const left = ' '.repeat(indent);
    const next = ' '.repeat(indent + mark.length);
    return text
      .slice(mark.length)
      .split('\n')
      .flatMap((line) => wrapAnsi(line, Math.max(20, this.#columns - next.length)).split('\n'))
      .map((line, index) => `${index === 0 ? left + mark : next}${line}`);
  }
}

/** Why a verdict that differs from the expected one is a problem. */
export function expectationText(verdict: Verdict, expected: Verdict): string {
  return expected === 'fail' && verdict === 'pass'
    ? 'It was expected to fail and passes: take it out of the file of --expect.'
    : `The verdict was expected to be “${expected}”, and is “${verdict}”.`;
}
