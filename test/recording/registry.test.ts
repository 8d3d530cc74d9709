import { SENSITIVITY } from 'clever-sdk/schemas';
import { describe, expect, it } from 'vitest';
import { attributesOf } from '../../src/recording/anonymity/attributes.js';
import { KINDS } from '../../src/recording/capture/kinds.js';
import { type Members, RECORD_MEMBERS, ROLE_MEMBERS, type Treatment } from '../../src/recording/members/members.js';

/** The treatment of a member by its path; `undefined` for one that is replaced because no rule knows it. */
function treatmentOf(members: Members, path: string): Treatment | undefined {
  const [first = '', ...rest] = path.split('.');
  const treatment = Object.hasOwn(members, first) ? members[first] : undefined;
  return rest.length > 0 && typeof treatment === 'object' && 'members' in treatment
    ? treatmentOf(treatment.members, rest.join('.'))
    : treatment;
}

/** Whether values of a treatment stay as they are, in whole or in part. */
function stays(treatment: Treatment | undefined): boolean {
  if (treatment === undefined || typeof treatment === 'string') {
    return treatment === 'flag' || treatment === 'date';
  }
  if ('members' in treatment) {
    return Object.values(treatment.members).some(stays);
  }
  return 'each' in treatment ? stays(treatment.each) : true;
}

const isShared = (path: string): boolean => {
  const [, role = '', member = ''] = path.split('.');
  return attributesOf([role]).some(({ part, members }) => part === role && members.includes(member));
};

describe('what the registry calls personal or sensitive', () => {
  it.for(Object.keys(SENSITIVITY.user))('user.%s is replaced, or shared by a group', (path) => {
    expect(stays(treatmentOf(RECORD_MEMBERS.users, path)) && !isShared(path)).toBe(false);
  });

  it.for([
    ...Object.keys(SENSITIVITY.school).map((path) => ['schools', path] as const),
    ...Object.keys(SENSITIVITY.section).map((path) => ['sections', path] as const),
    ...Object.keys(SENSITIVITY.district).map((path) => ['districts', path] as const),
  ])('%s.%s is replaced', ([kind, path]) => {
    expect(stays(treatmentOf(RECORD_MEMBERS[kind], path))).toBe(false);
  });
});

it('keeps of people only what a group shares', () => {
  const kept = Object.entries(ROLE_MEMBERS).flatMap(([role, members]) =>
    Object.keys(members)
      .filter((member) => stays(members[member]))
      .map((member) => `roles.${role}.${member}`),
  );
  expect(kept.length).toBeGreaterThan(10);
  expect(kept.filter((path) => !isShared(path))).toEqual([]);
  expect(KINDS).toEqual(
    Object.keys(RECORD_MEMBERS).sort((a, b) => KINDS.indexOf(a as never) - KINDS.indexOf(b as never)),
  );
});
