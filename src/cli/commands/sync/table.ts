import type { DistrictStatus, GuardFinding, SyncEvent, SyncPlan, SyncReport } from '../../../sync/index.js';
import { visible } from '../../terminal/visible.js';

const number = new Intl.NumberFormat('en');

/** What is printed of a run: its report, which a worker pieces together from its events. */
export type PrintedReport = Omit<SyncReport, 'reason' | 'outcome'> & {
  readonly outcome: Extract<SyncEvent, { kind: 'run_ended' }>['outcome'];
  /** `undefined` for a run that only looked whether the district has changed. */
  readonly reason?: string;
};

/** Rows with a heading above each column. */
interface Table {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** How many columns are texts, aligned on the left; the others are numbers, aligned on the right. */
  readonly texts: number;
}

/**
 * Lays a table out. Where it is wider than the terminal, which would break its rows anywhere, each row becomes a block
 * with a line for each column that says something.
 *
 * @param columns - The width of the terminal; `undefined` without one.
 */
function tableText({ headings, rows, texts }: Table, columns: number | undefined): string {
  const all = [headings, ...rows];
  const widths = headings.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const lines = all.map((row) =>
    row
      .map((cell, column) => (column < texts ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
  const width = Math.max(...lines.map((line) => line.length));
  return columns === undefined || width <= columns ? lines.join('\n') : blocksText({ headings, rows });
}

function blocksText({ headings, rows }: Pick<Table, 'headings' | 'rows'>): string {
  const width = Math.max(...headings.slice(1).map((heading) => heading.length));
  return rows
    .map(([title = '', ...cells]) => {
      const said = cells
        .map((cell, column) => [headings[column + 1] ?? '', cell] as const)
        .filter(([, cell]) => cell !== '' && cell !== '0');
      return [title, ...said.map(([heading, cell]) => `  ${heading.padEnd(width)}  ${cell}`)].join('\n');
    })
    .join('\n');
}

/** The table of a plan: what each kind has, what would change, and what the guard says. */
export function planTable({ kinds, verdict }: SyncPlan, columns: number | undefined): string {
  const held = new Set(verdict.findings.map(({ scope }) => kindOf(scope)));
  const rows = Object.entries(kinds).map(([kind, { before, created, updated, restored, archived, odd }]) => [
    kind,
    ...[before, created, updated, restored, archived].map((count) => number.format(count)),
    archived === 0 ? '' : `${((100 * archived) / before).toFixed(1)} %`,
    held.has(kind) ? 'held' : 'passes',
    ...(odd > 0 ? [`${number.format(odd)} odd`] : []),
  ]);
  const headings = ['kind', 'before', 'created', 'changed', 'back', 'gone', 'share', 'verdict'];
  return tableText({ headings, rows, texts: 1 }, columns);
}

/** The kind whose records a limit counts. */
function kindOf(scope: GuardFinding['scope']): string {
  return ['students', 'teachers', 'staff', 'contacts', 'school_people'].includes(scope) ? 'users' : scope;
}

/** What the guard says, in sentences. */
export function verdictText({ run, verdict }: SyncPlan): string {
  if (!verdict.isHeld) {
    return 'The guard lets it pass.';
  }
  const sentences = verdict.findings.map((finding) => `  - ${findingText(finding)}`);
  return ['The guard holds it:', ...sentences, `To release this very plan: clever-sdk sync approve ${run}`].join('\n');
}

function findingText({ scope, before, gone, reason }: GuardFinding): string {
  const numbers = `${number.format(gone)} of ${number.format(before)}`;
  if (reason === 'school') {
    return `one school would lose ${numbers} people.`;
  }
  return reason === 'empty' ? `${numbers} ${scope} would be gone: all of them.` : `${numbers} ${scope} would be gone.`;
}

/** A run in one line. */
export function reportLine(report: PrintedReport): string {
  const { districtId, outcome, mode, reason, created, updated, restored, archived, odd, requests, durationMs } = report;
  const counts = Object.entries({ created, updated, restored, archived, odd })
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${number.format(count)} ${name}`);
  const what = counts.length === 0 ? 'nothing changed' : counts.join(', ');
  const sent = `${number.format(requests)} ${requests === 1 ? 'request' : 'requests'}`;
  const seconds = (durationMs / 1_000).toFixed(1);
  const how = reason === undefined ? mode : `${mode}: ${reason}`;
  return `${visible(districtId)}  ${outcome}: ${what} (${how}; ${sent}, ${seconds} s)`;
}

/** The table of all districts. */
export function statusTable(districts: readonly DistrictStatus[], columns: number | undefined): string {
  const rows = districts.map((district) => [
    visible(district.districtId),
    visible(district.name ?? ''),
    stateOf(district),
    number.format(district.records),
    timeText(district.lastRunAt),
    timeText(district.nextSyncAt),
    district.failures === 0 ? '' : `${district.failures} (${district.lastErrorCode ?? 'unknown'})`,
  ]);
  const headings = ['district', 'name', 'state', 'records', 'last run (UTC)', 'due (UTC)', 'failures'];
  return tableText({ headings, rows, texts: 3 }, columns);
}

function stateOf({ isRunning, held, connection }: DistrictStatus): string {
  if (isRunning) {
    return 'running';
  }
  return held === undefined ? connection : `held, run ${held.run}`;
}

/** `2026-11-29 07:08`, in UTC. */
export function timeText(time: Date | undefined): string {
  return time === undefined ? '' : time.toISOString().slice(0, 16).replace('T', ' ');
}
