import type { PersonWanted, Role } from '../../clever/people.js';
import type { Finding } from '../../verdict.js';
import { fail, pass, review } from '../findings.js';
import type { VisitProbe, VisitScene } from '../probe.js';
import { type Arrival, arrive, isFormOf, placeOf, showsName, whyNotIn } from '../visits/arrival.js';
import { whyNotFriendly } from '../visits/screen.js';

const ROLES = ['student', 'teacher', 'staff', 'district_admin'] as const satisfies readonly Role[];
const NAMES: Readonly<Record<(typeof ROLES)[number], string>> = {
  student: 'students',
  teacher: 'teachers',
  staff: 'school admins',
  district_admin: 'district admins',
};

/** One login for each role. */
export const roles: VisitProbe = {
  kind: 'visit',
  id: 'sso.roles',
  after: ['sso.code-grant', 'sso.login-button'],
  async run(scene) {
    const { app, people, world, north } = scene;
    const accounts = new Map<string, string>();
    const outside: string[] = [];
    for (const role of ROLES) {
      const arrival = await arrive(scene, people.make(world, { district: north, roles: [role] }));
      const { page } = arrival.login;
      if ((await whyNotIn(scene, arrival)) !== undefined) {
        const unfriendly = scene.stage.isClever(page.url)
          ? `They were sent back to Clever: ${placeOf(page)}.`
          : whyNotFriendly(scene, page);
        if (unfriendly !== undefined) {
          return fail(`The login of ${NAMES[role]} failed. ${unfriendly}`);
        }
        outside.push(NAMES[role]);
        app.turnsAway.add(role);
        continue;
      }
      const account = app.saysWho ? await app.whoami(arrival.visitor) : role;
      if (account !== undefined && accounts.has(account)) {
        return fail(`The login of ${NAMES[role]} ended in the account of another person.`);
      }
      accounts.set(account ?? role, role);
    }
    const inside = ROLES.filter((role) => !outside.includes(NAMES[role])).map((role) => NAMES[role]);
    if (inside.length === 0) {
      return fail('People of no role could log in.');
    }
    return outside.length === 0
      ? pass(`Logged in: ${inside.join(', ')}.`)
      : review(`Is it meant that these people cannot use the app: ${outside.join(', ')}?`, [
          `Logged in: ${inside.join(', ')}.`,
          `Turned away, with a page that is no error: ${outside.join(', ')}.`,
        ]);
  },
};

/** What of a page, and of the answer to `whoami`, does not depend on who the person is. */
interface Picture {
  readonly path: string;
  readonly page: string;
  readonly answer: string;
}

const ORDERS = [
  ['teacher', 'staff', 'district_admin'],
  ['teacher', 'staff', 'district_admin'],
  ['district_admin', 'staff', 'teacher'],
  ['staff', 'district_admin', 'teacher'],
] as const satisfies readonly (readonly Role[])[];

/** The order of a person's roles means nothing. */
export const multiRole: VisitProbe = {
  kind: 'visit',
  id: 'sso.multi-role',
  needs: ['whoami'],
  after: ['sso.code-grant', 'sso.login-button', 'sso.roles'],
  async run(scene) {
    const { people, world, north } = scene;
    const pictures: Picture[] = [];
    for (const order of ORDERS) {
      const person = people.make(world, { district: north, roles: order, logsInAs: 'teacher' });
      const arrival = await arrive(scene, person);
      const problem = await whyNotIn(scene, arrival);
      if (problem !== undefined) {
        return fail(`A person with three roles could not log in. ${problem}`);
      }
      pictures.push(await pictureOf(scene, arrival));
    }
    const [one, same, ...others] = pictures;
    const parts = { path: 'the page after the login', page: 'what that page shows', answer: 'the answer to `whoami`' };
    // What differs between two people with the same roles in the same order says nothing.
    const comparable = (['path', 'page', 'answer'] as const).filter((part) => one?.[part] === same?.[part]);
    const differing = comparable.filter((part) => others.some((other) => other[part] !== one?.[part]));
    if (differing.length > 0) {
      return fail(
        `People with the same three roles in another order got something else: ${differing.map((part) => parts[part]).join(', ')}.`,
      );
    }
    return comparable.includes('page') || comparable.includes('answer')
      ? pass(`People with three roles in any order got the same: ${comparable.map((part) => parts[part]).join(', ')}.`)
      : review('Does a person with several roles have the rights of all of them, whatever their order?', [
          'Pages differ from person to person, so they could not be compared.',
        ]);
  },
};

async function pictureOf({ app }: VisitScene, { visitor, person, login: { page } }: Arrival): Promise<Picture> {
  const { text = '', answer } = await app.who(visitor);
  const { id, email, name } = person;
  const own = [id, email, name.first, name.last, text].filter((part) => (part ?? '').length > 1) as string[];
  // The longest first, so that none is found inside another one.
  own.sort((a, b) => b.length - a.length);
  const masked = (shown: string): string =>
    own
      .reduce((rest, part) => rest.toLowerCase().replaceAll(part.toLowerCase(), '#'), shown)
      .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[\w-]{20,}|\d+/giu, '#')
      .replaceAll(/#+/gu, '#');
  return { path: masked(page.url.pathname), page: masked(page.text), answer: masked(answer) };
}

/** The person's name is on the page. */
export const whoIsLoggedIn: VisitProbe = {
  kind: 'visit',
  id: 'sso.who-is-logged-in',
  after: ['sso.code-grant', 'sso.login-button'],
  async run(scene) {
    const { app, people, world, north } = scene;
    const person = people.make(world, { district: north, roles: [app.roleLike('student')] });
    const arrival = await arrive(scene, person);
    const problem = await whyNotIn(scene, arrival);
    if (problem !== undefined) {
      return fail(`A student could not log in. ${problem}`);
    }
    const { page } = arrival.login;
    const start = showsName(page, person) ? page : await arrival.visitor.open(app.origin);
    return showsName(start, person)
      ? pass(`The person's name is on the page: ${placeOf(start)}.`)
      : review(
          'Can a person see who is logged in on every page, by name, picture or avatar?',
          `The person's name is not in the text of ${placeOf(page)}.`,
          [await arrival.visitor.screenshot('The page after the login')],
        );
  },
};

/** People of whom Clever knows only what it guarantees. */
export const missingFields: VisitProbe = {
  kind: 'visit',
  id: 'sso.missing-fields',
  after: ['sso.code-grant', 'sso.login-button', 'sso.roles', 'sso.match'],
  run: async (scene) =>
    letIn(scene, [
      ['a student without an e-mail address, a grade and numbers', { roles: ['student'], sparse: true }],
      ['a teacher without an e-mail address and a title', { roles: ['teacher'], sparse: true }],
      ['a school admin without an e-mail address and a title', { roles: ['staff'], sparse: true }],
      ['a student without a first name', { roles: ['student'], first: '', sparse: true }],
    ]),
};

/** People whose data is odd, as it is at schools. */
export const oddData: VisitProbe = {
  kind: 'visit',
  id: 'sso.odd-data',
  after: ['sso.code-grant', 'sso.login-button', 'sso.missing-fields', 'sso.match'],
  run: async (scene) => {
    const mark = scene.people.unique(5);
    return await letIn(scene, [
      ['names beyond ASCII', { first: 'Zoë-Ọlá', last: `O’Brien-Łukasz 李小龙 ${mark}` }],
      ['an emoji in the name', { first: 'Sam 🦉', last: `Öz ${mark}` }],
      ['names of 255 characters', { first: 'A'.repeat(255), last: `${'B'.repeat(250)}${mark}` }],
      ['an e-mail address without @', { email: `no.address.${mark}` }],
      ['a quote and a bracket in the name', { first: 'Pat "Ace"', last: `D'Arcy <${mark}>` }],
      [
        'empty texts in place of every value',
        {
          email: '',
          members: { name: { first: 'Empty', middle: '', last: `Texts-${mark}` } },
          roleMembers: { student: { grade: '', student_number: '', dob: '', gender: '', state_id: '' } },
        },
      ],
    ]);
  },
};

type Case = readonly [what: string, wanted: Omit<PersonWanted, 'district'>];

/** Each person must be in, or at a form that asks for what is missing. */
async function letIn(scene: VisitScene, all: readonly Case[]): Promise<Finding> {
  const { app, people, world, north } = scene;
  const cases = all.filter(([, { roles: held = [] }]) => !held.some((role) => app.turnsAway.has(role)));
  let forms = 0;
  for (const [what, wanted] of cases) {
    const person = people.make(world, { district: north, roles: [app.roleLike('student')], ...wanted });
    const arrival = await arrive(scene, person);
    const { page, isAtApp } = arrival.login;
    const problem = await whyNotIn(scene, arrival);
    if (problem === undefined) {
      continue;
    }
    const isForm = isAtApp && isFormOf(scene, page);
    if (!isForm) {
      return fail(`The login failed of a person with: ${what}. ${problem}`);
    }
    forms += 1;
  }
  const found = `${cases.length} people were let in: ${cases.map(([what]) => what).join('; ')}.`;
  return pass(forms === 0 ? found : [found, `${forms} of them were asked for what was missing first.`]);
}
