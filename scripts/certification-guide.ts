import { readFileSync } from 'node:fs';
import { CATALOGUE } from '../src/certify/catalogue/index.js';
import type { Requirement } from '../src/certify/catalogue/requirement.js';
import { SUITE_WORDS, VERDICT_WORDS, VERDICTS } from '../src/certify/report/words.js';
import { SUITES, type Suite } from '../src/certify/verdict.js';

const PLACES = {
  verdicts: verdictTable,
  probes: () => SUITES.map((suite) => suiteSection(suite, 'probe')).join('\n'),
  people: () => SUITES.map((suite) => suiteSection(suite, 'person')).join('\n'),
} as const;

/** Returns the text of `docs/guides/certification.md`: `certification-guide.md`, with tables from the catalogue. */
export function certificationGuide(): string {
  const text = readFileSync(new URL('./certification-guide.md', import.meta.url), 'utf8');
  return text.replace(/^\{\{(\w+)\}\}$/gmu, (_, name: string) => {
    const make = PLACES[name as keyof typeof PLACES];
    if (make === undefined) {
      throw new TypeError(`certification-guide.md has a place {{${name}}}, and nothing is made for it.`);
    }
    return make().trimEnd();
  });
}

function verdictTable(): string {
  return table(
    ['Verdict', 'Means'],
    VERDICTS.map((verdict) => [`\`${verdict}\``, VERDICT_WORDS[verdict].meaning]),
  );
}

function suiteSection(suite: Suite, by: Requirement['by']): string {
  const requirements = CATALOGUE.filter((one) => one.suite === suite && one.by === by);
  if (requirements.length === 0) {
    return '';
  }
  const rows = requirements.map(({ id, title, requirement, source, advice, question }) =>
    by === 'probe'
      ? [`\`${id}\`<br>${title}`, `${requirement} <sub>${linked(source)}</sub>`, advice]
      : [title, question ?? requirement, `${requirement} <sub>${linked(source)}</sub>`],
  );
  const heads =
    by === 'probe'
      ? ['Probe', 'What Clever asks for', 'What to do, and the part of the SDK that does it']
      : ['About', 'Question', 'What Clever asks for'];
  return `### ${SUITE_WORDS[suite].title}\n\n${table(heads, rows)}`;
}

/** Pages of documentation as links. */
function linked(source: string): string {
  return source.replace(/(?<!\/\/)\b(dev\.clever\.com\/[\w./-]*[\w/-])/gu, '[$1](https://$1)');
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
  return line(heads) + line(heads.map(() => '---')) + rows.map(line).join('');
}
