import type { Context } from 'hono';
import { html } from 'hono/html';
import type { District } from '../../world/district.js';
import { MOST_LOOKED_AT } from '../../world/people.js';
import { searchPeople } from '../browser/search.js';
import type { Env } from '../context.js';
import { type Html, page } from './layout.js';
import { type LoginRole, personButton, ROLES } from './person-button.js';

/** Options of a login page. */
export interface SignInPageOptions {
  /** Where the login leads: a path of the sandbox with its query. Default: the page itself. */
  readonly next?: string;
  /** The only district to choose from. Default: all districts, of which `district_id` selects one. */
  readonly district?: District;
}

/** The parameters that decide which people the page lists. All other parameters belong to the login. */
const OWN = ['q', 'role'] as const;
const SHOWN_PER_ROLE = { alone: 60, together: 9 } as const;

/** Makes the login page: choose a district, search for a person, and press the person's button to log in. */
export function signInPage(
  context: Context<Env>,
  { next, district: only }: SignInPageOptions = {},
): Response | Promise<Response> {
  const { app, districts: all } = context.env.world;
  const url = new URL(context.req.url);
  const text = url.searchParams.get('q') ?? '';
  const role = ROLES.map(([known]) => known).find((known) => known === url.searchParams.get('role'));
  const chosen = only ?? all.find(({ id }) => id === url.searchParams.get('district_id'));
  const districts = chosen === undefined ? all : [chosen];
  const groups = ROLES.filter(([known]) => role === undefined || known === role).map(([known, title]) =>
    peopleGroup(districts, known, title, text, role === undefined ? SHOWN_PER_ROLE.together : SHOWN_PER_ROLE.alone),
  );
  const found = groups.filter((group) => group !== undefined);
  const title = url.pathname === '/oauth/authorize' ? `Log in to ${app.name}` : 'Log in to Clever';
  return page(
    context,
    200,
    title,
    html`<p class="soft">Choose a person to log in as. You need no password.</p>
      ${searchForm(url, text, role, only === undefined ? all : [], chosen)} ${roleLinks(url, role)}
      <form method="post" action="/oauth/sign-in" aria-label="People">
        <input type="hidden" name="next" value="${next ?? addressOf(url)}" />
        ${found.length > 0 ? found : html`<p role="status">No person matches. Try fewer letters, or <a href="${addressOf(url)}">show everyone</a>.</p>`}
      </form>`,
  );
}

function searchForm(
  url: URL,
  text: string,
  role: LoginRole | undefined,
  districts: readonly District[],
  chosen: District | undefined,
): Html {
  const own: readonly string[] = [...OWN, ...(districts.length > 0 ? ['district_id'] : [])];
  const kept = [...url.searchParams].filter(([name]) => !own.includes(name));
  const options = districts.map(
    (district) =>
      html`<option value="${district.id}" ${district === chosen ? 'selected' : ''}>
        ${district.name}${district.connection === 'library' ? ' (has not connected the app)' : ''}
      </option>`,
  );
  return html`<form method="get" action="${url.pathname}" class="card search" role="search">
    ${kept.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
    ${role === undefined ? '' : html`<input type="hidden" name="role" value="${role}" />`}
    ${
      districts.length === 0
        ? ''
        : html`<div>
          <label for="district">District</label>
          <select id="district" name="district_id">
            <option value="">All districts</option>
            ${options}
          </select>
        </div>`
    }
    <div>
      <label for="q">Name, e-mail address or id</label>
      <input id="q" name="q" type="search" value="${text}" autocomplete="off" />
    </div>
    <div><button>Search</button></div>
  </form>`;
}

function roleLinks(url: URL, current: LoginRole | undefined): Html {
  const items = [[undefined, 'All roles'] as const, ...ROLES].map(([role, title]) => {
    const params = new URLSearchParams(url.search);
    params.delete('role');
    if (role !== undefined) {
      params.set('role', role);
    }
    const href = `${url.pathname}?${params}`;
    return role === current
      ? html`<li><a href="${href}" aria-current="true">${title}</a></li>`
      : html`<li><a href="${href}">${title}</a></li>`;
  });
  return html`<nav aria-label="Roles"><ul class="pills">${items}</ul></nav>`;
}

function peopleGroup(
  districts: readonly District[],
  role: LoginRole,
  title: string,
  text: string,
  limit: number,
): Html | undefined {
  const perDistrict = Math.max(1, Math.floor(limit / districts.length));
  const results = districts
    .slice(0, limit)
    .map((district) => ({ district, ...searchPeople(district, role, text, perDistrict) }));
  const people = results.flatMap(({ district, users }) =>
    users.map((user) => personButton(district, user, role, districts.length > 1)),
  );
  const hasMore = districts.length > limit || results.some((result) => result.hasMore);
  if (people.length === 0 && !hasMore) {
    return undefined;
  }
  const hint =
    people.length === 0
      ? `None of the first ${MOST_LOOKED_AT.toLocaleString('en')} people matches. Search for an e-mail address or an id instead.`
      : 'The list has more people. Search, or choose a district and a role.';
  return html`<section aria-labelledby="${role}">
    <h2 id="${role}">${title}</h2>
    <ul class="people">
      ${people}
    </ul>
    ${hasMore ? html`<p class="soft">${hint}</p>` : ''}
  </section>`;
}

/** Returns the page's address without the parameters that decide which people it lists. */
function addressOf(url: URL): string {
  const params = new URLSearchParams(url.search);
  for (const name of OWN) {
    params.delete(name);
  }
  return params.size === 0 ? url.pathname : `${url.pathname}?${params}`;
}
