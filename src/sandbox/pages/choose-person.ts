import type { Context } from 'hono';
import { html } from 'hono/html';
import type { District } from '../district.js';
import type { Env } from '../http/context.js';
import { findPeople, offers, type SandboxPerson } from '../people.js';
import { page } from './layout.js';

const ROLES = [
  ['teacher', 'Teachers'],
  ['student', 'Students'],
  ['staff', 'School admins'],
  ['district_admin', 'District admins'],
] as const;

/** People shown per role. */
const PEOPLE_SHOWN = 12;

/** The login page: a list of people to be, for somebody at a browser. */
export function choosePersonPage(
  context: Context<Env>,
  districts: readonly District[],
  connection: 'district' | 'library' | undefined,
): Response | Promise<Response> {
  const url = new URL(context.req.url);
  const link = ({ id }: SandboxPerson): string => {
    const params = new URLSearchParams(url.search);
    params.set('sandbox_user', id);
    return `${url.pathname}?${params}`;
  };
  const groups = districts.flatMap((district) => {
    const by = connection ?? (offers(district, 'district') ? 'district' : 'library');
    return ROLES.map(([role, title]) => ({
      title: `${title}, ${district.name}${by === 'library' ? ' (Clever Library)' : ''}`,
      people: findPeople([district], { role, connection: by, limit: PEOPLE_SHOWN }),
    })).filter(({ people }) => people.length > 0);
  });
  const lists = groups.map(
    ({ title, people }) =>
      html`<h2>${title}</h2>
        <ul>
          ${people.map((person) => html`<li><a href="${link(person)}">${nameOf(person)}</a></li>`)}
        </ul>`,
  );
  return page(context, 200, 'Log in as', html`<p>Nobody here exists. Pick a person to be.</p>${lists}`);
}

function nameOf({ name }: SandboxPerson): string {
  return [name.first, name.last].filter((part) => part != null && part !== '').join(' ');
}
