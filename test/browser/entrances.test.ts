import type { SandboxPerson } from 'clever-sdk/sandbox';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { describeInBrowser, recordRequests } from './browser.js';
import {
  agree,
  chooseAtClever,
  type Entrance,
  INSTANT_LOGIN,
  LIBRARY,
  LOG_IN_BUTTON,
  PORTAL,
  SIGN_UP_BUTTON,
} from './entrances.js';
import { type BrowserStage, fullName, libraryClass, personWith, ROLES, type Role, setBrowserStage } from './stage.js';

const EVERY_ROLE = Object.keys(ROLES) as Role[];
const ADMINS = ['staff', 'district_admin'] as const;

describeInBrowser('entrances', (open) => {
  let stage: BrowserStage;
  beforeAll(async () => {
    stage = await setBrowserStage();
  });
  beforeEach(() => {
    stage.sandbox.reset();
    stage.logins.length = 0;
  });
  afterAll(() => stage.close());

  const newPage = async (): Promise<Page> => (await open()).newPage();

  /** The person whom the page shows as logged in, read from the header as a person would read it. */
  const loggedInAs = (page: Page): Promise<string | null> => page.getByText('Logged in as').textContent();

  describe.each([PORTAL, INSTANT_LOGIN, LOG_IN_BUTTON, SIGN_UP_BUTTON])('$name', (entrance: Entrance) => {
    it.each(EVERY_ROLE)('logs in a %s of a district', async (role) => {
      const person = personWith(stage, { role, connection: 'district' });
      const page = await newPage();
      const requests = recordRequests(page);
      await entrance.enter(page, stage, person);

      expect(await loggedInAs(page)).toBe(`Logged in as ${fullName(person)} (${ROLES[role]})`);
      expect(page.url()).toBe(`${stage.origin}/`);
      expect(stage.logins).toHaveLength(1);
      expect(stage.logins[0]).toMatchObject({
        identity: { id: person.id, connection: 'district', districtId: person.districtId, role },
        isCleverInitiated: entrance.isCleverInitiated,
        hasSwitchedAccount: false,
      });
      const callbacks = requests.filter(({ pathname }) => pathname === '/auth/clever/callback');
      const states = callbacks.map(({ searchParams }) => searchParams.has('state'));
      expect(states).toEqual(entrance.isCleverInitiated ? [false, true] : [true]);
    });
  });

  describe('the Clever Library', () => {
    let teacher: SandboxPerson;
    let student: SandboxPerson;
    beforeAll(async () => {
      ({ teacher, student } = await libraryClass(stage));
    });

    const expectLibraryLogin = ({ id }: SandboxPerson, role: Role, isCleverInitiated: boolean): void => {
      expect(stage.logins).toHaveLength(1);
      expect(stage.logins[0]).toMatchObject({ identity: { id, connection: 'library', role }, isCleverInitiated });
      expect(stage.logins[0]?.identity.districtId).toBeUndefined();
    };

    it('logs in a teacher who installs the app', async () => {
      const page = await newPage();
      await LIBRARY.enter(page, stage, teacher);
      expect(await loggedInAs(page)).toBe(`Logged in as ${fullName(teacher)} (Teacher)`);
      expectLibraryLogin(teacher, 'teacher', true);
    });

    it("logs a student in, by the portal, once the student's teacher has installed the app", async () => {
      await LIBRARY.enter(await newPage(), stage, teacher);
      stage.logins.length = 0;
      const page = await newPage();
      await PORTAL.enter(page, stage, student);
      // The Library shares only the initial of a student's last name.
      const { first, last } = student.name;
      expect(await loggedInAs(page)).toMatch(new RegExp(`^Logged in as ${first} ${last?.[0]}\\.? \\(Student\\)$`, 'u'));
      expectLibraryLogin(student, 'student', true);
    });

    it.each([LOG_IN_BUTTON, SIGN_UP_BUTTON])('asks a new teacher for consent, by $name', async (entrance: Entrance) => {
      const page = await newPage();
      await entrance.enter(page, stage, teacher);
      expect(stage.logins).toEqual([]);
      await agree(page);
      expect(await loggedInAs(page)).toBe(`Logged in as ${fullName(teacher)} (Teacher)`);
      expectLibraryLogin(teacher, 'teacher', false);
    });

    it('shares nothing with the app when the teacher cancels', async () => {
      const page = await newPage();
      const requests = recordRequests(page);
      await page.goto(`${stage.sandbox.url}/library`);
      await chooseAtClever(page, teacher);
      await page.getByRole('link', { name: 'Install' }).click();
      await page.getByRole('button', { name: 'Cancel' }).click();
      expect(
        requests.filter(({ origin, searchParams }) => origin === stage.origin && searchParams.has('code')),
      ).toEqual([]);
      expect(stage.logins).toEqual([]);
    });

    it.each(ADMINS)('refuses a %s with a friendly page', async (role) => {
      const page = await newPage();
      await page.goto(`${stage.sandbox.url}/library`);
      const admin = stage.sandbox
        .people({ role, districtId: teacher.districtId })
        .find(({ roles }) => roles.length === 1);
      if (admin === undefined) {
        throw new Error('The district has no admin.');
      }
      await chooseAtClever(page, admin);
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('The Library is for teachers');
      expect(stage.logins).toEqual([]);
    });

    it.each(ADMINS)('leads a %s who uses the button to a friendly page of the app', async (role) => {
      const page = await newPage();
      const admin = stage.sandbox
        .people({ role, districtId: teacher.districtId })
        .find(({ roles }) => roles.length === 1);
      if (admin === undefined) {
        throw new Error('The district has no admin.');
      }
      await LOG_IN_BUTTON.enter(page, stage, admin);
      expect(new URL(page.url()).origin).toBe(stage.origin);
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Login did not work');
      expect(await page.getByRole('alert').textContent()).not.toBe('');
      expect(stage.logins).toEqual([]);
      await page.getByRole('link', { name: 'Back to the start' }).click();
      expect(await page.getByRole('link', { name: 'Log in with Clever' }).isVisible()).toBe(true);
    });
  });
});
