import {
  type Assignment,
  type AttendanceRecord,
  type assignmentSchema,
  type attendanceRecordSchema,
  type eventSchema,
  type FullOwnUser,
  type Grade,
  type gradeSchema,
  type LibraryStudent,
  type LibraryTeacher,
  type libraryStudentSchema,
  type libraryTeacherSchema,
  listSchema,
  type ownUserSchema,
  type RosterEvent,
  type RosterEventWith,
  type Section,
  type SensitiveField,
  type StudentRole,
  type Submission,
  sectionSchema,
  type submissionSchema,
  type UnknownEvent,
  type User,
  type UserWith,
  userSchema,
} from 'clever-sdk/schemas';
import { describe, expectTypeOf, it } from 'vitest';
import * as z from 'zod';

/** Never called: the calls below are only compiled. */
const unreached = (check: () => unknown): void => void check;

describe('types of the schemas', () => {
  it('are the documented interfaces', () => {
    expectTypeOf<z.output<typeof userSchema>>().toEqualTypeOf<UserWith<SensitiveField>>();
    expectTypeOf<z.input<typeof userSchema>>().toEqualTypeOf<UserWith<SensitiveField>>();
    expectTypeOf<z.output<typeof sectionSchema>>().toEqualTypeOf<Section>();
    expectTypeOf<z.output<typeof ownUserSchema>>().toEqualTypeOf<FullOwnUser>();
    expectTypeOf<z.output<typeof eventSchema>>().toEqualTypeOf<RosterEventWith<SensitiveField>>();
    expectTypeOf<z.output<typeof libraryTeacherSchema>>().toEqualTypeOf<LibraryTeacher>();
    expectTypeOf<z.output<typeof libraryStudentSchema>>().toEqualTypeOf<LibraryStudent>();
    expectTypeOf<z.output<typeof assignmentSchema>>().toEqualTypeOf<Assignment>();
    expectTypeOf<z.output<typeof submissionSchema>>().toEqualTypeOf<Submission>();
    expectTypeOf<z.output<typeof attendanceRecordSchema>>().toEqualTypeOf<AttendanceRecord>();
    expectTypeOf<z.output<typeof gradeSchema>>().toEqualTypeOf<Grade>();
    expectTypeOf<User>().not.toBeAny();
  });

  it('can be extended, picked from and nested', () => {
    const extended = userSchema.extend({ nickname: z.string() });
    expectTypeOf<z.output<typeof extended>>().toExtend<User & { nickname: string }>();
    const picked = userSchema.pick({ id: true, email: true });
    expectTypeOf<z.output<typeof picked>>().toEqualTypeOf<{ id: string; email?: string | null }>();
    const list = listSchema(sectionSchema);
    expectTypeOf<Extract<z.output<typeof list>, { data: unknown }>['data'][number]>().toEqualTypeOf<
      Section | { data: Section; uri?: string | null }
    >();
  });

  it('keep guaranteed members required, others optional and nullable, and enumerations open', () => {
    expectTypeOf<StudentRole['sis_id']>().toEqualTypeOf<string>();
    expectTypeOf<StudentRole['grade']>().toEqualTypeOf<Grade | null | undefined>();
    expectTypeOf<string>().toExtend<Grade>();
    // @ts-expect-error undefined is not JSON: omit the member
    const role: Pick<StudentRole, 'dob'> = { dob: undefined };
    void role;
  });

  it('narrow an event by its type', () => {
    unreached(() => {
      const event = {} as RosterEvent;
      if (event.type === 'users.updated') {
        expectTypeOf(event.data.object).toEqualTypeOf<User>();
        expectTypeOf(event.data.previous_attributes?.roles?.student?.grade).toEqualTypeOf<Grade | null | undefined>();
      }
      if (event.type === 'sections.deleted') {
        expectTypeOf(event.data.object.id).toEqualTypeOf<string>();
        expectTypeOf(event.data.object.students).toEqualTypeOf<string[] | null | undefined>();
      }
    });
    expectTypeOf<UnknownEvent['type']>().toEqualTypeOf<string>();
  });
});
