import { type Html, html } from '../../html/html.js';
import type { SyncRun } from '../runs.js';
import { adviceFor } from './advice.js';
import { tookOf } from './district-page.js';
import type { Page } from './layout.js';
import { approveAddress, districtAddress, runAddress } from './links.js';
import { count, facts, foreign, notice, warning, when } from './parts.js';
import { guardReasons, type Plan, planTable } from './plan.js';
import { isUnderWay, isWaiting, runBadge } from './states.js';

/** What the page of a run shows. */
export interface RunView {
  readonly run: SyncRun;
  /** The district's name, or else its id. */
  readonly district: string;
  readonly now: Date;
  /** What a form has just done. */
  readonly done?: string | undefined;
  readonly mayApprove: boolean;
}

/** A run, with its plan. */
export function runPage({ run, district, now, done, mayApprove }: RunView): Page {
  const { plan, approval } = run;
  return {
    title: `Run ${run.run}`,
    body: html`<p><a href="${districtAddress(run.districtId)}">${foreign(district)}</a></p>
${
  done === 'approved' && approval !== undefined
    ? notice(`Run ${run.run} is approved. The next run of the district, which is due now, applies this very plan.`)
    : undefined
}
${runFacts(run, now)}
${isUnderWay(run) ? html`<p>It is under way, or goes on where it stopped when the district runs next.</p>` : undefined}
${errorOf(run)}
${plan === undefined ? undefined : planSection(run, plan, mayApprove)}`,
  };
}

function runFacts(run: SyncRun, now: Date): Html {
  const { mode, reason, approval } = run;
  const approved = approval === undefined ? undefined : html`by ${foreign(approval.by)}, ${when(approval.at, now)}`;
  return html`<section class="card" aria-labelledby="facts"><h2 id="facts">The run</h2>
${facts([
  ['State', runBadge(run)],
  ['Mode', mode === 'full' ? 'full: everything is read' : 'events: what has changed is read'],
  ['Reason', reason],
  ['Began', when(run.startedAt, now)],
  ['Ended', isWaiting(run) ? undefined : when(run.endedAt, now)],
  ['Took', tookOf(run)],
  ['Requests', count(run.requests)],
  ['Created', count(run.created)],
  ['Changed', count(run.updated)],
  ['Back', count(run.restored)],
  ['Gone', count(run.archived)],
  ['Unchanged', count(run.unchanged)],
  ['Odd records', run.odd === 0 ? undefined : count(run.odd)],
  ['Approved', approved],
])}</section>`;
}

function errorOf({ errorCode }: SyncRun): Html | undefined {
  if (errorCode === undefined) {
    return undefined;
  }
  const advice = adviceFor(errorCode);
  return html`<div class="note"><p><code>${errorCode}</code>: ${advice.what}</p><p>${advice.do}</p></div>`;
}

function planSection(run: SyncRun, plan: Plan, mayApprove: boolean): Html {
  const waits = isWaiting(run);
  return html`${waits ? guardReasons(plan) : undefined}
<h2>${waits ? 'What it would do' : 'Its plan'}</h2>
${planTable(plan)}
${waits ? approval(run, mayApprove) : undefined}`;
}

function approval({ run, approval: given }: SyncRun, mayApprove: boolean): Html {
  if (given?.isForThisPlan === true) {
    return html`<p>The plan is approved, and the next run applies it.</p>`;
  }
  const changed =
    given === undefined ? undefined : html`<p>The plan has changed since ${foreign(given.by)} approved it.</p>`;
  return mayApprove
    ? html`${changed}<p class="actions"><a class="button" href="${approveAddress(run)}">Approve run ${run} …</a></p>`
    : html`${changed}<p>You may not approve it.</p>`;
}

/** What the question before an approval shows. */
export interface ApproveView {
  readonly run: SyncRun;
  readonly plan: Plan;
  readonly district: string;
  /** Whose name is stored. */
  readonly by: string;
  readonly token: string;
  /** Why the question is asked again. */
  readonly again?: string;
}

/** Asks once more, with the numbers, before a plan is approved. */
export function approvePage({ run: { run, districtId }, plan, district, by, token, again }: ApproveView): Page {
  const gone = Object.values(plan.kinds).reduce((sum, { archived }) => sum + archived, 0);
  return {
    ...(again === undefined ? {} : { status: 409 as const }),
    title: `Approve run ${run}?`,
    body: html`<p><a href="${districtAddress(districtId)}">${foreign(district)}</a></p>
${again === undefined ? undefined : warning(again)}
<p>The next run applies this very plan. If the district changes before that, the approval does not count.
<b>${gone === 1 ? 'One record' : `${count(gone)} records`} would be gone.</b></p>
${guardReasons(plan)}
<h2>What it would do</h2>
${planTable(plan)}
<form class="actions" method="post" action="${approveAddress(run)}">
<input type="hidden" name="token" value="${token}">
<input type="hidden" name="hash" value="${plan.hash}">
<button>Approve run ${run} as ${foreign(by)}</button>
<a class="button quiet" href="${runAddress(run)}">Do not approve</a>
</form>`,
  };
}
