import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { KnownRole } from '../../../values/index.js';
import type { UserRecord } from '../../roster/records.js';
import { SESSION_LIFETIME_MS, type Session } from '../../world/access/sessions.js';
import type { District } from '../../world/district.js';
import type { Env } from '../context.js';

/** Somebody who is signed in to Clever in the browser that asks. */
export interface Visitor {
  readonly district: District;
  readonly user: UserRecord;
  /** The role that was picked, for people with several. */
  readonly role: KnownRole | undefined;
  /** By which connection the person came last, where the district offers both. */
  readonly connection: 'district' | 'library' | undefined;
}

const COOKIE = 'sandbox_session';

/** Who is signed in; `undefined` for nobody, and for somebody whom the roster no longer has. */
export function visitorOf(context: Context<Env>): Visitor | undefined {
  const { sessions, districts } = context.env.world;
  const session = sessions.find(getCookie(context, COOKIE) ?? '');
  const district = districts.find(({ id }) => id === session?.districtId);
  const user = district?.store.get('users', session?.userId ?? '');
  if (session === undefined || district === undefined || user === undefined) {
    return undefined;
  }
  return { district, user, role: session.role, connection: session.connection };
}

/** Signs somebody in, in the place of whoever was. */
export function signIn(context: Context<Env>, session: Session): void {
  const { sessions } = context.env.world;
  sessions.end(getCookie(context, COOKIE) ?? '');
  setCookie(context, COOKIE, sessions.begin(session), {
    ...attributes(context),
    maxAge: SESSION_LIFETIME_MS / 1_000,
  });
}

/** Signs out whoever is signed in. */
export function signOut(context: Context<Env>): void {
  context.env.world.sessions.end(getCookie(context, COOKIE) ?? '');
  deleteCookie(context, COOKIE, attributes(context));
}

/** Remembers by which connection the visitor goes to the app, for the login that the app may start anew. */
export function rememberConnection(
  context: Context<Env>,
  { district, user, role }: Visitor,
  connection: 'district' | 'library',
): void {
  signIn(context, { districtId: district.id, userId: user.id, role, connection });
}

/** The name that a page calls a person by. */
export function nameOf({ name }: Pick<UserRecord, 'name'>): string {
  const full = [name.first, name.last].filter((part) => typeof part === 'string' && part !== '').join(' ');
  return full === '' ? 'Somebody without a name' : full;
}

/** `Lax`, so that the browser sends the cookie along when the app sends a person to log in. */
function attributes(context: Context<Env>) {
  const isSecure = new URL(context.req.url).protocol === 'https:';
  return { path: '/', httpOnly: true, sameSite: 'Lax', secure: isSecure } as const;
}
