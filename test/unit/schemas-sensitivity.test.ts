import * as schemas from 'clever-sdk/schemas';
import { describe, expect, it } from 'vitest';
import type * as z from 'zod';

const schemaOf: Readonly<Record<keyof typeof schemas.SENSITIVITY, z.ZodObject>> = {
  user: schemas.userSchema,
  ownUser: schemas.ownUserSchema,
  school: schemas.schoolSchema,
  section: schemas.sectionSchema,
  course: schemas.courseSchema,
  term: schemas.termSchema,
  district: schemas.districtSchema,
  resource: schemas.resourceSchema,
  assignment: schemas.assignmentSchema,
  submission: schemas.submissionSchema,
  attendanceRecord: schemas.attendanceRecordSchema,
  me: schemas.meSchema,
  userinfo: schemas.userinfoSchema,
  libraryTeacher: schemas.libraryTeacherSchema,
  libraryStudent: schemas.libraryStudentSchema,
  librarySection: schemas.librarySectionSchema,
  token: schemas.tokenSchema,
  tokenInfo: schemas.tokenInfoSchema,
  districtToken: schemas.districtTokenSchema,
};

/** The schema of a member, without what makes it optional or nullable; `undefined` when no such member exists. */
function member(schema: z.core.$ZodType | undefined, path: string): z.core.$ZodType | undefined {
  return path.split('.').reduce<z.core.$ZodType | undefined>((parent, key) => {
    const shape = (parent?._zod.def as { shape?: Record<string, z.core.$ZodType> } | undefined)?.shape;
    let found = shape?.[key];
    while (found !== undefined && 'innerType' in found._zod.def) {
      found = found._zod.def.innerType as z.core.$ZodType;
    }
    return found;
  }, schema);
}

describe('sensitivity', () => {
  it.each(Object.entries(schemas.SENSITIVITY))('of %s names members that exist, and is registered', (kind, fields) => {
    const schema = schemaOf[kind as keyof typeof schemaOf];
    expect(schemas.sensitivity.get(schema)?.fields).toBe(fields);
    expect(Object.keys(fields).filter((path) => member(schema, path) === undefined)).toEqual([]);
  });

  it('has every sensitive field of a student, and only those', () => {
    const names = Object.keys(schemas.sensitiveFieldsSchema.shape).sort();
    expect([...schemas.SENSITIVE_FIELDS].sort()).toEqual(names);
    const listed = Object.entries(schemas.SENSITIVITY.user).filter(([, level]) => level === 'sensitive');
    expect(listed.map(([path]) => path).sort()).toEqual(
      [...names, 'ext'].map((name) => `roles.student.${name}`).sort(),
    );
    const members = Object.keys(schemas.disabilitySchema.shape);
    expect(members.map((name) => schemas.sensitivityOf(`user.roles.student.ext.${name}`))).toEqual(
      members.map(() => 'sensitive'),
    );
    for (const name of names) {
      expect(member(schemas.userSchema, `roles.student.${name}`)).toBeDefined();
    }
  });

  it.each([
    ['user.name.first', 'pii'],
    ['user.email', 'pii'],
    ['user.roles.student.email', 'pii'],
    ['user.roles.student.dob', 'pii'],
    ['user.roles.student.race', 'pii'],
    ['user.roles.student.gender', 'pii'],
    ['user.roles.student.hispanic_ethnicity', 'pii'],
    ['user.roles.student.location.zip', 'pii'],
    ['user.roles.student.credentials.district_username', 'pii'],
    ['user.roles.student.sis_id', 'pii'],
    ['user.roles.student.state_id', 'pii'],
    ['user.roles.student.student_number', 'pii'],
    ['user.roles.student.ell_status', 'sensitive'],
    ['user.roles.student.disability.disability_code', 'sensitive'],
    ['user.roles.student.ext.gifted_status', 'sensitive'],
    ['user.roles.teacher.ext.admin_permissions', 'pii'],
    ['user.roles.teacher.ext.Home Language', 'sensitive'],
    ['section.ext.frl-status', 'sensitive'],
    ['user.roles.0.ell_status', 'sensitive'],
    ['libraryStudent.home_language_code', 'sensitive'],
    ['user.roles.contact.phone', 'pii'],
    ['user.roles.contact.student_relationships.0.student', 'pii'],
    ['ownUser.name.last', 'pii'],
    ['section.students.4', 'pii'],
    ['section.students', 'pii'],
    ['district.district_contact.name.first', 'pii'],
    ['token.access_token', 'secret'],
    ['token.id_token', 'secret'],
    ['districtToken.access_token', 'secret'],
    ['section.subject', undefined],
    ['school.name', undefined],
    ['user.roles', undefined],
    ['user', undefined],
    ['', undefined],
    ['constructor.name', undefined],
    ['user.constructor', undefined],
  ])('of %s is %s', (path, expected) => {
    expect(schemas.sensitivityOf(path)).toBe(expected);
  });
});
