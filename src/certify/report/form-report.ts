import type { Verdict } from '../verdict.js';
import type { Certification } from './certification.js';
import { FORM_SECTIONS, type FormField, type FormSection, type Run } from './form-fields.js';
import { printable } from './printable.js';
import { sortResults } from './sorted.js';

/**
 * Clever's certification form, filled in, as Markdown: what the run saw is the answer, marked as seen, and the rest are
 * questions, marked as to be answered. No secret and no person is in it.
 */
export function formReport(certification: Certification): string {
  const run = runOf(printable(certification));
  const sections = FORM_SECTIONS.filter((section) => isShown(section, run));
  const fields = sections.flatMap((section) => section.fields);
  const answered = fields.filter((field) => field.seen?.(run) !== undefined).length;
  const { app, startedAt, version, probes } = run.certification;
  const { questions } = sortResults(probes);
  return `${[
    '# Certification form',
    `For the app at ${code(app)}. Filled in by ${code(`clever-sdk certify ${version}`)} on ${startedAt.slice(0, 10)}: ${answered} of ${fields.length} answers are what the run saw, marked **Seen**. The others are marked **To answer**.`,
    'Clever asks for these facts when an app is certified. The fields are those of the form that Clever’s partner team used in 2026; the form that you get may name or order them differently. Read what was seen before you hand it in: the run saw the app on this machine, with invented people.',
    ...sections.map((section) =>
      [`## ${section.title}`, ...section.fields.map((field) => fieldText(field, run))].join('\n\n'),
    ),
    ...(questions.length === 0
      ? []
      : [
          [
            '## What else reviewers ask or look at',
            ...questions.map(
              ({ title, question, requirement }) =>
                `### ${escaped(title)}\n\n**To answer**: ${escaped(question ?? requirement)}`,
            ),
          ].join('\n\n'),
        ]),
  ].join('\n\n')}\n`;
}

function runOf(certification: Certification): Run {
  const verdicts = new Map<string, Verdict>(certification.probes.map(({ id, verdict }) => [id, verdict]));
  return { certification, verdictOf: (id) => verdicts.get(id) };
}

function isShown({ suites }: FormSection, { certification }: Run): boolean {
  return suites === undefined || suites.some((suite) => certification.suites.includes(suite));
}

function fieldText({ label, question, seen, probes = [] }: FormField, run: Run): string {
  const answer = seen?.(run);
  const verdicts = probes.flatMap((id) => {
    const verdict = run.verdictOf(id);
    return verdict === undefined || verdict === 'skipped' ? [] : [`${code(id)} ${verdict}`];
  });
  return [
    `### ${label}`,
    answer === undefined ? `**To answer**: ${question}` : `**Seen**: ${escaped(answer)}`,
    ...(answer !== undefined && question !== '' ? [`_Asked_: ${question}`] : []),
    ...(verdicts.length === 0 ? [] : [`_Probes_: ${verdicts.join(', ')}`]),
  ].join('\n\n');
}

/** A text in which Markdown reads nothing: neither HTML nor emphasis, links or placeholders in braces. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|]/gu, (character) => `\\${character}`);
}

/** A text in the font of code. What would end it is left out. */
function code(text: string): string {
  return `\`${text.replaceAll('`', '')}\``;
}
