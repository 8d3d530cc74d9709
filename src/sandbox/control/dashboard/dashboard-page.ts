import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Env } from '../../clever/context.js';
import { page } from '../../clever/pages/layout.js';
import type { Control } from '../control.js';
import { clock } from './clock.js';
import { credentials } from './credentials.js';
import { changes, districts } from './districts.js';
import { entrances } from './entrances.js';
import { faults } from './faults.js';
import { noticeOf } from './notices.js';
import { people } from './people.js';
import { requests } from './requests.js';
import { COPY_SCRIPT } from './section.js';
import { DASHBOARD_STYLE } from './style.js';

const PARTS = [
  ['credentials', 'Credentials'],
  ['entrances', 'Entrances'],
  ['people', 'Log in as'],
  ['districts', 'Districts'],
  ['faults', 'Faults'],
  ['changes', 'Changes'],
  ['requests', 'Requests'],
  ['clock', 'Time'],
] as const;

/**
 * `GET /`: everything that the user can see and do without code. Its cost depends on what it shows, not on
 * the number of people.
 */
export function dashboardPage(context: Context<Env>, control: Control): Response | Promise<Response> {
  const notice = noticeOf(context.req.query('done'), context.req.query('events'));
  return page(
    context,
    200,
    'Clever on this machine',
    html`<p class="soft">Try your app with logins, rosters and events, and with everything that can go wrong with them.</p>
      ${notice === undefined ? '' : html`<p class="note good" role="status">${notice}</p>`}
      <nav aria-label="Parts of this page">
        <ul class="pills">
          ${PARTS.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}
        </ul>
      </nav>
      <div class="parts">
        <div class="stack">${credentials(context)} ${entrances(context)}</div>
        ${people(context)} ${districts(context, control)} ${faults(control)} ${changes(context)} ${requests(control)} ${clock(context)}
      </div>`,
    { style: DASHBOARD_STYLE, script: COPY_SCRIPT },
  );
}
