import type { Context } from 'hono';
import { html } from 'hono/html';
import { nameOf, type Visitor } from '../browser/visitor.js';
import type { Env } from '../context.js';
import { appIcon, page } from './layout.js';

/**
 * Makes the consent screen of the Clever Library: what the app will see of a teacher's classes, a button
 * that shares it (`allow`), and one that does not. Source of the list: dev.clever.com/docs/library-sso.
 * Clever has no partial consent.
 *
 * @param action - Where the form is sent: a path of the sandbox with its query.
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
        <div>
          <h2>${name}</h2>
          <p class="soft">App from the Clever Library</p>
        </div>
      </div>
      <p>You install it as <b>${nameOf(user)}</b>, ${district.name}. ${name} will see:</p>
      <ul>
        <li>your name and e-mail address</li>
        <li>${sections === 1 ? 'your one class' : `all of your ${sections} classes`}, with name, subject and grade, and classes that you get later</li>
        <li>the students in these classes: first name, initial of the last name, and grade</li>
      </ul>
      <p>It will not see your students’ e-mail addresses or demographics, or anything about your school or district.</p>
      <form method="post" action="${action}" class="actions">
        <button name="decision" value="allow">Install and share</button>
        <button name="decision" value="cancel" class="quiet">Cancel</button>
      </form>
    </div>`,
  );
}
