import { defineInspect } from '../privacy/index.js';
import type { Me } from '../schemas/me.js';
import type { OwnUser } from '../schemas/user.js';
import type { Userinfo } from '../schemas/userinfo.js';
import { omitUndefined } from '../util/omit-undefined.js';
import { ROLE_ORDER } from '../values/roles.js';
import type { IdTokenClaims } from './oidc/id-token.js';

/** A role of a person, as API v3 names it. Clever may add others. */
export type IdentityRole = 'student' | 'teacher' | 'staff' | 'district_admin' | 'contact' | (string & {});

/**
 * The person who logged in, in one form whichever of Clever's answers were available. Printing it shows
 * only connection and role; JSON and a spread contain all of it.
 */
export interface CleverIdentity {
  /**
   * Clever's id of the person in API v3: the key under which to store the person. Never use the e-mail
   * address as the key.
   */
  readonly id: string;
  /** The connection used for the login: the district's, or the teacher's own through the Clever Library. */
  readonly connection: 'district' | 'library';
  /** Id of the district; absent for a Library login, and when Clever names none. */
  readonly districtId?: string;
  /** Every role that is shared with the app. */
  readonly roles: readonly IdentityRole[];
  /**
   * The role to use for the person: that of the current login if Clever reports it (`/userinfo` or
   * id_token), otherwise the first role in {@link ROLE_ORDER} that the person has. `undefined` when Clever
   * reports none.
   */
  readonly role: IdentityRole | undefined;
  /** The person's name. Parts that Clever did not send are `''`. */
  readonly name: { readonly first: string; readonly middle: string; readonly last: string };
  /**
   * May be missing, change, be shared with another person, or not be an address: use it only for display
   * and mail.
   */
  readonly email?: string;
  /**
   * Ids from API v2 under which older records may store the person. Source:
   * dev.clever.com/docs/api-v1-deprecation.
   */
  readonly legacyIds: readonly string[];
  /** Who authorised the app, as Clever reports it: `district` or `teacher`. */
  readonly authorizedBy?: string;
}

/** Clever's answers about a person. Each may be missing; `me` only if an id_token was verified. */
export interface IdentitySources {
  readonly me?: Me | undefined;
  readonly user?: OwnUser | undefined;
  readonly userinfo?: Userinfo | undefined;
  readonly claims?: IdTokenClaims | undefined;
}

/**
 * Combines Clever's answers about one person. Pure, and accepts every variant that Clever sends.
 */
export function identityFrom({ me, user, userinfo, claims }: IdentitySources): CleverIdentity {
  const id = text(me?.data.id) ?? text(claims?.multi_role_user_id) ?? text(claims?.sub) ?? '';
  const districtId = text(me?.data.district) ?? text(claims?.district);
  const authorizedBy = text(me?.data.authorized_by) ?? text(userinfo?.authorized_by);
  const loginRole = roleName(userinfo?.user_type) ?? roleName(claims?.user_type);
  const held = Object.entries(user?.roles ?? {}).filter(([, details]) => details !== null && details !== undefined);
  const named = [...held.map(([role]) => role), loginRole, roleName(me?.data.type), roleName(me?.type)];
  // Library logins have no district and no id_token. Source: dev.clever.com/docs/the-userinfo-endpoint.
  const isOfDistrict = districtId !== undefined || claims !== undefined;
  const connection = authorizedBy === 'teacher' || !isOfDistrict ? 'library' : 'district';
  const roles = [...new Set(named.filter((role) => role !== undefined))];
  const legacyIds = [
    ...held.map(([, details]) => text((details as { legacy_id?: unknown }).legacy_id)),
    text(userinfo?.user_id),
    text(claims?.user_id),
  ].filter((legacyId) => legacyId !== undefined && legacyId !== id);
  const email = text(user?.email) ?? text(userinfo?.email) ?? text(claims?.email);
  const identity: CleverIdentity = {
    id,
    connection,
    roles,
    role: loginRole ?? ROLE_ORDER.find((role) => roles.includes(role)) ?? roles[0],
    name: nameFrom(user?.name, userinfo, claims),
    legacyIds: [...new Set(legacyIds)] as string[],
    ...omitUndefined({ districtId: connection === 'library' ? undefined : districtId, email, authorizedBy }),
  };
  return defineInspect(identity, ({ connection, role }) => ({ connection, role }), { keepsJson: true });
}

/** Returns API v3's name for a role from any of its spellings; `undefined` for `user`, which is not a role. */
function roleName(value: unknown): IdentityRole | undefined {
  const spelled = text(value)
    ?.trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/gu, '_');
  return spelled === undefined || spelled === '' || spelled === 'user'
    ? undefined
    : (OLD_ROLES.get(spelled) ?? spelled);
}

const OLD_ROLES: ReadonlyMap<string, IdentityRole> = new Map([
  ['school_admin', 'staff'],
  ['schooladmin', 'staff'],
  ['districtadmin', 'district_admin'],
]);

function nameFrom(
  name: unknown,
  userinfo: Userinfo | undefined,
  claims: IdTokenClaims | undefined,
): CleverIdentity['name'] {
  const parts = [name, userinfo?.name].find((candidate) => typeof candidate === 'object' && candidate !== null);
  const { first, middle, last } = (parts ?? {}) as Record<string, unknown>;
  const given = text(first) ?? text(userinfo?.given_name) ?? text(claims?.given_name);
  const family = text(last) ?? text(userinfo?.family_name) ?? text(claims?.family_name);
  // OpenID Connect's `name` is one string, used only when no part is known.
  const whole = given === undefined && family === undefined ? (text(userinfo?.name) ?? text(claims?.name)) : undefined;
  return { first: given ?? '', middle: text(middle) ?? '', last: family ?? whole ?? '' };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
