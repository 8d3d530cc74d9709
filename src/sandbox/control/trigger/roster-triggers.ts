import { SandboxError } from '../../roster/error.js';
import type { DistrictChange } from '../../world/changes/district-changes.js';
import type { RosterChange } from '../../world/events/roster-edits.js';
import { person, school, section } from './choose.js';
import { type Trigger, type TriggerResult, trigger } from './trigger.js';

const LAST_NAMES = ['Abara', 'Brandt', 'Castellanos'] as const;

/**
 * What happens in a school, by the name that the command line and the dashboard use. A record that is not given is the
 * first one that the change fits.
 */
export const ROSTER_TRIGGERS = {
  enroll: trigger('district', { student: 'text', section: 'text' }, ({ district, owner }, given) => {
    const asked = given.student === undefined ? undefined : person(district, 'student', given.student).id;
    const { id, students = [] } = section(district, given.section, (one) =>
      asked === undefined ? true : !(one.students ?? []).includes(asked),
    );
    const isOther = (one: { readonly id: string }): boolean => !students.includes(one.id);
    const used = { student: asked ?? person(district, 'student', undefined, isOther).id, section: id };
    return changed(owner.changes.enroll(used), used);
  }),
  unenroll: trigger('district', { student: 'text', section: 'text' }, ({ district, owner }, given) => {
    const student = given.student === undefined ? undefined : person(district, 'student', given.student).id;
    // Without its last student, a section would be deleted: the first choice is one that has others.
    const left = section(district, given.section, ({ students = [] }) =>
      student === undefined ? students.length > 1 : students.includes(student),
    );
    const used = { student: student ?? left.students?.[0] ?? '', section: left.id };
    return changed(owner.changes.unenroll(used), used);
  }),
  transfer: trigger(
    'district',
    { student: 'text', school: 'text', sections: 'texts' },
    ({ district, owner }, { sections = [], ...given }) => {
      const { id: student, roles } = person(district, 'student', given.student);
      const { id } = school(district, given.school, (one) => one.id !== roles.student?.school);
      const used = { student, school: id };
      return changed(owner.changes.transfer({ ...used, sections }), used);
    },
  ),
  rename: trigger(
    'district',
    { user: 'text', first: 'text', middle: 'text', last: 'text' },
    ({ district, owner }, { user: asked, ...given }) => {
      const { id: user, name } = person(district, undefined, asked);
      const last = LAST_NAMES.find((one) => one !== name.last) ?? LAST_NAMES[0];
      const renamed = Object.keys(given).length === 0 ? { last } : given;
      return changed(owner.changes.rename({ user, name: renamed }), { user });
    },
  ),
  'add-teacher': trigger('district', { teacher: 'text', section: 'text' }, ({ district, owner }, given) => {
    const { id, teacher: primary, teachers = [] } = section(district, given.section);
    const isOther = (one: { readonly id: string }): boolean => one.id !== primary && !teachers.includes(one.id);
    const used = { teacher: person(district, 'teacher', given.teacher, isOther).id, section: id };
    return changed(owner.changes.addTeacher(used), used);
  }),
  'remove-teacher': trigger('district', { teacher: 'text', section: 'text' }, ({ district, owner }, given) => {
    const asked = given.teacher === undefined ? undefined : person(district, 'teacher', given.teacher).id;
    const coTeachers = (one: { readonly teacher?: string; readonly teachers?: readonly string[] }): string[] =>
      (one.teachers ?? []).filter((id) => id !== one.teacher && (asked === undefined || id === asked));
    const found = section(district, given.section, (one) => coTeachers(one).length > 0);
    const teacher = asked ?? coTeachers(found)[0];
    if (teacher === undefined) {
      throw new SandboxError('Nothing was changed: the section has no co-teacher.');
    }
    const used = { teacher, section: found.id };
    return changed(owner.changes.removeTeacher(used), used);
  }),
  'replace-primary-teacher': trigger(
    'district',
    { teacher: 'text', section: 'text', keepPrevious: 'flag' },
    ({ district, owner }, { keepPrevious = false, ...given }) => {
      const { id, teacher: primary } = section(district, given.section);
      const used = { teacher: person(district, 'teacher', given.teacher, (one) => one.id !== primary).id, section: id };
      return changed(owner.changes.replacePrimaryTeacher({ ...used, keepPrevious }), used);
    },
  ),
  'dissolve-section': trigger('district', { section: 'text' }, ({ district, owner }, given) => {
    const used = { section: section(district, given.section).id };
    return changed(owner.changes.dissolveSection(used), used);
  }),
  'recreate-contact': trigger('district', { contact: 'text' }, ({ district, owner }, given) => {
    const { id: contact } = person(
      district,
      'contact',
      given.contact,
      ({ roles }) => (roles.contact?.['sis_id'] ?? '') === '',
    );
    return changed(owner.changes.recreateContact({ contact }), { contact });
  }),
  'school-year': trigger('district', {}, ({ owner }) => changed(owner.changes.startSchoolYear())),
  'unshare-school': trigger('district', { school: 'text' }, ({ district, owner }, given) => {
    const used = { school: school(district, given.school, ({ id }) => !district.roster.unshared.has(id)).id };
    return changed(owner.changes.unshareSchool(used), used);
  }),
  'share-school': trigger('district', { school: 'text' }, ({ district, owner }, given) => {
    const [first] = owner.unsharedSchools;
    if (given.school === undefined && first === undefined) {
      throw new SandboxError('Nothing was changed: the district shares all of its schools.');
    }
    const used = { school: school(district, given.school ?? first).id };
    return changed(owner.changes.shareSchool(used), used);
  }),
  'add-student': trigger(
    'district',
    { school: 'text', grade: 'text', first: 'text', last: 'text' },
    ({ district, owner }, { grade = '5', first = 'Noor', last = 'Newcomer', ...given }) => {
      const { id: at } = school(district, given.school, ({ id }) => !district.roster.unshared.has(id));
      const change = owner.users.create({ name: { first, last }, roles: { student: { school: at, grade } } });
      return changedOne('created', change, { student: change.id, school: at });
    },
  ),
  'remove-student': trigger('district', { student: 'text' }, ({ district, owner }, given) => {
    const { id: student } = person(district, 'student', given.student);
    return changedOne('deleted', owner.users.delete(student), { student });
  }),
} as const satisfies Readonly<Record<string, Trigger>>;

/** Copies of the lists: the originals show numbers in JSON. */
function changed(
  { created, updated, deleted, eventIds }: DistrictChange,
  used: Readonly<Record<string, string>> = {},
): TriggerResult {
  return { used, created: { ...created }, updated: { ...updated }, deleted: { ...deleted }, eventIds };
}

function changedOne(
  action: 'created' | 'deleted',
  { id, eventId }: RosterChange,
  used: Readonly<Record<string, string>>,
): TriggerResult {
  return { used, [action]: { users: [id] }, eventIds: eventId === undefined ? [] : [eventId] };
}
