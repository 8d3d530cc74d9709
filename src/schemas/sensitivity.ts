import * as z from 'zod';
import { SENSITIVITY, type SensitivityTable } from '../privacy/registry.js';
import { assignmentSchema } from './assignment.js';
import { attendanceRecordSchema } from './attendance-record.js';
import { courseSchema } from './course.js';
import { districtSchema } from './district.js';
import { librarySectionSchema, libraryStudentSchema, libraryTeacherSchema } from './library.js';
import { meSchema } from './me.js';
import { resourceSchema } from './resource.js';
import { schoolSchema } from './school.js';
import { sectionSchema } from './section.js';
import { submissionSchema } from './submission.js';
import { termSchema } from './term.js';
import { districtTokenSchema, tokenInfoSchema, tokenSchema } from './tokens.js';
import { ownUserSchema, userSchema } from './user.js';
import { userinfoSchema } from './userinfo.js';

/** The metadata that {@link sensitivity} has for a schema. */
export interface SensitivityMetadata {
  /** The class of each field path of the record. A path covers everything below it. */
  fields: SensitivityTable;
}

/**
 * A zod registry that lists the personal, sensitive and secret fields of each schema. {@link SENSITIVITY}
 * has the same data without zod, by kind of record.
 *
 * A schema derived with `.extend` or `.pick` is a new schema and is not registered.
 *
 * @example
 * ```ts
 * import { sensitivity, userSchema } from 'clever-sdk/schemas';
 *
 * sensitivity.get(userSchema)?.fields['roles.student.dob']; // 'pii'
 * ```
 */
export const sensitivity: z.core.$ZodRegistry<SensitivityMetadata> = z
  .registry<SensitivityMetadata>()
  .add(userSchema, { fields: SENSITIVITY.user })
  .add(ownUserSchema, { fields: SENSITIVITY.ownUser })
  .add(schoolSchema, { fields: SENSITIVITY.school })
  .add(sectionSchema, { fields: SENSITIVITY.section })
  .add(courseSchema, { fields: SENSITIVITY.course })
  .add(termSchema, { fields: SENSITIVITY.term })
  .add(districtSchema, { fields: SENSITIVITY.district })
  .add(resourceSchema, { fields: SENSITIVITY.resource })
  .add(assignmentSchema, { fields: SENSITIVITY.assignment })
  .add(submissionSchema, { fields: SENSITIVITY.submission })
  .add(attendanceRecordSchema, { fields: SENSITIVITY.attendanceRecord })
  .add(meSchema, { fields: SENSITIVITY.me })
  .add(userinfoSchema, { fields: SENSITIVITY.userinfo })
  .add(libraryTeacherSchema, { fields: SENSITIVITY.libraryTeacher })
  .add(libraryStudentSchema, { fields: SENSITIVITY.libraryStudent })
  .add(librarySectionSchema, { fields: SENSITIVITY.librarySection })
  .add(tokenSchema, { fields: SENSITIVITY.token })
  .add(tokenInfoSchema, { fields: SENSITIVITY.tokenInfo })
  .add(districtTokenSchema, { fields: SENSITIVITY.districtToken });
