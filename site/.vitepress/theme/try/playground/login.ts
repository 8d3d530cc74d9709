import { type CleverError, type CleverLogin, createCleverClient, type LoginResult } from 'clever-sdk';
import type { Sandbox, SandboxPerson } from 'clever-sdk/sandbox';
import { describeError } from './describe.ts';
import type { Entrance } from './entrances.ts';
import { Visitor } from './visitor.ts';

/** Where the app of this page is, which no network reaches. */
const APP = 'https://app.example.com';
export const REDIRECT_URI = `${APP}/auth/clever/callback`;
const START = `${APP}/auth/clever`;
const MOST_STEPS = 12;

/** A person to log in as. */
export interface PersonChoice {
  readonly id: string;
  readonly label: string;
}

/** One request of the browser and its answer, without the value of a cookie or a parameter. */
export interface LoginStep {
  readonly to: 'the app' | 'Clever';
  readonly address: string;
  readonly parameters: readonly string[];
  readonly status: number;
  readonly cookiesSent: readonly string[];
  readonly cookiesSet: readonly string[];
  /** What the app asked Clever meanwhile, without the browser. */
  readonly serverRequests: readonly string[];
  readonly note: string;
}

/** A login from its entrance to its end. */
export interface LoginReport {
  readonly steps: readonly LoginStep[];
  /** What `onLogin` received, member by member; absent after a failure. */
  readonly received?: readonly (readonly [name: string, value: string])[];
  readonly failure?: string;
}

const OF_EACH_ROLE = 3;
const ROLES = ['teacher', 'student', 'staff', 'district_admin'] as const;

/** Some people of every role who can use an entrance. */
export function peopleAt(sandbox: Sandbox, entrance: Entrance): PersonChoice[] {
  return candidates(sandbox, entrance).map(({ id, name, role, roles }) => ({
    id,
    label: `${[name.first, name.last].filter(Boolean).join(' ')}, ${role.replace('_', ' ')}${roles.length > 1 ? ' (several roles)' : ''}`,
  }));
}

function candidates(sandbox: Sandbox, entrance: Entrance): SandboxPerson[] {
  const ofLibrary = sandbox.people({ role: 'teacher', connection: 'library', hasSections: true, limit: OF_EACH_ROLE });
  if (entrance === 'library') {
    return ofLibrary;
  }
  return ROLES.flatMap((role) => sandbox.people({ role, connection: 'district', limit: OF_EACH_ROLE }));
}

/** An app with a login, and the browser of the person who uses it. Its sessions are as short as this page. */
export class LoginDemo {
  readonly #sandbox: Sandbox;
  readonly #visitor = new Visitor();
  readonly #sessions = new Map<string, string>();
  readonly #login: CleverLogin;
  #received: LoginResult | undefined;
  #failure: CleverError | undefined;

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
    const clever = createCleverClient({ ...sandbox.clientOptions(), dangerouslyAllowBrowser: true });
    this.#login = clever.login({
      cookieSecret: 'a secret of this page, which seals nothing worth reading',
      onLogin: (result) => this.#startSession(result),
      onError: ({ error, status }) => {
        this.#failure = error;
        return new Response(error.userMessage, { status });
      },
      currentUserId: (request) => this.#sessions.get(sessionIn(request)),
    });
  }

  /** Follows a person from an entrance into the app. */
  async run(entrance: Entrance, personId: string): Promise<LoginReport> {
    this.#received = undefined;
    this.#failure = undefined;
    const person = candidates(this.#sandbox, entrance).find(({ id }) => id === personId);
    if (person === undefined) {
      throw new TypeError('This person cannot use this entrance. Choose another one.');
    }
    const steps: LoginStep[] = [];
    let next: string | undefined = addressOf(entrance, person);
    while (next !== undefined && steps.length < MOST_STEPS) {
      const { step, location } = await this.#visit(next);
      steps.push(step);
      // The button has led to Clever: there, the person is chosen.
      next =
        location !== undefined && entrance === 'button' && steps.length === 1 ? person.loginUrl(location) : location;
    }
    return { steps, ...this.#end() };
  }

  async #visit(url: string): Promise<{ step: LoginStep; location: string | undefined }> {
    const { origin, host, pathname, searchParams } = new URL(url);
    const isApp = origin === APP;
    const cookiesSent = this.#visitor.cookieNames(url);
    const before = this.#sandbox.requests().at(-1)?.number ?? 0;
    const request = this.#visitor.open(url);
    const response = await (isApp ? this.#answer(request) : this.#sandbox.fetch(request));
    const asked = this.#sandbox.requests({ from: 'app' }).filter(({ number }) => number > before);
    const location = response.headers.get('location');
    return {
      step: {
        to: isApp ? 'the app' : 'Clever',
        address: `GET ${host}${pathname}`,
        parameters: [...searchParams.keys()],
        status: response.status,
        cookiesSent,
        cookiesSet: this.#visitor.keep(url, response),
        serverRequests: isApp ? asked.map(({ method, path, status }) => `${method} ${path} → ${status}`) : [],
        note: noteOn(pathname, searchParams),
      },
      location: location === null ? undefined : new URL(location, url).href,
    };
  }

  async #answer(request: Request): Promise<Response> {
    switch (new URL(request.url).pathname) {
      case '/auth/clever':
        return await this.#login.start(request);
      case '/auth/clever/callback':
        return await this.#login.callback(request);
      default:
        return new Response('You are logged in.');
    }
  }

  #startSession(result: LoginResult): Response {
    this.#received = result;
    const session = crypto.randomUUID();
    this.#sessions.set(session, result.identity.id);
    return new Response(null, {
      status: 303,
      headers: {
        location: result.returnTo,
        'set-cookie': `session=${session}; Path=/; HttpOnly; SameSite=Lax; Secure`,
      },
    });
  }

  #end(): Pick<LoginReport, 'received' | 'failure'> {
    if (this.#failure !== undefined) {
      return { failure: describeError(this.#failure) };
    }
    if (this.#received === undefined) {
      return { failure: 'The login ended on a page of Clever’s: see the last step.' };
    }
    const { identity, isCleverInitiated, hasSwitchedAccount, returnTo } = this.#received;
    const { id, connection, role, roles, name, email, districtId, legacyIds } = identity;
    return {
      received: Object.entries({
        'identity.id': id,
        'identity.connection': connection,
        'identity.role': role ?? 'not known',
        'identity.roles': roles.join(', '),
        'identity.name': [name.first, name.middle, name.last].filter(Boolean).join(' '),
        'identity.email': email ?? 'none, which is normal',
        'identity.districtId': districtId ?? 'none: a Library login names no district',
        'identity.legacyIds': legacyIds.join(', ') || 'none',
        isCleverInitiated: String(isCleverInitiated),
        hasSwitchedAccount: String(hasSwitchedAccount),
        returnTo,
      }),
    };
  }
}

function addressOf(entrance: Entrance, person: SandboxPerson): string {
  switch (entrance) {
    case 'button':
      return START;
    case 'portal':
      return person.loginUrl();
    case 'instant':
      return person.loginUrl('/oauth/instant-login');
    case 'library':
      return person.loginUrl('/library/install');
  }
}

function sessionIn({ headers }: Request): string {
  return /(?:^|; )session=([^;]+)/u.exec(headers.get('cookie') ?? '')?.[1] ?? '';
}

/** What happens in a step, for a person who sees a login for the first time. */
function noteOn(path: string, parameters: URLSearchParams): string {
  switch (path) {
    case '/auth/clever':
      return 'login.start seals a state and sends the browser to Clever.';
    case '/auth/clever/callback':
      return callbackNote(parameters);
    case '/oauth/authorize':
      return parameters.has('sandbox_user')
        ? 'The person is chosen on Clever’s login page, and returns with a code.'
        : 'Clever knows the person already, shows no page, and returns a code.';
    case '/portal/app':
      return 'The portal opens the app at its first redirect URI, with a code and without a state.';
    case '/oauth/instant-login':
      return 'The link opens the app at its first redirect URI, with a code and without a state.';
    case '/library/install':
      return 'The teacher adds the app, which then opens with a code and without a state.';
    default:
      return 'The app shows its first page, with a session of its own.';
  }
}

function callbackNote(parameters: URLSearchParams): string {
  if (parameters.has('error')) {
    return 'Clever reports that the login failed: login.callback calls onError.';
  }
  return parameters.has('state')
    ? 'login.callback opens the state, exchanges the code once, asks who it is, and calls onLogin.'
    : 'No state: anyone could have made this link. login.callback does not use the code, and starts the login again.';
}
