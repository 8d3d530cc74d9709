import { type RecordProgress, record } from '../../../recording/index.js';
import { omitUndefined } from '../../../util/omit-undefined.js';
import { connectDistrict } from '../../session/connect.js';
import { sensitiveChoice } from '../../session/sensitive.js';
import type { CommandIo } from '../../terminal/io.js';
import { movingLine } from '../../terminal/moving-line.js';
import { visible, visibleJson } from '../../terminal/visible.js';
import type { RecordCommandOptions } from './options.js';

const number = new Intl.NumberFormat('en');

/** Records a sample of a district into a folder. */
export async function runRecord(io: CommandIo, options: RecordCommandOptions): Promise<void> {
  const { out, requests, groupSize, sensitive = [], json, quiet } = options;
  const { district, oauth } = await connectDistrict(io, options, { sensitive: sensitiveChoice(sensitive) });
  const progress = progressOf(io, options);
  try {
    const recorded = await record(
      district,
      omitUndefined({ out, requests, groupSize, oauth, onProgress: progress?.show }),
    );
    progress?.stop();
    if (json === true) {
      await io.out(`${visibleJson({ out, ...recorded })}\n`);
    } else if (quiet !== true) {
      io.err(`${textOf(recorded)} in ${visible(out)}. report.txt says what was replaced, kept and left out.\n`);
    }
  } finally {
    progress?.stop();
  }
}

/** The progress on a terminal; the lines of `--verbose` would interrupt it. */
function progressOf(
  { terminal }: CommandIo,
  { quiet, json, verbose }: RecordCommandOptions,
): { readonly show: (progress: RecordProgress) => void; readonly stop: () => void } | undefined {
  if (terminal.progress === undefined || quiet === true || json === true || verbose === true) {
    return undefined;
  }
  const line = movingLine(terminal.progress);
  return { show: (progress) => line.draw(textOf(progress)), stop: () => line.clear() };
}

function textOf({ requests, sections, people }: RecordProgress): string {
  return `${number.format(sections)} sections and ${number.format(people)} people by ${number.format(requests)} requests`;
}
