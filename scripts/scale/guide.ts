/** The tables of docs/guides/scale.md. */
import type { Measured } from './measured.ts';
import { type Fleet, needsOf, requestsOfFullRun } from './model.ts';

/** The three fleets of the guide, by their name. */
export const FLEETS: Readonly<Record<string, Fleet>> = Object.fromEntries(
  (
    [
      ['10 districts', 10, 20_000],
      ['500 districts', 500, 1_000_000],
      ['13,000 districts', 13_000, 25_000_000],
    ] as const
  ).map(([name, districts, students]) => [
    name,
    {
      ...{ districts, students, syncsADay: 4, changedADay: 0.01, fullEveryDays: 7, pageSize: 1_000 },
      ...{ latencyMs: 200, keepDays: 90, concurrency: 4 },
    },
  ]),
);

/** What Clever allows for a token in a minute. */
const REQUESTS_A_MINUTE = 1_200;
/** The largest district of the United States, about. */
const LARGEST_DISTRICT = 1_000_000;

/** Returns the guide with its tables as they are by what was measured; what is around them stays. */
export function scaleGuide(text: string, measured: Measured): string {
  return replaced(
    replaced(text, 'constants', constantsTable(measured)),
    'fleets',
    `${fleetsTable(measured)}\n\n${largestText(measured)}`,
  );
}

function replaced(text: string, name: string, body: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [before, rest] = text.split(start);
  const [, after] = (rest ?? '').split(end);
  if (before === undefined || after === undefined) {
    throw new Error(`The guide has no place between ${start} and ${end}.`);
  }
  return `${before}${start}\n\n${body}\n\n${end}${after}`;
}

function constantsTable(measured: Measured): string {
  const { bytes, cpuMs, idle, requests, rows, students, wal } = measured;
  const records = Object.values(rows).reduce((sum, number) => sum + number, 0);
  const perStudent = (number: number): string => (number / students).toFixed(2);
  const fixed = requestsOfFullRun(measured, 1, 10_000) - Object.keys(rows).length;
  const lines: readonly (readonly [string, string])[] = [
    [
      'records per student',
      `${perStudent(records)}, of which people ${perStudent(rows.users)}, sections ${perStudent(rows.sections)}`,
    ],
    ['relation rows per student', perStudent(measured.relationRows)],
    ['requests of a run without news', String(requests.idle)],
    ['requests of a full run', `${fixed} + one for each page of each kind`],
    ['bytes of a record, with indexes', whole(bytes.perRecord)],
    ['bytes of a relation row', whole(bytes.perRelationRow)],
    ['bytes of a change in the log', whole(bytes.perChange)],
    ['bytes of a run', whole(bytes.perRun)],
    ['bytes of a staged record', whole(bytes.perStagedRecord)],
    ["bytes of PostgreSQL's log: a run without news", whole(wal.perIdleRun)],
    ['… a record of a first run', whole(wal.perFirstRecord)],
    ['… a change by an event', whole(wal.perEventChange)],
    ['… a record that a full run finds unchanged', whole(wal.perUnchangedRecord)],
    ['statements of a run without news', `${idle.statements}; with pg-boss ${idle.statementsPgBoss}`],
    ['processor, ms, of a run without news: worker, PostgreSQL', `${cpuMs.idleWorker}, ${cpuMs.idleServer}`],
    ['… of 1,000 records of a first run', `${cpuMs.firstWorker}, ${cpuMs.firstServer}`],
    ['… of 1,000 changes by events', `${cpuMs.eventWorker}, ${cpuMs.eventServer}`],
    ['… of 1,000 records that a full run finds unchanged', `${cpuMs.unchangedWorker}, ${cpuMs.unchangedServer}`],
  ];
  return [
    `Measured: ${measured.machine}.`,
    '',
    '| Constant | Value |',
    '| --- | --: |',
    ...lines.map(([name, value]) => `| ${name} | ${value} |`),
  ].join('\n');
}

function fleetsTable(measured: Measured): string {
  const all = Object.values(FLEETS).map((fleet) => ({ fleet, needs: needsOf(measured, fleet) }));
  const row = (name: string, of: (one: (typeof all)[number]) => string): string =>
    `| ${[name, ...all.map(of)].join(' | ')} |`;
  return [
    row('', ({ fleet }) => `${whole(fleet.districts)} districts, ${million(fleet.students)} students`),
    `| --- | ${all.map(() => '--:').join(' | ')} |`,
    row('records', ({ needs }) => million(needs.records)),
    row('relation rows', ({ needs }) => million(needs.relationRows)),
    row('runs a day', ({ needs }) => whole(needs.runsADay)),
    row('of these in full', ({ needs }) => whole(needs.fullRunsADay)),
    row('changes a day', ({ needs }) => million(needs.changesADay)),
    row('requests a day', ({ needs }) => million(needs.requestsADay)),
    row('requests a second', ({ needs }) => figures(needs.requestsADay / 86_400)),
    row(
      'seconds of a run by events, of one in full',
      ({ needs }) => `${needs.eventRunSeconds.toFixed(1)}, ${needs.fullRunSeconds.toFixed(0)}`,
    ),
    row('districts that run at once, on average', ({ needs }) => figures(needs.running)),
    row(
      'a core is busy for: workers, PostgreSQL',
      ({ needs }) => `${figures(needs.workerCores * 100)} %, ${figures(needs.serverCores * 100)} %`,
    ),
    row('workers of four districts at once', ({ needs }) => whole(needs.workers)),
    row('connections', ({ needs }) => whole(needs.connections)),
    row('change log, rows', ({ needs }) => million(needs.changeRows)),
    row('kept runs, rows', ({ needs }) => million(needs.runRows)),
    row('tables and indexes', ({ needs }) => size(needs.tableBytes)),
    row("PostgreSQL's log, a day", ({ needs }) => size(needs.walBytesADay)),
    row(
      'first reading: processor time of workers, of PostgreSQL',
      ({ needs }) => `${time(needs.firstWorkerHours)}, ${time(needs.firstServerHours)}`,
    ),
    row("first reading: PostgreSQL's log", ({ needs }) => size(needs.firstWalBytes)),
  ].join('\n');
}

function largestText(measured: Measured): string {
  const requests = requestsOfFullRun(measured, LARGEST_DISTRICT, 1_000);
  const large = requestsOfFullRun(measured, LARGEST_DISTRICT, 10_000);
  return (
    `A full run of one district of ${million(LARGEST_DISTRICT)} students takes ${whole(requests)} requests with pages of 1,000, which is ` +
    `${(requests / REQUESTS_A_MINUTE).toFixed(1)} minutes of its token's ${whole(REQUESTS_A_MINUTE)} a minute, and ${whole(large)} with pages of 10,000.`
  );
}

function whole(number: number): string {
  return Math.round(number).toLocaleString('en');
}

function million(number: number): string {
  return number < 1_000_000 ? whole(number) : `${Number((number / 1_000_000).toPrecision(3))} million`;
}

function figures(number: number): string {
  return String(Number(number.toPrecision(2)));
}

function time(hours: number): string {
  const seconds = hours * 3_600;
  return seconds < 60 ? `${figures(seconds)} s` : `${figures(seconds / 60)} min`;
}

function size(bytes: number): string {
  const [unit, name] = bytes < 2 ** 30 ? [2 ** 20, 'MB'] : [2 ** 30, 'GB'];
  return `${Number((bytes / unit).toPrecision(2))} ${name}`;
}
