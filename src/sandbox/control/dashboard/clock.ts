import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Env } from '../../clever/context.js';
import type { Html } from '../../clever/pages/layout.js';
import { FORMS } from '../control.js';
import { CLOCK_STEPS } from './actions.js';
import { section } from './section.js';

/** The sandbox's clock, and the way back to the beginning. */
export function clock(context: Context<Env>): Html {
  const now = new Date(context.env.now).toISOString();
  return section(
    'clock',
    'Time',
    'Set the clock of the sandbox forward: codes and tokens expire, rate limits fill up, events grow too old.',
    html`<p>
        It is <time datetime="${now}">${now.slice(0, 19).replace('T', ' ')} UTC</time> here.
      </p>
      <form method="post" action="${FORMS}/clock" class="actions">
        ${CLOCK_STEPS.map(([ms, label]) => html`<button name="ms" value="${ms}" class="quiet">${label}</button>`)}
      </form>
      <h3>Back to the beginning</h3>
      <p class="soft">Rosters, tokens, sessions, faults, requests and the clock: all as they were at the start.</p>
      <form method="post" action="${FORMS}/reset"><button>Reset the sandbox</button></form>`,
  );
}
