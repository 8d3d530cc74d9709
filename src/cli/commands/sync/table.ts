import type { DistrictStatus, GuardFinding, SyncPlan, SyncReport } from '../../../sync/index.js';

const number = new Intl.NumberFormat('en');

/** Lays rows out in columns: the first to the left, the others to the right. */
export function tableOf(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The table of a plan: what each kind has, what would change, and what share would be gone. */
export function planTable({ kinds }: SyncPlan): string {
  const rows = Object.entries(kinds).map(([kind, counts]) => [
    kind,
    number.format(counts.before),
    number.format(counts.created),
    number.format(counts.updated),
    number.format(counts.archived),
    number.format(counts.restored),
    counts.before === 0 ? '' : `${((100 * counts.archived) / counts.before).toFixed(1)} %`,
    ...(counts.odd > 0 ? [`${number.format(counts.odd)} odd`] : []),
  ]);
  return tableOf([['', 'before', 'created', 'changed', 'gone', 'back', 'share gone'], ...rows]);
}

/** What the guard says, in sentences. */
export function verdictText({ run, verdict }: SyncPlan): string {
  if (!verdict.isHeld) {
    return 'Verdict: within the limits.';
  }
  const sentences = verdict.findings.map((finding) => `  - ${findingText(finding)}`);
  return ['Verdict: held.', ...sentences, `Release this very plan with: clever-sdk sync approve ${run}`].join('\n');
}

function findingText({ scope, before, gone, reason }: GuardFinding): string {
  const numbers = `${number.format(gone)} of ${number.format(before)}`;
  if (reason === 'school') {
    return `one school would lose ${numbers} people.`;
  }
  return reason === 'empty' ? `${numbers} ${scope} would be gone: all of them.` : `${numbers} ${scope} would be gone.`;
}

/** A run in one line. */
export function reportLine(report: SyncReport): string {
  const { districtId, outcome, mode, reason, created, updated, archived, restored, requests, durationMs } = report;
  const changes = Object.entries({ created, updated, archived, restored })
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${number.format(count)} ${name}`);
  const what = changes.length === 0 ? 'nothing changed' : changes.join(', ');
  const seconds = (durationMs / 1_000).toFixed(1);
  return `${districtId}  ${outcome}: ${what} (${mode}: ${reason}; ${requests} requests, ${seconds} s)`;
}

/** The table of all districts. */
export function statusTable(districts: readonly DistrictStatus[]): string {
  const rows = districts.map((district) => [
    `${district.name ?? ''} ${district.districtId}`.trim(),
    district.isRunning
      ? 'running'
      : district.held === undefined
        ? district.connection
        : `held, run ${district.held.run}`,
    number.format(district.records),
    timeText(district.lastRunAt),
    timeText(district.nextSyncAt),
    district.failures === 0 ? '' : `${district.failures} (${district.lastErrorCode ?? 'unknown'})`,
  ]);
  return tableOf([['district', 'state', 'records', 'last run', 'due', 'failures'], ...rows]);
}

function timeText(time: Date | undefined): string {
  return time === undefined ? '-' : time.toISOString().slice(0, 16).replace('T', ' ');
}
