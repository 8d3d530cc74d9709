import { type Html, html } from '../../html/html.js';
import { SYNC_KINDS } from '../kinds.js';
import type { GuardFinding } from '../run/guard-limits.js';
import type { SyncRun } from '../runs.js';
import { badge, count, share, table } from './parts.js';

/** The plan of a run. */
export type Plan = NonNullable<SyncRun['plan']>;

const PEOPLE: ReadonlySet<string> = new Set(['students', 'teachers', 'staff', 'contacts', 'school_people']);
/** Kinds of which the guard counts by how much their number shrinks. */
const NET: ReadonlySet<string> = new Set(['sections', 'courses', 'terms']);

/** What a plan would do to each kind of record. */
export function planTable({ kinds, verdict }: Plan): Html {
  const held = new Set<string>(verdict.findings.map(({ scope }) => (PEOPLE.has(scope) ? 'users' : scope)));
  const shown = SYNC_KINDS.flatMap((kind) => (kinds[kind] === undefined ? [] : [{ kind, ...kinds[kind] }]));
  const hasOdd = shown.some(({ odd }) => odd > 0);
  const rows = shown.map(({ kind, before, created, updated, restored, archived, odd }) => [
    kind,
    ...[before, created, updated, restored, archived].map(count),
    share(archived, before),
    ...(hasOdd ? [count(odd)] : []),
    held.has(kind) ? badge('held', 'warn') : 'passes',
  ]);
  const numbers = ['Before', 'Created', 'Changed', 'Back', 'Gone', 'Share gone', ...(hasOdd ? ['Odd'] : [])];
  return table(
    'Records by kind. What is gone is archived: its rows stay, and return when Clever has it again.',
    [{ label: 'Kind' }, ...numbers.map((label) => ({ label, isNumber: true })), { label: 'Guard' }],
    rows,
  );
}

/** Why the guard holds a plan, and what to think of before it is approved; nothing for a plan that it lets pass. */
export function guardReasons({ verdict }: Plan): Html | undefined {
  if (!verdict.isHeld) {
    return undefined;
  }
  return html`<h2>Why the guard holds it</h2>
<ul>${verdict.findings.map((finding) => html`<li>${reasonOf(finding)}</li>`)}</ul>
<p>A school that is no longer shared, an upload that was cut off and a list that ended early look the same. Ask the district
before you approve.</p>`;
}

function reasonOf({ scope, before, gone, reason }: GuardFinding): string {
  const part = share(gone, before);
  if (reason === 'school') {
    return `One school would lose ${count(gone)} of its ${count(before)} people (${part}).`;
  }
  if (reason === 'empty') {
    return `All ${count(before)} ${scope} would be gone.`;
  }
  return NET.has(scope)
    ? `There would be ${count(gone)} fewer ${scope} than the ${count(before)} of before (${part}).`
    : `${count(gone)} of ${count(before)} ${scope} would be gone (${part}).`;
}
