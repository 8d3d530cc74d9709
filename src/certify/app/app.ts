import type { SandboxPerson } from '../../sandbox/index.js';
import type { Role } from '../clever/people.js';
import type { Stage } from '../clever/stage.js';
import type { World } from '../clever/world.js';
import type { Control } from '../visitor/page-content.js';
import { AppTrouble, type Page, type Visitor } from '../visitor/visitor.js';
import type { Who, WhoAmI } from './whoami.js';

/** The ways into an app. */
export type Entrance = 'button' | 'portal' | 'instant-login' | 'library';

/** A login, as the visitor saw it. */
export interface Login {
  /** Where it ended. */
  readonly page: Page;
  /** The address at the app to which Clever sent the browser, with its code or error; the last one of several. */
  readonly callback: URL | undefined;
  /** Every code that was sent to the app on the way. */
  readonly codes: readonly string[];
  /** Whether it ended at the app, with an answer that is no error. */
  readonly isAtApp: boolean;
}

/** How the app starts a login. */
export type LoginStart =
  /** `loginUrl` is a page with a link or button. */
  | { readonly kind: 'control'; readonly page: Page; readonly control: Control }
  /** `loginUrl` itself leads to Clever. */
  | { readonly kind: 'direct'; readonly page: Page }
  /** Neither was found. */
  | { readonly kind: 'none'; readonly page: Page };

/** A try to log out. */
export interface Logout {
  /** `none`: nothing was found that could be pressed. */
  readonly kind: 'none' | 'tried';
  readonly pages: readonly Page[];
}

/** What an {@link App} is made from. */
export interface AppOptions {
  readonly origin: URL;
  readonly loginUrl: URL;
  readonly logoutUrl: URL | undefined;
  readonly whoami: WhoAmI | undefined;
  readonly stage: Stage;
}

/** The app under test: how a person gets in, who the app says it is, and how the person gets out. */
export class App {
  readonly origin: URL;
  readonly loginUrl: URL;
  readonly logoutUrl: URL | undefined;
  readonly #stage: Stage;
  readonly #whoami: WhoAmI | undefined;
  readonly #roles = new Set<string>();
  /** Whether a login can be started from the app; known once the app is ready. */
  hasLoginButton = false;

  constructor({ origin, loginUrl, logoutUrl, whoami, stage }: AppOptions) {
    this.origin = origin;
    this.loginUrl = loginUrl;
    this.logoutUrl = logoutUrl;
    this.#whoami = whoami;
    this.#stage = stage;
  }

  /** Roles that the app turns away by a page that is no error. */
  readonly turnsAway = new Set<Role>();

  /** A role that the app lets in: the wanted one, if it does. */
  roleLike(wanted: 'student' | 'teacher'): Role {
    return ([wanted, 'teacher', 'student', 'staff'] as const).find((role) => !this.turnsAway.has(role)) ?? wanted;
  }

  /** The roles of the people whose login ended at the app. */
  get rolesSeen(): readonly string[] {
    return [...this.#roles];
  }

  /** The way in that most probes use: the app's own, or the portal of an app that has none. */
  get usualEntrance(): Entrance {
    return this.hasLoginButton ? 'button' : 'portal';
  }

  /** Whether {@link whoami} can say anything. */
  get saysWho(): boolean {
    return this.#whoami !== undefined;
  }

  /**
   * Who is logged in, as the app says it; `undefined` when no one is.
   *
   * @throws TypeError without the option `whoami`: a probe that calls this needs it.
   */
  async whoami(visitor: Visitor): Promise<string | undefined> {
    return (await this.who(visitor)).text;
  }

  /** Like {@link whoami}, with all of the answer. */
  async who(visitor: Visitor): Promise<Who> {
    if (this.#whoami === undefined) {
      throw new TypeError('whoami was not given: the probe must say that it needs it');
    }
    return await this.#whoami(visitor);
  }

  /** Finds how a login starts: where {@link AppOptions.loginUrl} leads, or what can be pressed there. */
  async findLoginStart(visitor: Visitor): Promise<LoginStart> {
    const mark = this.#stage.witness.mark;
    const page = await visitor.open(this.loginUrl);
    const isDirect =
      page.hops.some(({ url }) => this.#isAuthorize(url)) || this.#stage.witness.since(mark).authorizations.length > 0;
    if (isDirect) {
      return { kind: 'direct', page };
    }
    const control = this.findLoginControl(page, visitor.driver);
    return control === undefined ? { kind: 'none', page } : { kind: 'control', page, control };
  }

  /** Presses what starts a login, and the button of a page that asks to confirm it, as django-allauth has one. */
  async startLogin(visitor: Visitor, start: LoginStart): Promise<Page> {
    if (start.kind !== 'control') {
      return start.page;
    }
    const { mark } = this.#stage.witness;
    const page = await visitor.press(start.control);
    const confirm =
      this.#stage.isClever(page.url) || this.#stage.witness.since(mark).authorizations.length > 0
        ? undefined
        : this.findLoginControl(page, visitor.driver);
    return confirm?.method === 'POST' ? await visitor.press(confirm) : page;
  }

  /**
   * Logs a person in, who signs in at Clever first, as people at school do.
   *
   * @throws AppTrouble when the app shows no button, or does not answer.
   */
  async logIn(visitor: Visitor, person: SandboxPerson, by: Entrance): Promise<Login> {
    const login = this.#loginOf(await this.#enter(visitor, person, by, this.#stage.world));
    if (login.isAtApp) {
      this.#roles.add(person.role);
    }
    return login;
  }

  /**
   * Leads a person to where Clever would send the browser back to the app with a code, and stops there.
   *
   * @param by - Default: {@link usualEntrance}. For the portal: the code of the login that the app starts again, if it
   * does; otherwise the portal's own.
   * @returns The address at the app, with a code that the app has not seen.
   * @throws AppTrouble when no code came.
   */
  async takeCallback(visitor: Visitor, person: SandboxPerson, by = this.usualEntrance): Promise<URL> {
    const enter = (): Promise<Page> => this.#enter(visitor, person, by, this.#stage.world);
    const callback =
      (by === 'button' ? undefined : await this.#stage.hold(enter, 1)) ?? (await this.#stage.hold(enter));
    if (callback === undefined) {
      throw new AppTrouble('The login did not lead through the sandbox back to the app.');
    }
    return callback;
  }

  /** Like {@link takeCallback}, but the first callback of a login that begins at Clever, which has no state. */
  async takeFirstCallback(visitor: Visitor, person: SandboxPerson, by: 'portal' | 'library'): Promise<URL> {
    const callback = await this.#stage.hold(() => this.#enter(visitor, person, by, this.#stage.world));
    if (callback === undefined) {
      throw new AppTrouble('Clever did not lead to the app.');
    }
    return callback;
  }

  async #enter(visitor: Visitor, person: SandboxPerson, by: Entrance, world: World): Promise<Page> {
    if (by === 'button') {
      await visitor.open(world.signIn(person), 'other-site');
      const start = await this.findLoginStart(visitor);
      if (start.kind === 'none') {
        throw new AppTrouble(`No “Log in with Clever” button was found at ${this.loginUrl.pathname}.`);
      }
      return await this.#consent(visitor, await this.startLogin(visitor, start));
    }
    const kind = by === 'library' && person.role === 'student' ? 'portal' : by;
    return await this.#consent(visitor, await visitor.open(world.entrance(person, kind), 'other-site'));
  }

  /**
   * Presses what logs a person out: at {@link logoutUrl}, or on the page after the login; and what a page then asks to
   * confirm.
   */
  async logOut(visitor: Visitor, landing: Page): Promise<Logout> {
    const pages: Page[] = [];
    const isOut = async (): Promise<boolean> => this.saysWho && (await this.whoami(visitor)) === undefined;
    for (const start of [this.logoutUrl, withoutQuery(landing.url)]) {
      if (start === undefined || (pages.length > 0 && (await isOut()))) {
        continue;
      }
      let page = await visitor.open(start);
      if (start === this.logoutUrl) {
        pages.push(page);
      }
      for (let presses = 0; presses < 2; presses += 1) {
        const control = logoutControl(page);
        if (control === undefined || (await isOut())) {
          break;
        }
        page = await visitor.press(control);
        pages.push(page);
      }
    }
    if (this.logoutUrl !== undefined && this.saysWho && !(await isOut())) {
      // What a page's script sends.
      const headers = { origin: this.origin.origin, 'content-type': 'application/x-www-form-urlencoded' };
      pages.push(await visitor.request(this.logoutUrl, { method: 'POST', headers }));
    }
    return { kind: pages.length === 0 ? 'none' : 'tried', pages };
  }

  /** Continues a login at an address, such as a callback that was made up. */
  async arrive(visitor: Visitor, address: URL, from: 'typed' | 'other-site' = 'other-site'): Promise<Login> {
    return this.#loginOf(await visitor.open(address, from));
  }

  /** What became of a login that ended at a page. */
  loginAt(page: Page): Login {
    return this.#loginOf(page);
  }

  /** Whether an address is the app's: its origin, or another port of the same host. */
  isApp({ hostname, origin }: URL): boolean {
    return hostname === this.origin.hostname && !this.#stage.isClever(new URL(origin));
  }

  /** A teacher who comes from the Library for the first time is asked to share the classes with the app. */
  async #consent(visitor: Visitor, page: Page): Promise<Page> {
    const allow = this.#stage.isClever(page.url)
      ? page.controls.find(({ fields }) => fields.some(([name, value]) => name === 'decision' && value === 'allow'))
      : undefined;
    return allow === undefined ? page : await visitor.press(allow);
  }

  #loginOf(page: Page): Login {
    const callbacks = page.hops
      .map(({ url }) => url)
      .filter((url) => !this.#stage.isClever(url) && (url.searchParams.has('code') || url.searchParams.has('error')));
    return {
      page,
      callback: callbacks.at(-1),
      codes: callbacks.flatMap(({ searchParams }) => searchParams.get('code') ?? []),
      isAtApp: !this.#stage.isClever(page.url) && page.status < 400,
    };
  }

  /** The button as Clever's partner team finds it: by its target, its words, its class; then by what its form sends. */
  findLoginControl({ controls }: Page, driver: Visitor['driver'] = 'http'): Control | undefined {
    const usable = controls.filter(({ target }) => target !== undefined || driver !== 'http');
    const isNamed = (text: string): boolean => /clever/iu.test(text);
    return (
      usable.find(({ target }) => target !== undefined && this.#isAuthorize(target)) ??
      usable.find(({ label }) => isNamed(label) && !/log\s?out|sign\s?out/iu.test(label)) ??
      usable.find(({ classes, id }) => isNamed(classes) || isNamed(id)) ??
      usable.find(
        ({ target, fields }) => isNamed(target?.pathname ?? '') || fields.some(([, value]) => isNamed(value)),
      ) ??
      // Last, because a page may have other links to Clever.
      usable.find(({ target }) => /(?:^|\.)clever\.com$/u.test(target?.hostname ?? ''))
    );
  }

  #isAuthorize(url: URL): boolean {
    return this.#stage.isClever(url) && url.pathname === '/oauth/authorize';
  }
}

/** What logs a person out, by its words, its target, its class. */
function logoutControl({ controls, url }: Page): Control | undefined {
  const named = /\b(?:log|sign)[\s_-]?(?:out|off)\b/iu;
  // A link to the page itself, as menus have it, changes nothing.
  const useful = controls.filter(({ method, target }) => method === 'POST' || target?.href !== url.href);
  return (
    useful.find(({ label }) => named.test(label)) ??
    useful.find(({ target, id, classes }) => [target?.pathname ?? '', id, classes].some((text) => named.test(text)))
  );
}

/** An address without its query, and so without a code. */
export function withoutQuery(url: URL): URL {
  const clean = new URL(url);
  clean.search = '';
  return clean;
}
