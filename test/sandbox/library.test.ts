import { createSandbox } from 'clever-sdk/sandbox';
import { describe, expect } from 'vitest';
import { it } from '../support/fixtures.js';
import { queryOf } from './browser.js';
import { ask } from './support.js';
import { authorizePath, expectPrimary, OTHER, signedIn, someone, TWO_DISTRICTS, whose } from './visitors.js';

it.override('sandboxOptions', TWO_DISTRICTS);

describe('the Clever Library', () => {
  it('installs the app for a teacher, after consent', async ({ sandbox }) => {
    const teacher = someone(sandbox, 'teacher', 1);
    const browser = await signedIn(sandbox, teacher);
    expect((await browser.open('/portal')).html).toContain('No apps here yet');
    const consent = await browser.follow(await browser.open('/library'), 'Install');
    expect(consent.heading).toBe('Share your classes with My app?');
    expect(consent.html).toContain(`all of your ${teacher.sectionCount} classes`);
    const arrival = await browser.press(consent, 'Install and share');
    expectPrimary(arrival);
    expect(await whose(sandbox, arrival)).toEqual([teacher.id, 'teacher']);
    expectPrimary(await browser.follow(await browser.open('/portal'), 'My app'));
    expectPrimary(await browser.follow(await browser.open('/library'), 'Open'));
    const restarted = await browser.open(authorizePath(sandbox));
    expect(await whose(sandbox, restarted, OTHER)).toEqual([teacher.id, 'teacher']);
  });

  it('shares nothing with the app after Cancel', async ({ sandbox }) => {
    const browser = await signedIn(sandbox, someone(sandbox, 'teacher', 1));
    const library = await browser.press(await browser.open('/library/install'), 'Cancel');
    expect([library.url.pathname, library.html.includes('Install')]).toEqual(['/library', true]);
    expect((await browser.open('/portal')).html).toContain('No apps here yet');
  });

  it('gives the app to the students of the teacher’s sections, and to no others', async ({ sandbox }) => {
    const districtId = sandbox.districts[1]?.id ?? '';
    const students = sandbox
      .people({ role: 'student', districtId, hasSections: true })
      .filter(({ name }) => name.first !== '' && name.last !== '');
    const teacher = someone(sandbox, 'teacher', 1);
    const token = sandbox.userToken({ user: teacher.id });
    const sections = (await ask(sandbox, `/v3.1/users/${teacher.id}/sections`, token)).body.data;
    const taught = new Set(sections.flatMap(({ data }) => data['students'] as string[]));
    const [mine, other] = [students.find(({ id }) => taught.has(id)), students.find(({ id }) => !taught.has(id))];
    if (mine === undefined || other === undefined) {
      throw new Error('the district is too small for this test');
    }
    const before = await (await signedIn(sandbox, mine)).open(authorizePath(sandbox));
    expect(queryOf(before)).toEqual({ error: 'unauthorized-user', state: 's' });
    const teachers = await signedIn(sandbox, teacher);
    await teachers.press(await teachers.open('/library/install'), 'Install and share');
    const pupil = await signedIn(sandbox, mine);
    const arrival = await pupil.follow(await pupil.open('/portal'), 'My app');
    expectPrimary(arrival);
    expect(await whose(sandbox, arrival)).toEqual([mine.id, 'teacher']);
    const stranger = await signedIn(sandbox, other);
    expect((await stranger.open('/portal')).html).toContain('none of your teachers has added it');
    expect((await stranger.open('/portal/app')).status).toBe(403);
    expect(queryOf(await stranger.open(authorizePath(sandbox)))).toEqual({ error: 'unauthorized-user', state: 's' });
  });

  it.for(['staff', 'district_admin', 'student'] as const)(
    'refuses a %s in a friendly way',
    async (role, { sandboxOptions }) => {
      for (const district of [0, 1] as const) {
        const sandbox = createSandbox(sandboxOptions);
        const browser = await signedIn(sandbox, someone(sandbox, role, district));
        for (const path of ['/library', '/library/install', '/library/open']) {
          const page = await browser.open(path);
          expect([page.status, page.heading]).toEqual([403, 'The Library is for teachers']);
        }
      }
    },
  );

  it('yields to the district: a person whose district connected the app already has it', async ({ sandbox }) => {
    const browser = await signedIn(sandbox, someone(sandbox, 'teacher'));
    const library = await browser.open('/library');
    expect(library.html).toContain('Your district provides this app');
    expect(library.html).not.toContain('Install');
    expect((await browser.open('/library/install')).url.pathname).toBe('/library');
  });

  it('lets a person of a district with both connections arrive by the one that they used', async () => {
    const sandbox = createSandbox({ ...TWO_DISTRICTS, districts: [{ seed: 5, students: 60, connection: 'both' }] });
    const teacher = someone(sandbox, 'teacher');
    const browser = await signedIn(sandbox, teacher);
    await browser.press(await browser.open('/library/install'), 'Install and share');
    const restarted = await browser.open(authorizePath(sandbox));
    expect(await whose(sandbox, restarted, OTHER)).toEqual([teacher.id, 'teacher']);
    await browser.open(
      `/oauth/instant-login?client_id=${sandbox.clientOptions().clientId}&district_id=${sandbox.districts[0].id}`,
    );
    const again = await browser.open(authorizePath(sandbox));
    expect(await whose(sandbox, again, OTHER)).toEqual([teacher.id, 'district']);
  });
});
