import type { SandboxPerson } from 'clever-sdk/sandbox';
import type { Page } from 'playwright-core';
import { type BrowserStage, fullName } from './stage.js';

/** A way into the app as a person takes it: by what the pages show, and by no address except the first. */
export interface Entrance {
  readonly name: string;
  readonly isCleverInitiated: boolean;
  enter(page: Page, stage: BrowserStage, person: SandboxPerson): Promise<void>;
}

/** Picks a person on Clever's login page, by the search box when the page does not show the person at once. */
export async function chooseAtClever(page: Page, person: SandboxPerson): Promise<void> {
  const choice = page.getByRole('button', { name: fullName(person) });
  if ((await choice.count()) === 0) {
    await page.getByRole('searchbox').fill(fullName(person));
    await page.getByRole('button', { name: 'Search' }).click();
  }
  await choice.click();
}

/** Signs out of Clever itself, as a person who hands on the device would. */
export async function signOutOfClever(page: Page, { sandbox }: BrowserStage): Promise<void> {
  await page.goto(`${sandbox.url}/portal`);
  await page.getByRole('button', { name: 'Switch person' }).click();
}

/** The app's icon in a person's portal. */
export const PORTAL: Entrance = {
  name: 'the icon in the portal',
  isCleverInitiated: true,
  async enter(page, { sandbox }, person) {
    await page.goto(`${sandbox.url}/portal`);
    await chooseAtClever(page, person);
    await page.getByRole('main').getByRole('listitem').getByRole('link').click();
  },
};

/** A link that a district puts on its own site. */
export const INSTANT_LOGIN: Entrance = {
  name: 'an Instant Login link',
  isCleverInitiated: true,
  async enter(page, { sandbox }, person) {
    const { clientId } = sandbox.clientOptions();
    const query = new URLSearchParams({ client_id: clientId, district_id: person.districtId });
    await page.goto(`${sandbox.url}/oauth/instant-login?${query}`);
    await chooseAtClever(page, person);
  },
};

/** Installing the app from the Clever Library, as a teacher. */
export const LIBRARY: Entrance = {
  name: 'the Clever Library',
  isCleverInitiated: true,
  async enter(page, { sandbox }, person) {
    await page.goto(`${sandbox.url}/library`);
    await chooseAtClever(page, person);
    await page.getByRole('link', { name: 'Install' }).click();
    await agree(page);
  },
};

/** Agrees on the consent screen to share classes. */
export async function agree(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Install and share' }).click();
}

const byButton = (label: string): Entrance => ({
  name: `the "${label}" button`,
  isCleverInitiated: false,
  async enter(page, { origin }, person) {
    await page.goto(origin);
    await page.getByRole('link', { name: label }).click();
    await chooseAtClever(page, person);
  },
});

/** The button for people who have an account. */
export const LOG_IN_BUTTON = byButton('Log in with Clever');
/** The button for people who have no account. */
export const SIGN_UP_BUTTON = byButton('Sign up with Clever');
