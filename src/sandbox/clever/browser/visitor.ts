import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { KnownRole } from '../../../values/index.js';
import type { UserRecord } from '../../roster/records.js';
import { SESSION_LIFETIME_MS, type Session } from '../../world/access/sessions.js';
import type { District } from '../../world/district.js';
import type { Env } from '../context.js';

/** The person who is signed in to Clever in the browser that sent the request. */
export interface Visitor {
  readonly district: District;
  readonly user: UserRecord;
  /** The role that a person with several roles chose. */
  readonly role: KnownRole | undefined;
  /** The connection that the person used last, when the district offers both. */
  readonly connection: 'district' | 'library' | undefined;
}

const COOKIE = 'sandbox_session';

/**
 * Returns who is signed in, also since this request; `undefined` when no person is, or when the roster no longer has
 * the person.
 */
export function visitorOf(context: Context<Env>): Visitor | undefined {
  const { sessions, districts } = context.env.world;
  const session = sessions.find(sessionName(context));
  const district = districts.find(({ id }) => id === session?.districtId);
  const user = district?.store.get('users', session?.userId ?? '');
  if (session === undefined || district === undefined || user === undefined) {
    return undefined;
  }
  return { district, user, role: session.role, connection: session.connection };
}

/** Signs a person in, and the previous person out. */
export function signIn(context: Context<Env>, session: Session): void {
  const { sessions } = context.env.world;
  sessions.end(sessionName(context));
  const name = sessions.begin(session);
  context.set('sessionName', name);
  // A request may sign in twice. Only the last cookie counts, and it is the only one that the sandbox sets.
  context.header('set-cookie', undefined);
  setCookie(context, COOKIE, name, { ...attributes(context), maxAge: SESSION_LIFETIME_MS / 1_000 });
}

/** The session that this request began; otherwise the one that the browser sent. */
function sessionName(context: Context<Env>): string {
  return (context.get('sessionName') as string | undefined) ?? getCookie(context, COOKIE) ?? '';
}

/** Signs out the person who is signed in. */
export function signOut(context: Context<Env>): void {
  context.env.world.sessions.end(getCookie(context, COOKIE) ?? '');
  deleteCookie(context, COOKIE, attributes(context));
}

/** Remembers by which connection the visitor goes to the app, because the app may start the login again. */
export function rememberConnection(
  context: Context<Env>,
  { district, user, role }: Visitor,
  connection: 'district' | 'library',
): void {
  signIn(context, { districtId: district.id, userId: user.id, role, connection });
}

/** Returns the name of a person for a page. */
export function nameOf({ name }: Pick<UserRecord, 'name'>): string {
  const full = [name.first, name.last].filter((part) => typeof part === 'string' && part !== '').join(' ');
  return full === '' ? 'Unnamed person' : full;
}

/**
 * Returns the attributes of the session cookie: `Lax`, so that the browser sends the cookie when an app
 * redirects a person here to log in.
 */
function attributes(context: Context<Env>) {
  const { protocol, host } = new URL(context.req.url);
  const { publicUrl = '' } = context.env.world;
  // A proxy that ends TLS leaves the host as it was, or the cookie is not marked.
  const isSecure = protocol === 'https:' || publicUrl === `https://${host}`;
  return { path: '/', httpOnly: true, sameSite: 'Lax', secure: isSecure } as const;
}
