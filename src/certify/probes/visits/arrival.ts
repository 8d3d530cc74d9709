import type { SandboxPerson } from '../../../sandbox/index.js';
import type { Login } from '../../app/app.js';
import type { Page, Visitor } from '../../visitor/visitor.js';
import type { VisitScene } from '../probe.js';

/** What is known of a person's way into the app. */
export interface Arrival {
  readonly visitor: Visitor;
  readonly person: SandboxPerson;
  readonly login: Login;
  /** What the witness had seen before: its mark. */
  readonly mark: number;
}

/** Longer segments, those with digits in a row, and addresses may name a person or a record. */
const NAMES_SOMETHING = /\d{3}|[0-9a-f]{8}|@|%|.{25}/iu;

/** Where a page is, for evidence: its path with placeholders, and its status. */
export function placeOf({ url, status }: Pick<Page, 'url' | 'status'>): string {
  const path = url.pathname
    .split('/')
    .map((segment) => (NAMES_SOMETHING.test(segment) ? '{…}' : segment))
    .join('/');
  return `${path} (status ${status})`;
}

/** Whether the page shows the person's name. */
export function showsName({ text }: Pick<Page, 'text'>, { name: { first, last } }: SandboxPerson): boolean {
  const shown = text.toLowerCase();
  return [first, last].some((part) => (part ?? '') !== '' && shown.includes((part ?? '').toLowerCase()));
}

/**
 * Why a person who wanted to log in is not in the app. `undefined` when nothing speaks against it: a code was
 * exchanged, the login ended at the app and not at an error or its login page, and the app says that someone is logged
 * in.
 */
export async function whyNotIn(scene: VisitScene, arrival: Arrival): Promise<string | undefined> {
  const { app, stage } = scene;
  const { page, isAtApp } = arrival.login;
  const where = placeOf(page);
  if (stage.isClever(page.url)) {
    return `The login ended at Clever, not at the app: ${where}.`;
  }
  if (!isAtApp) {
    return `The login ended at an error of the app: ${where}.`;
  }
  if (!stage.witness.since(arrival.mark).exchanges.some(({ status }) => status < 300)) {
    return `The person arrived at ${where}, and the app has exchanged no code.`;
  }
  if (app.saysWho) {
    return (await app.whoami(arrival.visitor)) === undefined
      ? `The person arrived at ${where}, and the app says that no one is logged in.`
      : undefined;
  }
  return isLoginPage(scene, page) && !showsName(page, arrival.person)
    ? `The person arrived at ${where}, which is the app's login page.`
    : undefined;
}

/** Whether a page is the one with the button. A home page may be that, too, with the button gone after a login. */
function isLoginPage({ app }: VisitScene, page: Page): boolean {
  return page.url.pathname === app.loginUrl.pathname && app.findLoginControl(page) !== undefined;
}

/** Lets a person log in with a browser of its own, or with the given one. */
export async function arrive(
  { app, stage, newVisitor }: VisitScene,
  person: SandboxPerson,
  { by = app.usualEntrance, visitor }: { by?: Parameters<typeof app.logIn>[2]; visitor?: Visitor } = {},
): Promise<Arrival> {
  const { mark } = stage.witness;
  const used = visitor ?? (await newVisitor());
  return { visitor: used, person, mark, login: await app.logIn(used, person, by) };
}

/** Whether a page of the app asks a person for something at the first login: a form that is not for a password. */
export function isFormOf({ app, stage }: VisitScene, { html, url }: Page): boolean {
  return (
    !stage.isClever(url) &&
    url.pathname !== app.loginUrl.pathname &&
    /<(?:select|textarea|input(?![^>]*type=["']?(?:hidden|submit|password|button)))\b/iu.test(html) &&
    !/type=["']?password/iu.test(html)
  );
}
