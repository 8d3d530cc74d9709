import { serve } from '@hono/node-server';
import type { CertifyEvent, RosterLine } from 'clever-sdk/certify';
import { type Context, Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { html, raw } from 'hono/html';

/** What a {@link SmallApp} does in another way. But for a few that are right, apps have been sent back for each. */
export type Fault =
  | 'implicit grant'
  | 'secret in the body'
  | 'code exchanged again'
  | 'own login page for the portal'
  | 'instant login at its own login page'
  | 'no button'
  | 'button leads nowhere'
  | 'redirect URI per district'
  | 'keyed on e-mail'
  | 'keyed on SIS id'
  | 'keyed on name and district'
  | 'crash for staff'
  | 'first role only'
  | 'session kept'
  | 'session id kept'
  | 'any session id taken'
  | 'one session for all devices'
  | 'no name on the page'
  | 'no way out'
  | 'way out does nothing'
  | '500 for a bad code'
  | '500 when the token endpoint fails'
  | '500 when the API fails'
  | 'loop for an error'
  | 'JSON for a denied login'
  | 'e-mail required'
  | 'first name required'
  | 'short names only'
  | 'state not checked'
  | 'state of any browser'
  | 'login starts again for a wrong state'
  | 'code without a state exchanged'
  | 'state checked only if one is stored'
  | 'token in the page'
  | 'secret in a script'
  | 'cookie for scripts'
  | 'sections at the first login only'
  | 'crash without sections'
  | 'crash for a student before the teacher'
  | 'student account per teacher'
  | 'account per connection'
  | 'first page of sections only'
  | 'section needs a subject'
  | 'needs a district'
  | 'reads no classes'
  | 'students at their own login only'
  | 'students kept out of the Library';

interface Account {
  readonly id: string;
  name: string;
  role: string;
}

interface Person {
  readonly id: string;
  readonly name: { readonly first?: string; readonly last?: string };
  readonly email?: string;
  readonly district?: string;
  readonly roles: Readonly<Record<string, { readonly sis_id?: string }>>;
}

/** What goes wrong on purpose, and is no answer. */
class Refusal extends Error {}

/**
 * An app without the SDK, as a team might write it by hand: right in everything, but for one fault. Its sessions,
 * accounts and classes are in memory.
 */
export class SmallApp {
  readonly #fault: Fault | undefined;
  readonly #accounts = new Map<string, Account>();
  readonly #sessions = new Map<string, Account>();
  readonly #pending = new Map<string, string>();
  readonly #states = new Set<string>();
  readonly #knownStudents = new Set<string>();
  readonly #classes = new Map<string, readonly string[]>();
  readonly #known = new Map<string, 'user' | 'section'>();
  #variables: Readonly<Record<string, string>> = {};
  #close: () => Promise<unknown> = () => Promise.resolve();
  origin = '';
  /** Codes, tokens, names and addresses that reached the app. */
  readonly seen: string[] = [];

  constructor(fault?: Fault) {
    this.#fault = fault;
  }

  async start(): Promise<this> {
    const app = this.#routes();
    await new Promise<void>((resolve) => {
      const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
        this.origin = `http://localhost:${port}`;
        resolve();
      });
      this.#close = () => new Promise((closed) => server.close(closed));
    });
    return this;
  }

  /** Points the app at the sandbox, as its developer does by variables. */
  readonly configure = (event: CertifyEvent): void => {
    if (event.kind === 'listening') {
      this.#variables = event.variables;
    }
  };

  /** What the app knows. */
  readonly roster = (): Promise<RosterLine[]> =>
    Promise.resolve([...this.#known].map(([cleverId, kind]) => ({ cleverId, kind, active: true })));

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close();
  }

  #is(fault: Fault): boolean {
    return this.#fault === fault;
  }

  #routes(): Hono {
    const app = new Hono();
    app.get('/login', (c) =>
      c.html(
        page(
          'Log in',
          this.#is('no button')
            ? html`<p>Welcome</p>`
            : html`<a href="/auth/clever">Log in with Clever</a>
          ${this.#is('secret in a script') ? raw('<script src="/app.js"></script>') : ''}`,
        ),
      ),
    );
    app.get('/app.js', (c) => c.body(`const secret = '${this.#variables['CLEVER_CLIENT_SECRET']}';`));
    app.get('/auth/clever', (c) => (this.#is('button leads nowhere') ? c.redirect('/login') : this.#toClever(c)));
    app.get('/auth/clever/callback', (c) => this.#callback(c));
    app.get('/', (c) => {
      const account = this.#who(c);
      return account === undefined ? c.redirect('/login') : c.html(this.#home(account));
    });
    app.get('/api/me', (c) => {
      const account = this.#who(c);
      return account === undefined ? c.json({}, 401) : c.json({ id: account.id, role: account.role });
    });
    app.post('/logout', (c) => {
      if (!this.#is('way out does nothing')) {
        this.#sessions.delete(getCookie(c, 'session') ?? '');
      }
      return c.redirect('/login');
    });
    app.onError((error, c) =>
      error instanceof Refusal
        ? c.html(page('Login failed', html`<p>${error.message}</p><a href="/login">Try again</a>`), 400)
        : c.html(page('Error', html`<p>Our fault.</p>`), 500),
    );
    return app;
  }

  #require(value: string | undefined): void {
    if (value === undefined || value === '') {
      throw new TypeError('a value is missing');
    }
  }

  #who(c: Context): Account | undefined {
    return this.#sessions.get(getCookie(c, 'session') ?? '');
  }

  #home({ name, role, id }: Account) {
    return page(
      'Home',
      html`<p>You are ${this.#is('no name on the page') ? 'logged in' : `${name}, ${role}`}.</p>
        <ul>${(this.#classes.get(id) ?? []).map((one) => html`<li>${one}</li>`)}</ul>
        ${this.#is('token in the page') ? html`<input type="hidden" value="${this.#lastToken}" />` : ''}
        ${this.#is('no way out') ? '' : html`<form method="post" action="/logout"><button>Log out</button></form>`}`,
    );
  }

  #lastToken = '';

  #redirectUri(district = ''): string {
    const query = this.#is('redirect URI per district') ? `?district=${district}` : '';
    return `${this.origin}/auth/clever/callback${query}`;
  }

  #toClever(c: Context): Response {
    const [state, login] = [crypto.randomUUID(), crypto.randomUUID()];
    this.#pending.set(login, state);
    this.#states.add(state);
    setCookie(c, 'login', login, { path: '/', httpOnly: true, sameSite: 'Lax' });
    const url = new URL('/oauth/authorize', this.#variables['CLEVER_AUTH_ORIGIN']);
    url.search = new URLSearchParams({
      response_type: this.#is('implicit grant') ? 'token' : 'code',
      client_id: this.#variables['CLEVER_CLIENT_ID'] ?? '',
      redirect_uri: this.#redirectUri(),
      state,
    }).toString();
    return c.redirect(url.href);
  }

  async #callback(c: Context): Promise<Response> {
    const { code, error, state } = c.req.query();
    if (error !== undefined) {
      if (this.#is('loop for an error')) {
        return this.#toClever(c);
      }
      if (this.#is('JSON for a denied login') && error === 'access_denied') {
        return c.json({ error }, 400);
      }
      throw new Refusal('Clever did not log you in.');
    }
    if (code === undefined) {
      throw new Refusal('Clever sent no code.');
    }
    if (state === undefined && this.#is('own login page for the portal')) {
      return c.redirect('/login');
    }
    if (state === undefined && !this.#is('code without a state exchanged')) {
      return this.#toClever(c);
    }
    if (!this.#isRightState(getCookie(c, 'login') ?? '', state)) {
      if (this.#is('login starts again for a wrong state')) {
        return this.#toClever(c);
      }
      throw new Refusal('This login was not begun in this browser.');
    }
    this.seen.push(code);
    const token = await this.#exchange(code);
    this.seen.push(token);
    this.#lastToken = token;
    const person = await this.#person(token);
    if (this.#is('needs a district') && person.district === undefined) {
      return c.redirect('/login');
    }
    const account = this.#accountOf(person);
    await this.#keepClasses(account, person, token);
    this.#open(c, account);
    return c.redirect('/');
  }

  #isRightState(login: string, state: string | undefined): boolean {
    const expected = this.#pending.get(login);
    if (!this.#is('code exchanged again')) {
      this.#pending.delete(login);
    }
    return (
      this.#is('state not checked') ||
      (this.#is('code without a state exchanged') && state === undefined) ||
      (this.#is('state checked only if one is stored') && expected === undefined) ||
      (this.#is('state of any browser') && this.#states.delete(state ?? '')) ||
      (state !== undefined && expected === state)
    );
  }

  async #exchange(code: string): Promise<string> {
    const {
      CLEVER_CLIENT_ID: id = '',
      CLEVER_CLIENT_SECRET: secret = '',
      CLEVER_AUTH_ORIGIN: clever,
    } = this.#variables;
    const inBody = this.#is('secret in the body');
    const answer = await fetch(`${clever}/oauth/tokens`, {
      method: 'POST',
      headers: inBody ? {} : { authorization: `Basic ${btoa(`${id}:${secret}`)}` },
      body: new URLSearchParams({
        code,
        grant_type: 'authorization_code',
        redirect_uri: this.#redirectUri(),
        ...(inBody ? { client_id: id, client_secret: secret } : {}),
      }),
    });
    if (!answer.ok) {
      const isCrash =
        (this.#is('500 for a bad code') && answer.status < 500) ||
        (this.#is('500 when the token endpoint fails') && answer.status >= 500);
      throw isCrash ? new TypeError('no token') : new Refusal('Clever did not accept the login.');
    }
    return ((await answer.json()) as { access_token: string }).access_token;
  }

  async #read<T>(path: string, token: string): Promise<T> {
    const answer = await fetch(`${this.#variables['CLEVER_API_ORIGIN']}${path}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    if (!answer.ok) {
      throw this.#is('500 when the API fails') ? new TypeError('no data') : new Refusal('Clever did not answer.');
    }
    return (await answer.json()) as T;
  }

  async #person(token: string): Promise<Person> {
    const { data: me } = await this.#read<{ data: { id: string; district?: string } }>('/v3.0/me', token);
    const { data } = await this.#read<{ data: Person }>(`/v3.0/users/${me.id}`, token);
    this.seen.push(data.name.last ?? '', data.email ?? '');
    return { ...data, ...(me.district === undefined ? {} : { district: me.district }) };
  }

  #accountOf(person: Person): Account {
    const { first = '', last = '' } = person.name;
    const [role = 'guest'] = Object.keys(person.roles);
    const isTaught = this.#knownStudents.has(person.id);
    if (this.#is('crash for staff') && role === 'staff') {
      throw new TypeError('no school');
    }
    if (this.#is('e-mail required')) {
      (person.email as string).split('@');
    }
    if (this.#is('first name required') && first === '') {
      throw new TypeError('no first name');
    }
    if (this.#is('short names only') && `${first}${last}`.length > 100) {
      throw new TypeError('value too long');
    }
    if (this.#is('students kept out of the Library') && person.district === undefined && role === 'student') {
      throw new Refusal('This app is for teachers.');
    }
    if (
      this.#is('crash for a student before the teacher') &&
      person.district === undefined &&
      role === 'student' &&
      !isTaught
    ) {
      throw new TypeError('unknown student');
    }
    this.#known.set(person.id, 'user');
    const key = this.#keyOf(person);
    const account = this.#accounts.get(key) ?? { id: crypto.randomUUID(), name: '', role: '' };
    account.name = `${first} ${last}`;
    const known = ['district_admin', 'staff', 'teacher', 'student'].filter((one) => one in person.roles);
    account.role = this.#is('first role only') ? role : known.join(' and ');
    this.#accounts.set(key, account);
    return account;
  }

  #keyOf({ id, email, name, district, roles }: Person): string {
    const sisId = Object.values(roles)[0]?.sis_id;
    switch (this.#fault) {
      case 'keyed on e-mail':
        return email ?? id;
      case 'keyed on SIS id':
        return sisId ?? id;
      case 'keyed on name and district':
        return district === undefined ? id : `${name.first} ${name.last} ${district}`;
      case 'account per connection':
        return `${id} ${district === undefined ? 'library' : 'district'}`;
      case 'student account per teacher':
        return 'student' in roles ? `${id} of ${this.#teachers.get(id) ?? ''}` : id;
      default:
        return id;
    }
  }

  readonly #teachers = new Map<string, string>();

  /** In the Library, a teacher brings the classes along. */
  async #keepClasses(account: Account, person: Person, token: string): Promise<void> {
    if (person.district !== undefined || !('teacher' in person.roles) || this.#is('reads no classes')) {
      return;
    }
    if (this.#is('sections at the first login only') && this.#classes.has(account.id)) {
      return;
    }
    const { data: sections } = await this.#read<{ data: { data: { id: string; name: string; subject?: string } }[] }>(
      `/v3.0/users/${person.id}/sections`,
      token,
    );
    if (sections.length === 0 && this.#is('crash without sections')) {
      throw new TypeError('no section');
    }
    const read = this.#is('first page of sections only') ? sections.slice(0, 5) : sections;
    for (const { data: section } of read) {
      this.#known.set(section.id, 'section');
      if (this.#is('section needs a subject')) {
        this.#require(section.subject);
      }
      const { data: people } = await this.#read<{ data: { data: Person }[] }>(
        `/v3.0/sections/${section.id}/users?role=student`,
        token,
      );
      for (const { data: student } of people) {
        this.#knownStudents.add(student.id);
        if (!this.#is('students at their own login only')) {
          this.#known.set(student.id, 'user');
        }
        this.#teachers.set(student.id, person.id);
      }
    }
    this.#classes.set(
      account.id,
      read.map(({ data }) => data.name),
    );
  }

  #open(c: Context, account: Account): void {
    const old = getCookie(c, 'session');
    if (this.#is('session kept') && this.#who(c) !== undefined) {
      return;
    }
    if (this.#is('one session for all devices')) {
      this.#sessions.clear();
    }
    const keepsId =
      (this.#is('session id kept') && this.#who(c) !== undefined) ||
      (this.#is('any session id taken') && this.#who(c) === undefined);
    const session = keepsId && old !== undefined ? old : crypto.randomUUID();
    this.#sessions.delete(old ?? '');
    this.#sessions.set(session, account);
    setCookie(c, 'session', session, { path: '/', httpOnly: !this.#is('cookie for scripts'), sameSite: 'Lax' });
  }
}

function page(title: string, body: unknown) {
  return html`<!doctype html><title>${title}</title><body><h1>${title}</h1>${body}</body>`;
}
