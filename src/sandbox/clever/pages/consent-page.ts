import type { Context } from 'hono';
import { html } from 'hono/html';
import { nameOf, type Visitor } from '../browser/visitor.js';
import type { Env } from '../context.js';
import { appIcon, page } from './layout.js';

/**
 * The consent screen of the Clever Library: what the app gets to see of a teacher's classes, and two buttons, of which `allow` is
 * the one that shares it. Source of the list: dev.clever.com/docs/library-sso. Clever has no partial consent.
 *
 * @param action - Where the answer is sent: a path of the sandbox with its query.
 */
export function consentPage(
  context: Context<Env>,
  { district, user }: Visitor,
  action: string,
): Response | Promise<Response> {
  const { name } = context.env.world.app;
  const sections = district.store.countRelated('users.sections', user.id);
  return page(
    context,
    200,
    `Share your classes with ${name}?`,
    html`<div class="card narrow">
      <div class="title">
        ${appIcon(name)}
        <p><b>${nameOf(user)}</b><br /><span class="soft">${district.name}</span></p>
      </div>
      <p>${name} will see:</p>
      <ul>
        <li>your name and e-mail address</li>
        <li>${sections === 1 ? 'your one class' : `all of your ${sections} classes`}, with name, subject and grade, and those to come</li>
        <li>the students in them: first name, initial of the last name, and grade</li>
      </ul>
      <p>It will not see your students’ e-mail addresses or demographics, nor anything of your school or district.</p>
      <form method="post" action="${action}" class="actions">
        <button name="decision" value="allow">Install and share</button>
        <button name="decision" value="cancel" class="quiet">Cancel</button>
      </form>
    </div>`,
  );
}
