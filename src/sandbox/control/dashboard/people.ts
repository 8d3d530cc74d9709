import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Env } from '../../clever/context.js';
import type { Html } from '../../clever/pages/layout.js';
import { personButton, ROLES } from '../../clever/pages/person-button.js';
import { offers } from '../../world/people.js';
import { chosenDistrict, districtChooser } from './districts.js';
import { section } from './section.js';

/** The number of people shown of each role. */
const SHOWN = 2;

/** The addresses to which a login may lead. */
const WAYS = [
  ['/portal/app', 'to the app, as from the portal'],
  ['/portal', 'to the portal'],
  ['/library', 'to the Clever Library'],
] as const;

/** Makes the section of people by role; pressing a button logs that person in. */
export function people(context: Context<Env>): Html {
  const district = chosenDistrict(context);
  const ways = WAYS.filter(([address]) => address !== '/portal/app' || offers(district, 'district'));
  const groups = ROLES.map(([role, title]) => {
    const { records, hasMore } = district.store.page('users', { role, limit: SHOWN });
    return records.length === 0
      ? ''
      : html`<h3>${title}</h3>
          <ul class="people">
            ${records.map((user) => personButton(district, user, role, false))}
          </ul>
          ${hasMore ? html`<p><a href="/portal?${new URLSearchParams({ district_id: district.id, role })}">More ${title.toLowerCase()}</a></p>` : ''}`;
  });
  return section(
    'people',
    'Log in as',
    '',
    html`${districtChooser(context, 'start')}
      <form method="post" action="/oauth/sign-in" aria-label="People">
        <fieldset class="choices">
          <legend>After the login, go</legend>
          ${ways.map(
            ([address, label], index) => html`<label class="choice">
              <input type="radio" name="next" value="${address}" ${index === 0 ? 'checked' : ''} />
              ${label}
            </label>`,
          )}
        </fieldset>
        ${groups}
      </form>`,
  );
}
