import type { Context } from 'hono';
import { Hono } from 'hono';
import type { UserRecord } from '../../roster/records.js';
import type { ApiVersion } from '../../world/access/api-versions.js';
import type { Grant } from '../../world/access/grants.js';
import type { Env } from '../context.js';
import { cannot, json } from './answers.js';
import { inRecordedForm } from './recorded.js';
import { presentLibraryPerson } from './views.js';

type UserGrant = Extract<Grant, { kind: 'user' }>;

/** Makes `/me`, with and without a version, and `/userinfo`: whose token it is. */
export function identityApi(): Hono<Env> {
  const api = new Hono<Env>();
  api.get('/me', (context) => forUser(context, (grant) => me(grant, 'v3.0')));
  api.get('/v3.0/me', (context) => forUser(context, (grant) => me(grant, 'v3.0')));
  api.get('/v3.1/me', (context) => forUser(context, (grant) => me(grant, 'v3.1')));
  // Both methods are documented. Source: dev.clever.com/docs/oidc-implementation.
  api.on(['GET', 'POST'], '/userinfo', (context) => forUser(context, userinfo));
  return api;
}

function forUser(context: Context<Env>, describe: (grant: UserGrant) => object): Response {
  const grant = context.get('grant');
  return grant.kind === 'user' ? json(describe(grant)) : cannot(context.req.method, context.req.path);
}

/** Source: dev.clever.com/docs/district-sso-vs-library-sso. The answer for a Library login names no district. */
function me({ userId: id, connection, district, role }: UserGrant, version: ApiVersion): object {
  const isLibrary = connection === 'library';
  const usual = {
    type: 'user',
    data: {
      id,
      ...(isLibrary ? {} : { district: district.id }),
      type: 'user',
      authorized_by: isLibrary ? 'teacher' : 'district',
    },
    links: [
      { rel: 'self', uri: '/me' },
      { rel: 'canonical', uri: `/${version}/users/${id}` },
      ...(isLibrary ? [] : [{ rel: 'district', uri: `/${version}/districts/${district.id}` }]),
    ],
  };
  return inRecordedForm(usual, district.answers, connection, role);
}

/**
 * Source: dev.clever.com/docs/the-userinfo-endpoint. What is left out for a Library login is inferred from
 * what Library SSO shares.
 */
function userinfo({ userId: id, role, connection, district }: UserGrant): object {
  const user = district.store.get('users', id);
  const isLibrary = connection === 'library';
  const seen = user !== undefined && isLibrary ? (presentLibraryPerson(user) as UserRecord) : user;
  const { first, middle, last } = seen?.name ?? {};
  return {
    sub: id,
    // The id that the person had before API v3. The ids of students did not change.
    user_id: user?.roles[role]?.legacy_id ?? id,
    multi_role_user_id: id,
    user_type: role,
    ...(isLibrary ? {} : { district_id: district.id, district: district.id }),
    ...(seen?.email === undefined ? {} : { email: seen.email }),
    name: { first: first ?? '', last: last ?? '', middle: middle ?? '' },
    schools: [],
    given_name: first ?? '',
    family_name: last ?? '',
    email_verified: false,
    authorized_by: isLibrary ? 'teacher' : 'district',
  };
}
