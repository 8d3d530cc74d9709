import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Env } from '../../clever/context.js';
import type { Html } from '../../clever/pages/layout.js';

/** The tabs of the dashboard, by their names in the address, with their titles. The first one is at `/` itself. */
export const TABS = {
  start: 'Start',
  districts: 'Districts',
  changes: 'Changes',
  faults: 'Faults',
  requests: 'Requests',
  time: 'Time and reset',
} as const;

/** The name of a tab. */
export type Tab = keyof typeof TABS;

/** Returns the tab that the address names, otherwise the first. */
export function currentTab(context: Context<Env>): Tab {
  const asked = context.req.query('tab') ?? '';
  return Object.hasOwn(TABS, asked) ? (asked as Tab) : 'start';
}

/** Returns the address of a tab. */
export function tabAddress(tab: Tab, query: Readonly<Record<string, string | undefined>> = {}): string {
  const params = new URLSearchParams(tab === 'start' ? {} : { tab });
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') {
      params.set(name, value);
    }
  }
  return params.size === 0 ? '/' : `/?${params}`;
}

/** Makes the links to all tabs. They keep the chosen district. */
export function tabLinks(context: Context<Env>, current: Tab): Html {
  const district = context.req.query('district_id');
  const items = (Object.keys(TABS) as Tab[]).map((tab) => {
    const href = tabAddress(tab, { district_id: district });
    return tab === current
      ? html`<li><a href="${href}" aria-current="page">${TABS[tab]}</a></li>`
      : html`<li><a href="${href}">${TABS[tab]}</a></li>`;
  });
  return html`<nav aria-label="Dashboard"><ul class="tabs">${items}</ul></nav>`;
}
