import { type OneRosterSeverity, type OneRosterValidation, validateOneRoster } from '../../../oneroster/index.js';
import { EXIT, type Finish } from '../../session/exit-codes.js';
import { problemList } from '../../session/file-problems.js';
import type { CommonOptions } from '../../session/options.js';
import type { CommandIo } from '../../terminal/io.js';
import { movingLine } from '../../terminal/moving-line.js';
import { visibleJson } from '../../terminal/visible.js';

const number = new Intl.NumberFormat('en');

/** What the problems of each severity are called. */
const HEADINGS: Readonly<Record<OneRosterSeverity, string>> = {
  error: 'Against the rules of OneRoster',
  clever: "Left out or refused by Clever's importer",
  warning: 'Warnings',
};

/** `validate oneroster`: prints what is wrong with files. */
export async function runValidate(io: CommandIo, path: string, { json }: CommonOptions, finish: Finish): Promise<void> {
  const stream = json === true ? undefined : io.terminal.progress;
  const line = stream === undefined ? undefined : movingLine(stream);
  const found = await validateOneRoster(path, {
    now: new Date(io.now()),
    signal: io.signal,
    onFile: (file) => line?.draw(`${file} …`),
  }).finally(() => line?.clear());
  await io.out(json === true ? `${visibleJson(found)}\n` : textOf(found, io.terminal.columns));
  const { error, clever } = found.totals;
  finish(error + clever > 0 ? EXIT.failure : EXIT.ok);
}

function textOf({ version, problems, totals, counts, droppedByClever }: OneRosterValidation, columns?: number): string {
  const rows = Object.entries(counts).map(([file, count]) => `${number.format(count)} ${file}`);
  const { classes, enrollments } = droppedByClever;
  const lists = (Object.keys(HEADINGS) as OneRosterSeverity[])
    .filter((severity) => totals[severity] > 0)
    .map((severity) => {
      const listed = problems
        .filter((problem) => problem.severity === severity)
        .map(({ message: reason, ...place }) => ({ ...place, reason }));
      return problemList(`${HEADINGS[severity]}: ${number.format(totals[severity])}`, listed, columns);
    });
  return [
    `OneRoster ${version}: ${rows.length === 0 ? 'no rows' : rows.join(', ')}.\n`,
    ...lists,
    ...(classes === 0
      ? []
      : [
          `Clever's importer would leave out ${number.format(classes)} classes and ${number.format(enrollments)} enrollments.\n`,
        ]),
    ...(lists.length === 0 ? ['No problem was found.\n'] : []),
  ].join('\n');
}
