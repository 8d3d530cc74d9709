import { inspect } from 'node:util';
import { CleverAuthenticationError, type CleverIdentity, isCleverError } from 'clever-sdk';
import { describe, expect, it } from 'vitest';
import {
  type Answers,
  clientOf,
  DISTRICT,
  ID,
  identify,
  LEGACY,
  LIBRARY_ME,
  ME,
  OTHER,
  page,
  TOKEN,
  userOf,
} from './identity-answers.js';

describe('the connection', () => {
  it.each<[string, object, Partial<CleverIdentity>]>([
    ['district login', ME, { connection: 'district', districtId: DISTRICT, authorizedBy: 'district' }],
    ['Library login', LIBRARY_ME, { connection: 'library', authorizedBy: 'teacher' }],
    [
      'Library login as the documentation shows it, without links',
      { type: 'user', data: { id: ID, authorized_by: 'teacher' } },
      { connection: 'library' },
    ],
    [
      'Library login that does not say who authorised it',
      { type: 'user', data: { id: ID, type: 'user' } },
      { connection: 'library' },
    ],
    [
      'Library login with an empty district',
      { data: { id: ID, district: '', authorized_by: 'teacher' } },
      { connection: 'library' },
    ],
    ['Library login with a null district', { data: { id: ID, district: null } }, { connection: 'library' }],
    [
      'teacher who authorised it, district or not',
      { data: { id: ID, district: DISTRICT, authorized_by: 'teacher' } },
      { connection: 'library' },
    ],
    [
      'demo token: no type, no links, no authorized_by',
      { data: { id: ID, district: DISTRICT, type: 'teacher' } },
      { connection: 'district', districtId: DISTRICT },
    ],
    [
      'authorizer that is unknown',
      { data: { id: ID, district: DISTRICT, authorized_by: 'state' } },
      { connection: 'district', authorizedBy: 'state' },
    ],
    [
      'v2 answer',
      {
        type: 'teacher',
        data: { id: ID, district: DISTRICT, type: 'teacher' },
        links: [{ rel: 'canonical', uri: `/v2.1/teachers/${ID}` }],
      },
      { connection: 'district' },
    ],
  ])('of a %s', async (_, me, expected) => {
    const identity = await identify({ me });
    expect(identity).toMatchObject({ id: ID, ...expected });
    if (expected.connection === 'library') {
      expect(identity.districtId).toBeUndefined();
    }
  });

  it('names no district of a Library login, even when another answer mentions one', async () => {
    const identity = await identify({
      me: LIBRARY_ME,
      userinfo: { sub: ID, user_type: 'teacher', district: DISTRICT, district_id: DISTRICT },
      user: userOf({ roles: { teacher: {} } }),
    });
    expect(identity).toMatchObject({ connection: 'library', role: 'teacher' });
    expect(identity.districtId).toBeUndefined();
  });
});

describe('where it sends its requests', () => {
  it.each(['v3.0', 'v3.1'] as const)(
    'is the configured version, once each, whatever the links say: %s',
    async (version) => {
      const { clever, asked } = clientOf({ user: userOf({ roles: { teacher: {} } }), userinfo: { sub: ID } }, version);
      await clever.oauth.identify(TOKEN);
      expect(asked.sort()).toEqual(['/userinfo', `/${version}/me`, `/${version}/users/${ID}`]);
    },
  );

  it('never follows a link to another origin', async () => {
    const me = { ...ME, links: [{ rel: 'canonical', uri: `https://evil.example/v3.0/users/${ID}` }] };
    expect(await identify({ me })).toMatchObject({ id: ID });
  });

  it('treats the id as an id, not as a path', async () => {
    const { clever, asked } = clientOf({ me: { data: { id: '../districts?x=' } } });
    await clever.oauth.identify(TOKEN);
    expect(asked).toContain('/v3.1/users/..%2Fdistricts%3Fx%3D');
  });
});

describe('what may be missing', () => {
  it.each<[string, Answers]>([
    ['/users/{id} and /userinfo: HTML 404', {}],
    ['/users/{id}: 403', { user: () => Response.json({ error: 'canary0' }, { status: 403 }) }],
    ['/users/{id}: 401', { user: () => Response.json({ error: 'canary0' }, { status: 401 }) }],
    ['/userinfo: 401', { userinfo: () => page(401) }],
    ['/userinfo: empty', { userinfo: {} }],
    ['/userinfo: a list', { userinfo: [] }],
  ])('%s', async (_, answers) => {
    expect(await identify(answers)).toMatchObject({
      ...{ id: ID, connection: 'district', districtId: DISTRICT, roles: [], legacyIds: [] },
      ...{ role: undefined, name: { first: '', middle: '', last: '' } },
    });
  });

  it.each<[string, Answers]>([
    ['/users/{id}: an HTML page with 200', { user: () => page(200) }],
    ['/users/{id}: another shape', { user: { hello: 'canary0' } }],
    ['/userinfo: an HTML page with 200', { userinfo: () => page(200) }],
  ])('%s as well: the person is already known', async (_, answers) => {
    expect(await identify(answers)).toMatchObject({ id: ID, connection: 'district' });
  });

  it('but not /me: without it the person is unknown', async () => {
    for (const status of [401, 403, 404, 500]) {
      const error = await clientOf({ me: () => page(status) })
        .clever.oauth.identify(TOKEN)
        .catch((thrown: unknown) => thrown);
      expect(isCleverError(error)).toBe(true);
      expect(inspect(error, { depth: 9 })).not.toMatch(/canary/u);
    }
    const expired = clientOf({ me: () => page(401) }).clever.oauth.identify(TOKEN);
    await expect(expired).rejects.toBeInstanceOf(CleverAuthenticationError);
  });

  it.each([{}, { data: {} }, { data: { id: '' } }, { data: { id: 7 } }, { data: null }, []])(
    'a /me without an id (%j) is an error, not a person',
    async (me) => {
      const error = await identify({ me, userinfo: { sub: ID } }).catch((thrown: unknown) => thrown);
      expect(isCleverError(error)).toBe(true);
    },
  );
});

describe('the ids', () => {
  it('lists the ids of API v2, each once, without the id itself', async () => {
    const user = userOf({
      roles: { teacher: { legacy_id: LEGACY }, staff: { legacy_id: 'staff-legacy' }, contact: {} },
    });
    const identity = await identify({ user, userinfo: { sub: ID, multi_role_user_id: ID, user_id: LEGACY } });
    expect([...identity.legacyIds].sort()).toEqual([LEGACY, 'staff-legacy'].sort());
    const student = await identify({
      user: userOf({ roles: { student: { legacy_id: ID } } }),
      userinfo: { sub: ID, user_id: ID },
    });
    expect(student.legacyIds).toEqual([]);
  });

  it.each([
    { sub: OTHER, user_id: OTHER, multi_role_user_id: OTHER },
    { sub: OTHER, user_id: ID, multi_role_user_id: ID },
    { user_id: ID, multi_role_user_id: ID },
    { sub: null, multi_role_user_id: ID },
    { sub: '', user_id: ID },
    { sub: [ID], multi_role_user_id: ID },
  ])('never uses data of another person: /userinfo with %j', async (ids) => {
    const userinfo = {
      ...ids,
      email: 'other@school.example',
      user_type: 'district_admin',
      name: { first: 'Other', last: 'Person' },
    };
    const outcome = await identify({ userinfo }).catch((error: unknown) => error);
    expect(isCleverError(outcome) || (outcome as CleverIdentity).id === ID).toBe(true);
    expect(JSON.stringify({ ...(outcome as object) })).not.toMatch(/other@|Other|Person|district_admin/u);
    expect((outcome as CleverIdentity).role).toBeUndefined();
  });

  it('never uses data of another person: /users/{id}', async () => {
    const user = {
      data: {
        id: OTHER,
        district: DISTRICT,
        email: 'other@school.example',
        name: { first: 'Other', last: 'Person' },
        roles: { district_admin: { legacy_id: 'Other' } },
      },
    };
    const outcome = await identify({ user }).catch((error: unknown) => error);
    expect(isCleverError(outcome) || (outcome as CleverIdentity).id === ID).toBe(true);
    expect(JSON.stringify({ ...(outcome as object) })).not.toMatch(/other@|Other|Person|district_admin/u);
  });

  it('is plain data: it may be stored, sent and copied', async () => {
    const { clever } = clientOf({
      user: userOf({ name: { first: 'Ana', last: 'Silva' }, roles: { teacher: { legacy_id: LEGACY } } }),
    });
    const given = await clever.oauth.identify(TOKEN);
    const copy = { ...given };
    expect(structuredClone(copy)).toEqual(copy);
    expect(copy).toEqual({
      ...{ id: ID, connection: 'district', districtId: DISTRICT, authorizedBy: 'district' },
      ...{
        roles: ['teacher'],
        role: 'teacher',
        name: { first: 'Ana', middle: '', last: 'Silva' },
        legacyIds: [LEGACY],
      },
    });
  });

  it('accepts the token that exchangeCallback returned, or its text, and nothing else', async () => {
    const { clever } = clientOf({});
    expect((await clever.oauth.identify({ access_token: TOKEN })).id).toBe(ID);
    expect((await clever.oauth.identify(TOKEN)).id).toBe(ID);
    for (const wrong of ['', 'with space', 'line\nend', undefined, null, 7, {}, { access_token: 7 }]) {
      await expect(clever.oauth.identify(wrong as string)).rejects.toMatchObject({ code: 'config' });
    }
  });
});
