/// <reference path="../browser/setup.ts" />
import type { SandboxPerson } from 'clever-sdk/sandbox';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { Chromium } from './chromium.js';
import { type Framework, type Stage, setStage, type Who } from './stage.js';
import { type Page, Visitor, type VisitorLike } from './visitor.js';

/** What every framework does with a login from Clever. docs/compatibility.md lists the titles of the tests. */
export function describeLogin(framework: Framework): void {
  describe(`${framework.name} ${framework.version}`, () => {
    itLogsIn(framework, 'HTTP', async () => new Visitor());
  });
}

/** The same in Chromium, with every page that it shows on the way. Without one it is skipped, as in test/browser. */
export function describeLoginInChromium(framework: Framework): void {
  const endpoint = inject('browserEndpoint');
  describe.skipIf(endpoint === undefined)(`${framework.name} ${framework.version} in Chromium`, () => {
    let browser: Chromium;
    beforeAll(async () => {
      browser = await Chromium.connect(endpoint ?? '');
    });
    afterEach(() => browser.closeVisitors());
    afterAll(() => browser?.close());

    itLogsIn(framework, 'Chromium', () => browser.newVisitor());
  });
}

function itLogsIn(framework: Framework, by: 'HTTP' | 'Chromium', newVisitor: () => Promise<VisitorLike>): void {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage(framework);
  });
  beforeEach(({ task }) => {
    const { name, version, entry } = framework;
    task.meta.subject = { part: 'frameworks', name, version, entry, by };
    task.meta.proves = [task.name];
  });
  afterAll(() => stage?.close());

  const callbackPath = framework.callbackPath ?? framework.redirectPaths.at(-1);
  const people = (query: Parameters<Stage['sandbox']['people']>[0]): SandboxPerson[] =>
    stage.sandbox.people({ limit: 10_000, ...query });
  const person = (
    role: SandboxPerson['role'],
    isWanted: (person: SandboxPerson) => boolean = ({ roles, email }) => roles.length === 1 && email !== undefined,
  ): SandboxPerson => {
    const found = people({ role, connection: 'district' }).find(isWanted);
    if (found === undefined) {
      throw new Error(`The sandbox has no ${role} like this.`);
    }
    return found;
  };
  const who = (visitor: VisitorLike): Promise<Who | undefined> => framework.whoIs(visitor, stage.origin);
  const pressButton = async (visitor: VisitorLike, as?: SandboxPerson): Promise<Page> => {
    const { button } = framework;
    const { url, init } =
      typeof button === 'string'
        ? { url: `${stage.origin}${button}`, init: undefined }
        : await button(visitor, stage.origin);
    return visitor.open(url, { as, init });
  };
  const expectLoggedIn = async (visitor: VisitorLike, page: Page, { id }: SandboxPerson): Promise<void> => {
    expect([page.url.origin, page.status]).toEqual([stage.origin, 200]);
    expect([...page.url.searchParams.keys()]).toEqual([]);
    expect((await who(visitor))?.id).toBe(id);
  };
  const callbacksOf = ({ history }: VisitorLike): URL[] =>
    history.filter(
      ({ origin, pathname, searchParams }) =>
        origin === stage.origin && pathname === callbackPath && searchParams.has('code'),
    );

  it('button', async () => {
    const visitor = await newVisitor();
    const teacher = person('teacher');
    expect(await who(visitor)).toBeUndefined();
    await expectLoggedIn(visitor, await pressButton(visitor, teacher), teacher);
    expect(callbacksOf(visitor).map(({ searchParams }) => searchParams.has('state'))).toEqual([true]);
  });

  it('portal', async () => {
    const visitor = await newVisitor();
    const student = person('student');
    await expectLoggedIn(visitor, await visitor.open(student.loginUrl()), student);
    // The code that came without a state is never exchanged: the login is completed by a second one.
    const codes = visitor.history
      .filter(({ origin, searchParams }) => origin === stage.origin && searchParams.has('code'))
      .map(({ searchParams }) => searchParams.get('code'));
    expect(new Set(codes).size).toBe(2);
    expect(callbacksOf(visitor).at(-1)?.searchParams.has('state')).toBe(true);
  });

  it('Instant Login', async () => {
    const visitor = await newVisitor();
    const teacher = person('teacher');
    await expectLoggedIn(visitor, await visitor.open(teacher.loginUrl('/oauth/instant-login')), teacher);
  });

  it('Library install', async () => {
    const visitor = await newVisitor();
    const [teacher] = people({ role: 'teacher', connection: 'library', hasSections: true });
    if (teacher === undefined) {
      throw new Error('The sandbox has no teacher in the Library.');
    }
    await expectLoggedIn(visitor, await visitor.open(teacher.loginUrl('/library/install')), teacher);
  });

  it('no e-mail', async () => {
    const visitor = await newVisitor();
    const student = person('student', ({ email }) => !email);
    await expectLoggedIn(visitor, await visitor.open(student.loginUrl()), student);
    const shown = await who(visitor);
    const expected = framework.withoutEmail === 'none' ? undefined : `${student.id}@users.clever.invalid`;
    expect(shown?.email ?? undefined).toBe(expected);
    expect(shown?.emailVerified || false).toBe(false);
    const again = await newVisitor();
    await expectLoggedIn(again, await pressButton(again, student), student);
  });

  it('several roles', async () => {
    const isAdmin = ({ roles }: SandboxPerson): boolean => roles.length > 1;
    for (const role of ['district_admin', 'staff'] as const) {
      const visitor = await newVisitor();
      const admin = person(role, isAdmin);
      await expectLoggedIn(visitor, await visitor.open(admin.loginUrl()), admin);
      expect((await who(visitor))?.role ?? role).toBe(role);
    }
  });

  it('contact', async () => {
    // Contacts cannot log in to an app (inferred): Clever says so itself, or sends the browser back with an error.
    const visitor = await newVisitor();
    const [contact] = people({ role: 'contact' });
    const page = await visitor.open(contact?.loginUrl() ?? '');
    expect([page.url.origin, page.status]).toEqual([stage.sandbox.url, 403]);
    expect(await who(visitor)).toBeUndefined();
    for (const path of new Set(framework.redirectPaths)) {
      const refused = await visitor.open(`${stage.origin}${path}?error=unauthorized-user`);
      expect(refused.url.origin, 'an error of Clever starts no new login').toBe(stage.origin);
      expect(refused.status).toBeLessThan(500);
      expect(await who(visitor)).toBeUndefined();
    }
  });

  it('forged state', async () => {
    const visitor = await newVisitor();
    const attacker = person('teacher');
    const code = await codeOf(attacker);
    const page = await visitor.open(`${stage.origin}${callbackPath}?code=${code}&state=forged-state`);
    expect(page.status).toBeLessThan(500);
    expect(page.text).not.toContain(code);
    expect(await who(visitor)).toBeUndefined();
    // A state that the app has made, of another browser: the attacker's own login, sent to a victim.
    const other = await newVisitor();
    const callback = await callbackOf(other, attacker);
    await visitor.open(callback);
    expect(await who(visitor)).toBeUndefined();
  });

  it('second person', async () => {
    const visitor = await newVisitor();
    const [first, second] = [person('student'), person('teacher')];
    await expectLoggedIn(visitor, await visitor.open(first.loginUrl()), first);
    const before = await visitor.cookies(stage.origin);
    await expectLoggedIn(visitor, await visitor.open(second.loginUrl()), second);
    const after = await visitor.cookies(stage.origin);
    const kept = [...before].filter(([name, value]) => /session/iu.test(name) && after.get(name) === value);
    expect(kept.map(([name]) => name)).toEqual([]);
  });

  it('reload', async () => {
    const visitor = await newVisitor();
    const student = person('student');
    await expectLoggedIn(visitor, await visitor.open(student.loginUrl()), student);
    const callback = callbacksOf(visitor).at(-1)?.href ?? '';
    const page = await visitor.open(callback);
    expect(page.status).toBeLessThan(500);
    expect((await who(visitor))?.id).toBe(student.id);
  });

  /** A code of a person's login, which no app has used. */
  async function codeOf(someone: SandboxPerson): Promise<string> {
    const response = await fetch(someone.loginUrl(), { redirect: 'manual' });
    return new URL(response.headers.get('location') ?? '').searchParams.get('code') ?? '';
  }

  /** The address of the callback of a login that the app has started, without opening it. */
  async function callbackOf(visitor: VisitorLike, someone: SandboxPerson): Promise<string> {
    const { button } = framework;
    const { url, init } =
      typeof button === 'string'
        ? { url: `${stage.origin}${button}`, init: undefined }
        : await button(visitor, stage.origin);
    let response = await visitor.request(url, init);
    let next = new URL(response.headers.get('location') ?? '', url);
    for (let hop = 0; hop < 10 && next.pathname !== '/oauth/authorize'; hop += 1) {
      response = await visitor.request(next);
      next = new URL(response.headers.get('location') ?? '', next);
    }
    response = await visitor.request(someone.loginUrl(next));
    return response.headers.get('location') ?? '';
  }
}
