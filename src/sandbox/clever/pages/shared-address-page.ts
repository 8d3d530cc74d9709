import type { Context } from 'hono';
import { html } from 'hono/html';
import { rolesOf } from '../../roster/roles.js';
import type { PersonInDistrict } from '../../world/people.js';
import { nameOf } from '../browser/visitor.js';
import type { Env } from '../context.js';
import { page } from './layout.js';

/** Makes the page for a `sandbox_user` with an e-mail address that several people have: a link for each of them. */
export function sharedAddressPage(
  context: Context<Env>,
  people: readonly PersonInDistrict[],
): Response | Promise<Response> {
  const url = new URL(context.req.url);
  return page(
    context,
    400,
    'Several people have this address',
    html`<div class="card narrow">
      <p>
        sandbox_user must name one person. Use the id of one of them in place of the address, or add sandbox_role if only one
        of them has that role.
      </p>
      <ul class="links">
        ${people.map(({ district, user }) => {
          const params = new URLSearchParams(url.search);
          params.set('sandbox_user', user.id);
          return html`<li>
            <a href="${url.pathname}?${params}">${nameOf(user)}</a>
            <span class="soft">${rolesOf(user).join(', ')}, ${district.name}, <code>${user.id}</code></span>
          </li>`;
        })}
      </ul>
    </div>`,
  );
}
