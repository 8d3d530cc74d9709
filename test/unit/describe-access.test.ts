import { describeAccess } from 'clever-sdk';
import * as schemas from 'clever-sdk/schemas';
import { SENSITIVE_FIELDS } from 'clever-sdk/values';
import { describe, expect, it } from 'vitest';

const SECURE_SYNC = [
  ...['district_admins', 'districts', 'resources', 'school_admins', 'schools', 'sections', 'student_contacts'],
  ...['students', 'teachers', 'user_id'],
].map((subject) => `read:${subject}`);

const fieldsOf = (scopes: readonly string[], subject: string): readonly string[] =>
  describeAccess(scopes).visible.find((one) => one.subject === subject)?.fields ?? [];

describe('describeAccess()', () => {
  it('of Secure Sync sees every kind in full and no sensitive field', () => {
    const access = describeAccess(SECURE_SYNC);
    expect(access.visible.map(({ level }) => level)).toEqual(SECURE_SYNC.slice(1).map(() => 'full'));
    expect(access.sensitiveFields).toEqual([]);
    expect(access.unknownScopes).toEqual([]);
    expect(access.missing.map(({ what }) => what)).toEqual(SENSITIVE_FIELDS.map((field) => `roles.student.${field}`));
    for (const { ask } of access.missing) {
      expect(ask).toEqual([
        expect.stringMatching(/^Clever: an extra scope/u),
        expect.stringMatching(/^the district:/u),
      ]);
    }
  });

  it('lists a sensitive field as soon as its scope is granted', () => {
    const access = describeAccess([...SECURE_SYNC, 'read:frl_status', 'read:ell_status']);
    expect(access.sensitiveFields).toEqual(['ell_status', 'frl_status']);
    expect(access.missing.map(({ scope }) => scope)).not.toContain('read:ell_status');
    expect(access.missing.map(({ scope }) => scope)).toContain('read:iep_status');
    expect(access.text).toContain('Sensitive student fields: ell_status, frl_status.');
  });

  it('of single sign-on sees names and addresses, and says how to get the rest', () => {
    const access = describeAccess(['read:students_basic', 'read:teachers_basic', 'read:user_id']);
    expect(access.visible.map(({ subject, level }) => [subject, level])).toEqual([
      ['students', 'basic'],
      ['teachers', 'basic'],
    ]);
    expect(fieldsOf(['read:students_basic'], 'students')).toEqual(['id', 'district', 'name', 'email']);
    const students = access.missing.find(({ what }) => what === 'students');
    expect(students).toMatchObject({ scope: 'read:students' });
    expect(students?.ask[0]).toContain('Secure Sync');
    expect(access.missing.find(({ what }) => what === 'roles.student.frl_status')?.ask).toHaveLength(3);
  });

  it('of the Library sees only a few fields', () => {
    expect(fieldsOf(['read:students_limited'], 'students')).toEqual(['id', 'name', 'roles.student.grade']);
    expect(fieldsOf(['read:sections_limited'], 'sections')).not.toContain('school');
  });

  it('uses the widest of several levels, and counts repeated scopes once', () => {
    const access = describeAccess(['read:students_limited', 'read:students', 'read:students', 'read:students_basic']);
    expect(access.visible).toEqual([
      { subject: 'students', level: 'full', fields: fieldsOf(['read:students'], 'students') },
    ]);
  });

  it('treats the old catch-all scope as everything but resources', () => {
    const subjects = describeAccess(['read:sis']).visible.map(({ subject }) => subject);
    expect(subjects).toEqual(expect.arrayContaining(['students', 'schools', 'sections', 'districts']));
    expect(subjects).not.toContain('resources');
  });

  it('lists unknown scopes as unknown, unchanged', () => {
    const scopes = ['write:lms', 'read:students', 'toString', '', 'write:lms'];
    expect(describeAccess(scopes).unknownScopes).toEqual(['write:lms', 'toString', '']);
    expect(describeAccess(scopes).text).toContain('Unknown scopes: write:lms');
  });

  it('of nothing sees nothing', () => {
    const access = describeAccess([]);
    expect(access).toMatchObject({ visible: [], sensitiveFields: [], unknownScopes: [] });
    expect(access.text).toContain('Visible: nothing.');
    expect(access.missing.length).toBeGreaterThan(SENSITIVE_FIELDS.length);
  });

  it('names exactly the fields that the schemas document, except sensitive ones', () => {
    const shape = (schema: { readonly shape: object }): string[] => Object.keys(schema.shape);
    const user = shape(schemas.userSchema).filter((name) => name !== 'roles');
    const below = (role: string, schema: { readonly shape: object }): string[] =>
      shape(schema)
        .filter((name) => !SENSITIVE_FIELDS.some((field) => field === name))
        .map((name) => `roles.${role}.${name}`);
    const documented = {
      students: [...user, ...below('student', schemas.studentRoleSchema)],
      teachers: [...user, ...below('teacher', schemas.teacherRoleSchema)],
      school_admins: [...user, ...below('staff', schemas.staffRoleSchema)],
      district_admins: [...user, ...below('district_admin', schemas.districtAdminRoleSchema)],
      student_contacts: [...user, ...below('contact', schemas.contactRoleSchema)],
      districts: shape(schemas.districtSchema),
      schools: shape(schemas.schoolSchema),
      sections: shape(schemas.sectionSchema),
      resources: shape(schemas.resourceSchema),
    };
    for (const [subject, fields] of Object.entries(documented)) {
      expect([subject, ...[...fieldsOf([`read:${subject}`], subject)].sort()]).toEqual([subject, ...fields.sort()]);
    }
    expect([...fieldsOf(['read:sections_limited'], 'sections')].sort()).toEqual(
      shape(schemas.librarySectionSchema).sort(),
    );
  });
});
