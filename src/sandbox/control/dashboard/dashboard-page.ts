import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Env } from '../../clever/context.js';
import { type Html, page } from '../../clever/pages/layout.js';
import type { Control } from '../control.js';
import { clock } from './clock.js';
import { credentials } from './credentials.js';
import { changes, districts } from './districts.js';
import { entrances } from './entrances.js';
import { faults } from './faults.js';
import { noticeOf } from './notices.js';
import { people } from './people.js';
import { requests } from './requests.js';
import { reset } from './reset.js';
import { COPY_SCRIPT } from './section.js';
import { DASHBOARD_STYLE } from './style.js';
import { currentTab, TABS, type Tab, tabLinks } from './tabs.js';

const LEAD = html`<p class="soft">
  Try your app with logins, rosters and events, and with everything that can go wrong with them.
</p>`;

/** What each tab shows. */
const CONTENTS: Readonly<Record<Tab, (context: Context<Env>, control: Control) => Html>> = {
  start: (context) =>
    html`<div class="stack">${credentials(context)} ${entrances(context)}</div>
      ${people(context)}`,
  districts,
  changes,
  faults: (_context, control) => faults(control),
  requests,
  time: (context) => html`${clock(context)} ${reset(context)}`,
};

/**
 * `GET /`: everything that the user can see and do without code, in tabs. Its cost depends on what it shows, not on
 * the number of people.
 */
export function dashboardPage(context: Context<Env>, control: Control): Response | Promise<Response> {
  const notice = noticeOf(context.req.query('done'), context.req.query('events'));
  const tab = currentTab(context);
  return page(
    context,
    200,
    tab === 'start' ? 'Clever on this machine' : TABS[tab],
    html`${tab === 'start' ? LEAD : ''} ${tabLinks(context, tab)}
      ${notice === undefined ? '' : html`<p class="note good" role="status">${notice}</p>`}
      <div class="parts">${CONTENTS[tab](context, control)}</div>`,
    { style: DASHBOARD_STYLE, script: COPY_SCRIPT },
  );
}
