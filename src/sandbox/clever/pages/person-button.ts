import { html } from 'hono/html';
import type { UserRecord } from '../../roster/records.js';
import type { District } from '../../world/district.js';
import { nameOf } from '../browser/visitor.js';
import type { Html } from './layout.js';

/** The roles that can log in, with the heading that a page gives the people who hold them. */
export const ROLES = [
  ['teacher', 'Teachers'],
  ['student', 'Students'],
  ['staff', 'School admins'],
  ['district_admin', 'District admins'],
] as const;

/** A role that can log in. */
export type LoginRole = (typeof ROLES)[number][0];

/** Makes the button of a person, for a form that signs in the person whose button is pressed. */
export function personButton(district: District, user: UserRecord, role: LoginRole, isDistrictShown: boolean): Html {
  const name = nameOf(user);
  const value = new URLSearchParams({ district: district.id, user: user.id, role });
  const details = [detailOf(user, role), user.email ?? '', isDistrictShown ? district.name : ''];
  // A long e-mail address breaks before its domain.
  const lines = details
    .filter((detail) => detail !== '')
    .map(
      (detail) =>
        html`<small>${detail.split(/(?=@)/u).map((part, index) => html`${index === 0 ? '' : html`<wbr />`}${part}`)}</small> `,
    );
  return html`<li>
    <button name="person" value="${value.toString()}">
      <span class="face" aria-hidden="true">${[...name][0] ?? ''}</span>
      <span><b>${name}</b> ${lines}</span>
    </button>
  </li>`;
}

function detailOf(user: UserRecord, role: LoginRole): string {
  const { grade, title } = user.roles[role] ?? {};
  const detail = role === 'student' ? grade : title;
  const text = typeof detail === 'string' ? detail : '';
  return role === 'student' && /^\d/u.test(text) ? `Grade ${text}` : text;
}
