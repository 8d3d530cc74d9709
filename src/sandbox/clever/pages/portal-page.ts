import type { Context } from 'hono';
import { html } from 'hono/html';
import { holdsRole } from '../../roster/roles.js';
import type { Admission } from '../browser/admission.js';
import { nameOf, type Visitor } from '../browser/visitor.js';
import type { Env } from '../context.js';
import { appIcon, page } from './layout.js';

/** Makes a person's portal. It shows the app's icon when the person may log in to the app. */
export function portalPage(
  context: Context<Env>,
  { district, user }: Visitor,
  admission: Admission,
): Response | Promise<Response> {
  const { name } = context.env.world.app;
  const isTeacher = holdsRole(user, 'teacher');
  return page(
    context,
    200,
    `Portal of ${nameOf(user)}`,
    html`<p class="soft">${district.name}</p>
      ${
        admission.outcome === 'login'
          ? html`<ul class="apps">
            <li><a href="/portal/app">${appIcon(name)}<b>${name}</b></a></li>
          </ul>`
          : html`<p class="note">
            No apps here yet: the district has not connected ${name}${
              isTeacher
                ? '. You can add it from the Library.'
                : holdsRole(user, 'student')
                  ? ', and none of your teachers has added it from the Library.'
                  : '.'
            }
          </p>`
      }
      ${isTeacher ? html`<p><a href="/library">Clever Library</a></p>` : ''}`,
  );
}
