import type { ClientEvent } from '../../../index.js';
import { exportOneRoster, lossText, type OneRosterReport, type OneRosterSource } from '../../../oneroster/index.js';
import { createRosterSync } from '../../../sync/index.js';
import { omitUndefined } from '../../../util/omit-undefined.js';
import { connectDistrict } from '../../session/connect.js';
import { openDatabase } from '../../session/database.js';
import { exclusively } from '../../session/exclusive.js';
import { EXIT } from '../../session/exit-codes.js';
import { CommandFailure } from '../../session/failure.js';
import { sensitiveChoice } from '../../session/sensitive.js';
import type { CommandIo } from '../../terminal/io.js';
import { movingLine } from '../../terminal/moving-line.js';
import { visible, visibleJson } from '../../terminal/visible.js';
import { waitingOf, waitingText } from '../../terminal/waiting.js';
import type { ExportCommandOptions } from './options.js';

/** What shows how far an export has come. */
interface Progress {
  draw(text: string): void;
  stop(): void;
}

/** `export oneroster`: writes the files, and says what they have and what was lost. */
export async function runExport(io: CommandIo, options: ExportCommandOptions): Promise<void> {
  const { database, since, out } = options;
  if (since !== undefined && database === undefined && io.env['DATABASE_URL'] === undefined) {
    throw new CommandFailure(
      '--since needs the tables of a sync, which know what has changed: --database.',
      EXIT.usage,
    );
  }
  await exclusively([out.replace(/[\\/]+$/u, '')], async () => {
    const progress = progressOf(io, options);
    try {
      const report = await exportFrom(io, options, progress);
      progress.stop();
      await print(io, options, report);
    } finally {
      progress.stop();
    }
  });
}

function progressOf(io: CommandIo, { quiet, json }: ExportCommandOptions): Progress {
  const stream = quiet === true || json === true ? undefined : io.terminal.progress;
  if (stream === undefined) {
    return { draw: () => undefined, stop: () => undefined };
  }
  const line = movingLine(stream);
  return { draw: (text) => line.draw(text), stop: () => line.clear() };
}

/** Exports from the tables when a database is named, otherwise from Clever. */
async function exportFrom(io: CommandIo, options: ExportCommandOptions, progress: Progress): Promise<OneRosterReport> {
  const { database, since, schema } = options;
  if (database === undefined && since === undefined) {
    const onEvent = (event: ClientEvent): void => {
      const waiting = waitingOf(event);
      if (waiting !== undefined) {
        progress.draw(waitingText(waiting));
      }
    };
    const { district } = await connectDistrict(io, options, { sensitive: sensitiveChoice(options.sensitive), onEvent });
    return write(io, options, district, progress);
  }
  const { store, close } = await openDatabase(io, options, { mayCreate: false });
  try {
    const sync = createRosterSync({ districts: [], store, schema });
    const known =
      options.district === undefined ? (await sync.status()).map(({ districtId }) => districtId) : [options.district];
    const [only, ...others] = known;
    if (only === undefined || others.length > 0) {
      throw new CommandFailure(
        only === undefined
          ? 'the tables have no district. `clever-sdk sync run` fills them.'
          : `the tables have ${known.length} districts. Choose one with --district; \`clever-sdk sync status\` lists them.`,
        EXIT.usage,
      );
    }
    return await write(io, options, sync.mirror(only), progress);
  } finally {
    await close();
  }
}

const number = new Intl.NumberFormat('en');

function write(
  io: CommandIo,
  { version, out, demographics, principals, since, sensitive, metadata }: ExportCommandOptions,
  source: OneRosterSource,
  progress: Progress,
): Promise<OneRosterReport> {
  return exportOneRoster(source, {
    version,
    out,
    ...omitUndefined({ demographics, principalsByTitle: principals, since }),
    sensitiveFields: sensitiveChoice(sensitive) as 'all',
    metadata: (metadata ?? []) as 'lms_status'[],
    signal: io.signal,
    now: new Date(io.now()),
    onProgress: ({ file, rows }) => progress.draw(`${file}  ${number.format(rows)} rows`),
  });
}

async function print(
  io: CommandIo,
  { json, quiet, out }: ExportCommandOptions,
  report: OneRosterReport,
): Promise<void> {
  if (json === true) {
    await io.out(`${visibleJson({ out, ...report })}\n`);
  } else if (quiet !== true) {
    const { version, mode, counts, roles, losses, checkpoint } = report;
    const rows = Object.entries(counts).map(([file, count]) => `  ${number.format(count)}  ${file}.csv`);
    const people = Object.entries(roles).map(([role, count]) => `${number.format(count)} ${role}`);
    await io.out(
      [
        `OneRoster ${version}, ${mode === 'bulk' ? 'everything' : 'what has changed'}: ${visible(out)}`,
        ...rows,
        ...(people.length === 0 ? [] : [`People by role in Clever: ${people.join(', ')}.`]),
        lossText(losses).trimEnd(),
        ...(checkpoint === undefined ? [] : [`For the next delta: --since ${checkpoint}`]),
        '',
      ]
        .filter((line, index, lines) => line !== '' || index === lines.length - 1)
        .join('\n'),
    );
  }
}
