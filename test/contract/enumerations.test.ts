import { readFileSync } from 'node:fs';
import * as schemas from 'clever-sdk/schemas';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { referenceDir, referencePath, skipReason } from '../support/reference.js';

interface Property {
  readonly enum?: readonly string[];
  readonly items?: { readonly enum?: readonly string[] };
}

interface Spec {
  readonly definitions: Readonly<Record<string, { readonly properties?: Readonly<Record<string, Property>> }>>;
}

/** Every closed list of the specification's roster objects, with the SDK's list. */
const table: Readonly<Record<string, readonly string[]>> = {
  'Contact.phone_type': schemas.KNOWN_PHONE_TYPES,
  'Disability.disability_code': schemas.KNOWN_DISABILITY_CODES,
  'Disability.disability_status': schemas.KNOWN_YES_NO,
  'Disability.disability_type': schemas.KNOWN_DISABILITY_TYPES,
  'District.lms_state': schemas.KNOWN_LMS_STATES,
  'District.lms_type': schemas.KNOWN_LMS_TYPES,
  'District.state': schemas.KNOWN_DISTRICT_STATES,
  'Resource.roles': ['student', 'teacher'],
  'School.high_grade': schemas.KNOWN_GRADES,
  'School.low_grade': schemas.KNOWN_GRADES,
  'Section.grade': schemas.KNOWN_GRADES,
  'Section.subject': schemas.KNOWN_SUBJECTS,
  'Student.ell_status': schemas.KNOWN_YES_NO,
  'Student.frl_status': schemas.KNOWN_FRL_STATUSES,
  'Student.gender': schemas.KNOWN_GENDERS,
  'Student.gifted_status': schemas.KNOWN_YES_NO,
  'Student.grade': schemas.KNOWN_GRADES,
  'Student.hispanic_ethnicity': schemas.KNOWN_YES_NO,
  'Student.home_language': schemas.KNOWN_HOME_LANGUAGES,
  'Student.home_language_code': schemas.KNOWN_HOME_LANGUAGE_CODES,
  'Student.race': schemas.KNOWN_RACES,
  'Student.section_504_status': schemas.KNOWN_YES_NO,
  'StudentRelationship.relationship': schemas.KNOWN_RELATIONSHIPS,
  'StudentRelationship.type': schemas.KNOWN_RELATIONSHIP_TYPES,
};

/** The JSON form of a link is not a roster value. */
const NOT_ROSTER = 'Link.rel';

const title = 'known values against the official v3.1 specification';

if (referenceDir === undefined) {
  process.stderr.write(`${title}: ${skipReason}\n`);
}

describe.skipIf(referenceDir === undefined)(referenceDir === undefined ? `${title} (${skipReason})` : title, () => {
  it('cover each list of the specification, value by value', () => {
    const { definitions } = parse(readFileSync(referencePath('openapi', 'v3.1.yml'), 'utf8')) as Spec;
    const specified = Object.entries(definitions).flatMap(([object, { properties = {} }]) =>
      Object.entries(properties).flatMap(([name, property]) => {
        const values = property.enum ?? property.items?.enum;
        return values === undefined
          ? []
          : [[`${object}.${name}`, values.filter((value) => value !== '').sort()] as const];
      }),
    );
    const expected = Object.entries(table).map(([path, values]) => [path, [...values].sort()] as const);
    expect(new Map(specified.filter(([path]) => path !== NOT_ROSTER))).toEqual(new Map(expected));
  });

  it('cover each list of LMS Connect and attendance, value by value', () => {
    const lists: Readonly<Record<string, readonly string[]>> = {
      AssigneeMode: schemas.KNOWN_ASSIGNEE_MODES,
      AssignmentState: schemas.KNOWN_ASSIGNMENT_STATES,
      AttendanceStatus: schemas.KNOWN_ATTENDANCE_STATUSES,
      AttendanceType: schemas.KNOWN_ATTENDANCE_TYPES,
      GradingType: schemas.KNOWN_GRADING_TYPES,
      SubmissionFlag: schemas.KNOWN_SUBMISSION_FLAGS,
      SubmissionState: schemas.KNOWN_SUBMISSION_STATES,
      SubmissionType: schemas.KNOWN_SUBMISSION_TYPES,
    };
    const { definitions } = parse(readFileSync(referencePath('openapi', 'v3.1-client.yml'), 'utf8')) as {
      readonly definitions: Readonly<Record<string, Property>>;
    };
    const specified = Object.entries(definitions).flatMap(([name, definition]) =>
      definition.enum === undefined ? [] : [[name, [...definition.enum].sort()] as const],
    );
    expect(new Map(specified)).toEqual(new Map(Object.entries(lists).map(([name, list]) => [name, [...list].sort()])));
  });

  it('cover the event types', () => {
    const { definitions } = parse(readFileSync(referencePath('openapi', 'v3.1-events.yml'), 'utf8')) as Spec;
    const types = Object.keys(definitions).filter((name) => /^[a-z]+\.(created|updated|deleted)$/u.test(name));
    expect(types.sort()).toEqual([...schemas.KNOWN_EVENT_TYPES].sort());
  });

  it('cover the members of every object', () => {
    const { definitions } = parse(readFileSync(referencePath('openapi', 'v3.1-client.yml'), 'utf8')) as Spec;
    const shapes: Readonly<Record<string, object>> = {
      Assignment: schemas.assignmentSchema.shape,
      Attachment: schemas.attachmentSchema.shape,
      Attendance: schemas.attendanceRecordSchema.shape,
      Contact: schemas.contactRoleSchema.shape,
      Course: schemas.courseSchema.shape,
      Credentials: schemas.userCredentialsSchema.shape,
      Disability: schemas.disabilitySchema.shape,
      District: schemas.districtSchema.shape,
      DistrictAdmin: schemas.districtAdminRoleSchema.shape,
      DistrictContact: schemas.districtContactSchema.shape,
      GradingScale: schemas.gradingScaleSchema.shape,
      GradingScaleEntry: schemas.gradingScaleEntrySchema.shape,
      LmsStatus: schemas.lmsStatusSchema.shape,
      Location: schemas.postalAddressSchema.shape,
      Name: schemas.userNameSchema.shape,
      PreferredName: schemas.partialNameSchema.shape,
      Principal: schemas.principalSchema.shape,
      Resource: schemas.resourceSchema.shape,
      Roles: schemas.userRolesSchema.shape,
      School: schemas.schoolSchema.shape,
      SchoolEnrollment: schemas.schoolEnrollmentSchema.shape,
      Section: schemas.sectionSchema.shape,
      Staff: schemas.staffRoleSchema.shape,
      Student: schemas.studentRoleSchema.shape,
      StudentRelationship: schemas.studentRelationshipSchema.shape,
      Submission: schemas.submissionSchema.shape,
      Teacher: schemas.teacherRoleSchema.shape,
      Term: schemas.termSchema.shape,
      User: schemas.userSchema.shape,
    };
    for (const [object, shape] of Object.entries(shapes)) {
      const members = Object.keys(definitions[object]?.properties ?? {});
      expect([object, members.length]).not.toEqual([object, 0]);
      expect([object, members.filter((member) => !(member in shape))]).toEqual([object, []]);
    }
  });
});
