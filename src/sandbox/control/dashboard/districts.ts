import type { Context } from 'hono';
import { html } from 'hono/html';
import { shortnameOf } from '../../clever/browser/shortname.js';
import type { Env } from '../../clever/context.js';
import type { Html } from '../../clever/pages/layout.js';
import type { Kind } from '../../roster/records.js';
import type { District } from '../../world/district.js';
import type { App } from '../../world/options.js';
import { offers } from '../../world/people.js';
import type { SandboxDistrict } from '../../world/sandbox-district.js';
import { type Control, FORMS } from '../control.js';
import { changesFor, isBig } from './change-menu.js';
import { copyField, section } from './section.js';
import { type Tab, tabAddress } from './tabs.js';

/** The number of districts that the page shows; a sandbox may have hundreds. */
const SHOWN = 12;
const COUNTED = ['schools', 'users', 'sections'] as const satisfies readonly Kind[];

/** Returns the selected district: the one in the page's address, otherwise the first. */
export function chosenDistrict(context: Context<Env>): District {
  const { districts } = context.env.world;
  const asked = context.req.query('district_id');
  return districts.find(({ id }) => id === asked) ?? (districts[0] as District);
}

/** Makes the tab of the districts and their state. */
export function districts(context: Context<Env>, control: Control): Html {
  const { world } = context.env;
  const rest = world.districts.length - SHOWN;
  const cards = world.districts
    .slice(0, SHOWN)
    .map((district, index) => card(world.app, district, control.district(district.id), index));
  return html`<ul class="districts">
      ${cards}
    </ul>
    ${rest > 0 ? html`<p class="soft">And ${rest.toLocaleString('en')} more.</p>` : ''}`;
}

function card(app: App, district: District, owner: SandboxDistrict, index: number): Html {
  const { appToken } = district;
  const isPaused = owner.paused.length > 0;
  const counts = COUNTED.map(
    (kind) => `${district.store.count(kind).toLocaleString('en')} ${kind === 'users' ? 'people' : kind}`,
  );
  const clicks = [
    ...(appToken === undefined ? [['connect', 'Connect the app']] : [['rotate', 'Rotate the token']]),
    ...(appToken === undefined ? [] : [['disconnect', 'Disconnect']]),
    isPaused ? ['resume', 'Resume'] : ['pause', 'Pause'],
  ];
  const instant = new URLSearchParams({ client_id: app.clientId, district_id: district.id });
  return html`<li class="card">
    <h2>${district.name}</h2>
    <p class="badges">
      <span class="badge ${offers(district, 'district') ? 'good' : ''}">${stateOf(district)}</span>
      ${isPaused ? html`<span class="badge warn">paused</span>` : ''}
    </p>
    <p class="soft">${counts.join(' · ')}</p>
    ${appToken === undefined ? '' : copyField(`token-${index}`, 'District-app token', appToken.value)}
    ${copyField(`district-${index}`, 'District id', district.id)}
    <ul class="links">
      <li><a href="/in/${encodeURIComponent(shortnameOf(district))}">Portal of ${district.name}</a></li>
      ${
        offers(district, 'district')
          ? html`<li><a href="/oauth/instant-login?${instant}">Instant Login link of ${district.name}</a></li>`
          : ''
      }
      <li><a href="${tabAddress('start', { district_id: district.id })}#people">People of ${district.name}</a></li>
      <li><a href="${tabAddress('changes', { district_id: district.id })}">Changes of ${district.name}</a></li>
    </ul>
    <form method="post" action="${FORMS}/districts" class="actions">
      <input type="hidden" name="district_id" value="${district.id}" />
      ${clicks.map(
        ([name, label]) =>
          html`<button name="click" value="${name}" class="quiet" aria-label="${label}: ${district.name}">${label}</button>`,
      )}
    </form>
  </li>`;
}

function stateOf(district: District): string {
  if (district.connection === 'both') {
    return 'connected, and in the Library';
  }
  return district.connection === 'district' ? 'connected' : 'Library only';
}

/** Makes the form that chooses a district for a tab, where there are several. */
export function districtChooser(context: Context<Env>, tab: Tab): Html | '' {
  const { districts: all } = context.env.world;
  const chosen = chosenDistrict(context);
  if (all.length === 1) {
    return '';
  }
  return html`<form method="get" action="/" class="row">
    <input type="hidden" name="tab" value="${tab}" />
    <div>
      <label for="district">District</label>
      <select id="district" name="district_id">
        ${all.map(
          (district) =>
            html`<option value="${district.id}" ${district === chosen ? 'selected' : ''}>${district.name}</option>`,
        )}
      </select>
    </div>
    <button class="quiet">Show</button>
  </form>`;
}

/** Makes the tab with the changes that the roster of the selected district can undergo. */
export function changes(context: Context<Env>): Html {
  const district = chosenDistrict(context);
  return section(
    'changes',
    `Change the roster of ${district.name}`,
    isBig(district)
      ? 'Each change applies to the first record that it fits, and the Events API reports it. In a terminal: clever-sdk sandbox trigger. With this many people, a new school year takes long: start it in code, with changes.startSchoolYear().'
      : 'Each change applies to the first record that it fits, and the Events API reports it. In a terminal: clever-sdk sandbox trigger.',
    html`${districtChooser(context, 'changes')}
      <form method="post" action="${FORMS}/districts" class="actions">
      <input type="hidden" name="district_id" value="${district.id}" />
      ${changesFor(district).map(([name, label]) => html`<button name="change" value="${name}" class="quiet">${label}</button>`)}
    </form>`,
  );
}
