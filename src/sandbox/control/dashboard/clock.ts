import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Env } from '../../clever/context.js';
import type { Html } from '../../clever/pages/layout.js';
import { FORMS } from '../control.js';
import { CLOCK_STEPS } from './actions.js';
import { section } from './section.js';

/** Makes the section of the clock. */
export function clock(context: Context<Env>): Html {
  const now = new Date(context.env.now).toISOString();
  return section(
    'clock',
    'Time',
    'Set the clock of the sandbox forward: codes and tokens expire, rate limits reset, and events become too old. The clock cannot be set back, except by a reset.',
    html`<p>
        The time in the sandbox is <time datetime="${now}">${now.slice(0, 19).replace('T', ' ')} UTC</time>.
      </p>
      <form method="post" action="${FORMS}/clock" class="actions">
        ${CLOCK_STEPS.map(([ms, label]) => html`<button name="ms" value="${ms}" class="quiet">${label}</button>`)}
      </form>`,
  );
}
