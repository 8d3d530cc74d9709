import {
  type Assignment,
  type AttendanceRecord,
  type assignmentSchema,
  type attendanceRecordSchema,
  type Event,
  type EventWith,
  type eventSchema,
  type FullOwnUser,
  type Grade,
  gradeSchema,
  type LibraryStudent,
  type LibraryTeacher,
  type libraryStudentSchema,
  type libraryTeacherSchema,
  listSchema,
  type ownUserSchema,
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
import { looseRecord, optional } from '../../src/schemas/loose.js';
import type { RecordTypes } from '../../src/schemas/record.js';

/** Never called: the calls below are for the compiler. */
const unreached = (check: () => unknown): void => void check;

interface Sample {
  id: string;
  note?: string | null;
  grade: Grade;
  parts: { name?: string | null }[];
}

describe('types of the schemas', () => {
  it('are the documented interfaces', () => {
    expectTypeOf<z.output<typeof userSchema>>().toEqualTypeOf<UserWith<SensitiveField>>();
    expectTypeOf<z.input<typeof userSchema>>().toEqualTypeOf<UserWith<SensitiveField>>();
    expectTypeOf<z.output<typeof sectionSchema>>().toEqualTypeOf<Section>();
    expectTypeOf<z.output<typeof ownUserSchema>>().toEqualTypeOf<FullOwnUser>();
    expectTypeOf<z.output<typeof eventSchema>>().toEqualTypeOf<EventWith<SensitiveField>>();
    expectTypeOf<z.output<typeof libraryTeacherSchema>>().toEqualTypeOf<LibraryTeacher>();
    expectTypeOf<z.output<typeof libraryStudentSchema>>().toEqualTypeOf<LibraryStudent>();
    expectTypeOf<z.output<typeof assignmentSchema>>().toEqualTypeOf<Assignment>();
    expectTypeOf<z.output<typeof submissionSchema>>().toEqualTypeOf<Submission>();
    expectTypeOf<z.output<typeof attendanceRecordSchema>>().toEqualTypeOf<AttendanceRecord>();
    expectTypeOf<z.output<typeof gradeSchema>>().toEqualTypeOf<Grade>();
    expectTypeOf<User>().not.toBeAny();
    expectTypeOf<RecordTypes[keyof RecordTypes]>().not.toBeAny();
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
    // @ts-expect-error undefined is not JSON: leave the member out
    const role: Pick<StudentRole, 'dob'> = { dob: undefined };
    void role;
  });

  it('narrow an event by its type', () => {
    unreached(() => {
      const event = {} as Event;
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

describe('looseRecord', () => {
  const name = looseRecord<{ name?: string | null }>()({ name: optional(z.string()) });
  const shape = { id: z.string(), note: optional(z.string()), grade: gradeSchema, parts: z.array(name) };

  it('takes a schema that is equal to its interface', () => {
    expectTypeOf<z.output<ReturnType<typeof equal>>>().toEqualTypeOf<Sample>();
    function equal() {
      return looseRecord<Sample>()(shape);
    }
  });

  it('does not compile with any other', () => {
    unreached(() => {
      const { note: _, ...withoutNote } = shape;
      // @ts-expect-error a missing member
      looseRecord<Sample>()(withoutNote);
      // @ts-expect-error a superfluous member
      looseRecord<Sample>()({ ...shape, extra: z.string() });
      // @ts-expect-error a narrower member: not nullable
      looseRecord<Sample>()({ ...shape, note: z.exactOptional(z.string()) });
      // @ts-expect-error a narrower member: required
      looseRecord<Sample>()({ ...shape, note: z.nullable(z.string()) });
      // @ts-expect-error a wider member: undefined is not JSON
      looseRecord<Sample>()({ ...shape, note: z.optional(z.nullable(z.string())) });
      // @ts-expect-error a wider member: optional
      looseRecord<Sample>()({ ...shape, id: z.exactOptional(z.string()) });
      // @ts-expect-error another type
      looseRecord<Sample>()({ ...shape, id: z.number() });
      // @ts-expect-error a closed enumeration
      looseRecord<Sample>()({ ...shape, grade: z.enum(['1', '2']) });
      // @ts-expect-error a plain string where the interface offers known values
      looseRecord<Sample>()({ ...shape, grade: z.string() });
      // @ts-expect-error a difference further down
      looseRecord<Sample>()({ ...shape, parts: z.array(z.object({ name: z.string() })) });
      // @ts-expect-error a default: input and output differ
      looseRecord<Sample>()({ ...shape, id: z.string().default('') });
      // @ts-expect-error a transform: input and output differ
      looseRecord<Sample>()({ ...shape, id: z.coerce.string() });
      // @ts-expect-error no types at all
      looseRecord<Sample>()({ ...shape, id: z.any() });
    });
  });
});
