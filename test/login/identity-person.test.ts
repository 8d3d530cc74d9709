import type { CleverIdentity } from 'clever-sdk';
import { describe, expect, it } from 'vitest';
import { type Answers, clientOf, DISTRICT, ID, identify, OTHER, TOKEN, userOf } from './identity-answers.js';

describe('the name and the e-mail', () => {
  const none = { first: '', middle: '', last: '' };
  it.each<[string, Answers, CleverIdentity['name']]>([
    [
      'whole',
      { user: userOf({ name: { first: 'Ana', middle: 'M', last: 'Silva' } }) },
      { first: 'Ana', middle: 'M', last: 'Silva' },
    ],
    [
      'without a middle name',
      { user: userOf({ name: { first: 'Ana', last: 'Silva' } }) },
      { first: 'Ana', middle: '', last: 'Silva' },
    ],
    [
      'with empty parts',
      { user: userOf({ name: { first: '', middle: '', last: 'Silva' } }) },
      { ...none, last: 'Silva' },
    ],
    [
      'with null parts',
      { user: userOf({ name: { first: null, middle: null, last: 'Silva' } }) },
      { ...none, last: 'Silva' },
    ],
    ['missing everywhere', { user: userOf({}) }, none],
    ['null', { user: userOf({ name: null }), userinfo: { sub: ID, name: null } }, none],
    [
      'of /userinfo, an object',
      { userinfo: { sub: ID, name: { first: 'Ana', last: 'Silva', middle: '' } } },
      { ...none, first: 'Ana', last: 'Silva' },
    ],
    [
      'of /userinfo, text and parts',
      { userinfo: { sub: ID, name: 'Ana Silva', given_name: 'Ana', family_name: 'Silva' } },
      { ...none, first: 'Ana', last: 'Silva' },
    ],
    [
      'of /userinfo, parts only',
      { userinfo: { sub: ID, given_name: 'Ana', family_name: 'Silva' } },
      { ...none, first: 'Ana', last: 'Silva' },
    ],
    ['of /userinfo, text only', { userinfo: { sub: ID, name: 'Ana Silva' } }, { ...none, last: 'Ana Silva' }],
    [
      'in other scripts',
      { user: userOf({ name: { first: 'Zoë-Łucja', last: 'Nguyễn 阮' } }) },
      { ...none, first: 'Zoë-Łucja', last: 'Nguyễn 阮' },
    ],
    [
      'of the record, preferred to that of /userinfo',
      {
        user: userOf({ name: { first: 'Ana', last: 'Silva' } }),
        userinfo: { sub: ID, name: { first: 'X', last: 'Y' } },
      },
      { ...none, first: 'Ana', last: 'Silva' },
    ],
  ])('name %s', async (_, answers, name) => {
    expect((await identify(answers)).name).toEqual(name);
  });

  it.each<[string, Answers, string | undefined]>([
    ['of the record', { user: userOf({ email: 'ana@school.example' }) }, 'ana@school.example'],
    [
      'of /userinfo',
      { userinfo: { sub: ID, email: 'ana@school.example', email_verified: false } },
      'ana@school.example',
    ],
    ['that is no address', { user: userOf({ email: 'ana.silva' }) }, 'ana.silva'],
    ['missing', { user: userOf({}), userinfo: { sub: ID } }, undefined],
    ['empty', { user: userOf({ email: '' }), userinfo: { sub: ID, email: '' } }, undefined],
    ['null', { user: userOf({ email: null }) }, undefined],
  ])('e-mail %s', async (_, answers, email) => {
    const identity = await identify(answers);
    expect(identity.email).toBe(email);
    expect(identity.id).toBe(ID);
  });

  it('two people with one e-mail address stay two people, and a new address does not change the person', async () => {
    const shared = { email: 'office@school.example' };
    const [one, changed] = [
      await identify({ user: userOf(shared) }),
      await identify({ user: userOf({ email: 'new@school.example' }) }),
    ];
    expect(one.id).toBe(changed.id);
    const other = clientOf({ me: { data: { id: OTHER, district: DISTRICT } }, userinfo: { sub: OTHER, ...shared } });
    expect((await other.clever.oauth.identify(TOKEN)).id).toBe(OTHER);
  });
});

describe('the role', () => {
  it.each<[string, string | undefined]>([
    ['student', 'student'],
    ['teacher', 'teacher'],
    ['staff', 'staff'],
    ['district_admin', 'district_admin'],
    ['district admin', 'district_admin'],
    ['District Admin', 'district_admin'],
    ['DISTRICT_ADMIN', 'district_admin'],
    ['district-admin', 'district_admin'],
    ['school_admin', 'staff'],
    ['school admin', 'staff'],
    ['School Admin', 'staff'],
    ['SchoolAdmin', 'staff'],
    ['Teacher', 'teacher'],
    [' teacher ', 'teacher'],
    ['contact', 'contact'],
    ['librarian', 'librarian'],
    ['user', undefined],
    ['', undefined],
    [' ', undefined],
    ['constructor', 'constructor'],
    ['toString', 'tostring'],
    ['__proto__', '__proto__'],
    ['hasOwnProperty', 'hasownproperty'],
  ])('user_type %j becomes %j', async (user_type, role) => {
    const identity = await identify({ userinfo: { sub: ID, user_type } });
    expect(identity.role).toBe(role);
    expect(identity.roles).toEqual(role === undefined ? [] : [role]);
  });

  it.each<[string, string[], string]>([
    ['teacher and staff', ['staff', 'teacher'], 'teacher'],
    ['staff and district admin', ['district_admin', 'staff'], 'staff'],
    ['teacher and contact', ['contact', 'teacher'], 'teacher'],
    ['all of them, in any order', ['contact', 'student', 'district_admin', 'staff', 'teacher'], 'teacher'],
    ['contact only', ['contact'], 'contact'],
    ['an unknown one', ['librarian'], 'librarian'],
    ['an unknown one and a known one', ['librarian', 'staff'], 'staff'],
  ])('of %s follows the documented order, not that of the keys', async (_, held, role) => {
    const roles = Object.fromEntries(held.map((name) => [name, {}]));
    const identity = await identify({ user: userOf({ roles }) });
    expect(identity.role).toBe(role);
    expect([...identity.roles].sort()).toEqual([...held].sort());
  });

  it('is that of the current login when Clever names it; roles has all of them', async () => {
    const user = userOf({ roles: { teacher: {}, staff: {}, contact: {} } });
    const identity = await identify({ user, userinfo: { sub: ID, user_type: 'School Admin' } });
    expect(identity.role).toBe('staff');
    expect([...identity.roles].sort()).toEqual(['contact', 'staff', 'teacher']);
  });

  it.each([[{}], [null], [undefined], [{ teacher: null }]])(
    'is undefined without roles (%j), and not an error',
    async (roles) => {
      expect(await identify({ user: userOf({ roles }) })).toMatchObject({ id: ID, roles: [], role: undefined });
    },
  );

  it.each<[string, object]>([
    ['type', { type: 'student', data: { id: ID, district: DISTRICT } }],
    ['data.type', { data: { id: ID, district: DISTRICT, type: 'student' } }],
    ['both', { type: 'student', data: { id: ID, district: DISTRICT, type: 'student' } }],
  ])('is taken from %s of /me where that is all there is, and `user` is no role', async (_, me) => {
    expect(await identify({ me })).toMatchObject({ roles: ['student'], role: 'student' });
    expect(await identify({})).toMatchObject({ roles: [], role: undefined });
  });
});
