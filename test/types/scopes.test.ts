import {
  type ApiVersion,
  type Assignment,
  type AttendanceRecord,
  type CleverClient,
  type CleverTokenClient,
  createCleverClient,
  type DistrictClient,
  type DistrictClientV30,
  type EventRecordType,
  type Grade,
  type LibraryClient,
  type LibrarySection,
  type LibraryStudent,
  type LibraryTeacher,
  type LmsReadiness,
  type OwnDistrict,
  type OwnUser,
  type OwnUserRole,
  type OwnUserRoles,
  type Paginated,
  type RosterEvent,
  type Section,
  type Student,
  type Submission,
  type Teacher,
  type User,
  type UserClient,
  type UserWithRole,
} from 'clever-sdk';
import { describe, expectTypeOf, it } from 'vitest';

declare const district: DistrictClient;
declare const library: LibraryClient;
declare const user: UserClient;
/** Never called: the calls below are only compiled. */
const unreached = (check: () => unknown): void => void check;

describe('the Clever Library', () => {
  it('shares the id, the name and the e-mail address of a teacher', () => {
    expectTypeOf<keyof LibraryTeacher>().toEqualTypeOf<'id' | 'name' | 'email'>();
    expectTypeOf<keyof LibraryTeacher['name']>().toEqualTypeOf<'first' | 'middle' | 'last'>();
    unreached(async () => {
      const teacher = await library.getTeacher('id');
      expectTypeOf(teacher).toEqualTypeOf<LibraryTeacher>();
      // @ts-expect-error no district
      teacher.district;
      // @ts-expect-error no school, number or title, which are part of the role
      teacher.roles;
    });
  });

  it('shares the id, the name and the grade of a student', () => {
    expectTypeOf<keyof LibraryStudent>().toEqualTypeOf<'id' | 'name' | 'grade' | 'roles'>();
    expectTypeOf<keyof LibraryStudent['name']>().toEqualTypeOf<'first' | 'last'>();
    expectTypeOf<keyof NonNullable<LibraryStudent['roles']>>().toEqualTypeOf<'student' | 'teacher'>();
    unreached(async () => {
      const [student] = (await library.classroom()).students;
      expectTypeOf(student?.roles?.student?.grade).toEqualTypeOf<Grade | null | undefined>();
      // @ts-expect-error no e-mail address
      student?.email;
      // @ts-expect-error no district
      student?.district;
      // @ts-expect-error no middle name
      student?.name.middle;
      // @ts-expect-error no demographics
      student?.roles?.student?.dob;
      // @ts-expect-error no school
      student?.roles?.student?.school;
      // @ts-expect-error nothing about a co-teacher except the role
      student?.roles?.teacher?.title;
      // @ts-expect-error no other roles
      student?.roles?.contact;
    });
  });

  it('shares the people and the subject of a section', () => {
    expectTypeOf<keyof LibrarySection>().toEqualTypeOf<
      'id' | 'name' | 'section_number' | 'subject' | 'grade' | 'teacher' | 'teachers' | 'students'
    >();
    unreached(async () => {
      for await (const section of library.listSections('id')) {
        expectTypeOf(section).toEqualTypeOf<LibrarySection>();
        // @ts-expect-error no school
        section.school;
        // @ts-expect-error no district
        section.district;
        // @ts-expect-error no course
        section.course;
        // @ts-expect-error no term
        section.term_id;
        // @ts-expect-error no SIS id
        section.sis_id;
      }
      const { teacher, sections } = await library.classroom();
      expectTypeOf(teacher).toEqualTypeOf<LibraryTeacher>();
      // @ts-expect-error no school in the classroom
      sections[0]?.school;
      expectTypeOf(sections[0]?.students).toEqualTypeOf<readonly LibraryStudent[] | undefined>();
    });
  });

  it('has no other calls', () => {
    expectTypeOf<keyof LibraryClient>().toEqualTypeOf<
      'me' | 'userinfo' | 'getTeacher' | 'listSections' | 'listSectionUsers' | 'classroom'
    >();
    unreached(() => {
      // @ts-expect-error no schools, courses, terms, districts, contacts or staff
      library.schools;
      // @ts-expect-error no events
      library.events;
      // @ts-expect-error no paging
      library.listSections('id', { pageSize: 10 });
      // @ts-expect-error no filters
      library.listSectionUsers('id', { role: 'student' });
    });
  });
});

describe('a signed-in person', () => {
  it('has an id, a district, a first and last name, an e-mail address and the names of their roles', () => {
    expectTypeOf<keyof OwnUser>().toEqualTypeOf<'id' | 'district' | 'name' | 'email' | 'roles'>();
    expectTypeOf<keyof NonNullable<OwnUser['name']>>().toEqualTypeOf<'first' | 'last'>();
    expectTypeOf<keyof OwnUserRoles>().toEqualTypeOf<'student' | 'teacher' | 'staff' | 'district_admin' | 'contact'>();
    expectTypeOf<keyof OwnUserRole>().toEqualTypeOf<'legacy_id'>();
    unreached(async () => {
      const own = await user.getUser();
      expectTypeOf(own).toEqualTypeOf<OwnUser>();
      // @ts-expect-error no school
      own.roles?.teacher?.school;
      // @ts-expect-error no grade
      own.roles?.student?.grade;
      // @ts-expect-error no SIS id
      own.roles?.student?.sis_id;
      // @ts-expect-error no birthday
      own.roles?.student?.dob;
      // @ts-expect-error no middle name
      own.name?.middle;
      // @ts-expect-error no roster timestamps
      own.last_modified;
    });
  });

  it('can read the id and name of their own district', () => {
    expectTypeOf<keyof OwnDistrict>().toEqualTypeOf<'id' | 'name'>();
    unreached(async () => {
      const own = await user.getDistrict();
      expectTypeOf(own).toEqualTypeOf<OwnDistrict>();
      // @ts-expect-error Secure Sync only
      own.sis_type;
      // @ts-expect-error Secure Sync only
      own.state;
    });
  });

  it('has no other calls', () => {
    expectTypeOf<keyof UserClient>().toEqualTypeOf<'me' | 'userinfo' | 'getUser' | 'getDistrict'>();
    unreached(() => {
      // @ts-expect-error no sections
      user.sections;
      // @ts-expect-error no events
      user.events;
      // @ts-expect-error no other person
      user.getUser('id');
    });
  });
});

describe('a role', () => {
  it('narrows what a listing delivers', () => {
    unreached(async () => {
      for await (const teacher of district.users.list({ role: 'teacher' })) {
        expectTypeOf(teacher).toExtend<Teacher>();
        expectTypeOf(teacher.roles.teacher.school).toEqualTypeOf<string>();
        expectTypeOf(teacher.roles.staff).toBeNullable();
      }
      for await (const student of district.schools.listUsers('id', { role: 'student', primary: true })) {
        expectTypeOf(student).toExtend<Student>();
        expectTypeOf(student.roles.student.grade).toEqualTypeOf<Grade | null | undefined>();
        // @ts-expect-error the teacher's role may be absent
        student.roles.teacher.title;
        // @ts-expect-error not requested by name
        student.roles.student.frl_status;
      }
      for await (const someone of district.users.list()) {
        // @ts-expect-error any user may have no roles
        someone.roles.teacher;
      }
      // @ts-expect-error a school has no contacts
      district.schools.listUsers('id', { role: 'contact' });
    });
  });

  it('that is one of two gives either, not both', () => {
    unreached(() => {
      const role = 'student' as 'student' | 'teacher';
      expectTypeOf(district.sections.listUsers('id', { role })).toEqualTypeOf<
        Paginated<UserWithRole<'student' | 'teacher'>>
      >();
      expectTypeOf<UserWithRole<'student'>>().toExtend<UserWithRole<'student' | 'teacher'>>();
      expectTypeOf<UserWithRole<'student' | 'teacher'>>().not.toExtend<UserWithRole<'student'>>();
    });
  });
});

describe('an event', () => {
  it('narrows record and previous attributes by its type', () => {
    unreached(async () => {
      for await (const event of district.events.list({
        after: 'id',
        record_type: ['users', 'sections'],
        school: 'id',
      })) {
        expectTypeOf(event).toEqualTypeOf<RosterEvent>();
        if (event.type === 'users.updated') {
          expectTypeOf(event.data.object).toEqualTypeOf<User>();
          const before = event.data.previous_attributes;
          expectTypeOf(before?.roles?.student?.grade).toEqualTypeOf<Grade | null | undefined>();
          expectTypeOf(before?.name?.last).toEqualTypeOf<string | null | undefined>();
          // @ts-expect-error of a user, not of a section
          before?.subject;
          // @ts-expect-error not requested by name
          before?.roles?.student?.iep_status;
          // @ts-expect-error not requested by name
          event.data.object.roles?.student?.home_language;
        }
        if (event.type === 'sections.created') {
          expectTypeOf(event.data.object).toEqualTypeOf<Section>();
          // @ts-expect-error a new record has no previous attributes
          event.data.previous_attributes;
        }
        if (event.type === 'users.deleted') {
          expectTypeOf(event.data.object.id).toEqualTypeOf<string>();
          expectTypeOf(event.data.object.district).toEqualTypeOf<string | null | undefined>();
        }
        // @ts-expect-error no such event
        if (event.type === 'students.updated') {
          return;
        }
      }
    });
  });

  it('has the requested sensitive fields, in both places', () => {
    unreached(async () => {
      const asking = createCleverClient().district({ token: 'token', sensitiveFields: ['frl_status'] });
      for await (const event of asking.events.list()) {
        if (event.type === 'users.updated') {
          void event.data.object.roles?.student?.frl_status;
          void event.data.previous_attributes?.roles?.student?.frl_status;
          // @ts-expect-error another field
          event.data.object.roles?.student?.ell_status;
          // @ts-expect-error another field
          event.data.previous_attributes?.roles?.student?.ell_status;
        }
      }
    });
  });

  it('can be listed with a cursor and with unknown record types', () => {
    unreached(async () => {
      const cursor = await district.events.latestCursor();
      expectTypeOf(cursor).toEqualTypeOf<string>();
      district.events.list({ after: cursor });
      district.events.list({ record_type: 'users' });
      const fromElsewhere: string[] = [];
      district.events.list({ record_type: fromElsewhere });
      expectTypeOf<'users'>().toExtend<EventRecordType>();
      // @ts-expect-error not a number
      district.events.list({ after: 5 });
      // @ts-expect-error Clever's spelling
      district.events.list({ recordType: 'users' });
    });
  });
});

describe('LMS Connect and attendance', () => {
  it('accept and return their documented shapes', () => {
    unreached(async () => {
      const homework = { title: 'A', description: 'B', due_date: '2030-01-01' };
      expectTypeOf(
        await district.assignments.create('s', homework, { isSafeToRepeat: true }),
      ).toEqualTypeOf<Assignment>();
      expectTypeOf(await district.assignments.update('s', 'a', { title: 'B' })).toEqualTypeOf<Assignment>();
      expectTypeOf(district.assignments.delete('s', 'a')).toEqualTypeOf<Promise<void>>();
      expectTypeOf(district.submissions.list('s', 'a', { pageSize: 5 })).toEqualTypeOf<Paginated<Submission>>();
      expectTypeOf(await district.submissions.update('s', 'a', 'u', { grade: 'A' })).toEqualTypeOf<Submission>();
      expectTypeOf(await district.lms.check({ sectionId: 's' })).toEqualTypeOf<LmsReadiness>();
      const absent = district.attendance.listForSchool('s', { attendance_status: 'absent', pageSize: 5 });
      expectTypeOf(absent).toEqualTypeOf<Paginated<AttendanceRecord>>();
      // @ts-expect-error a due date is required
      district.assignments.create('s', { title: 'A', description: 'B' });
      // @ts-expect-error the state is the learning management system's own
      district.assignments.update('s', 'a', { state: 'open' });
      // @ts-expect-error reads are always safe to repeat
      district.assignments.get('s', 'a', { isSafeToRepeat: true });
      // @ts-expect-error Clever cannot list assignments
      district.assignments.list('s');
      // @ts-expect-error Clever's spelling
      district.attendance.listForSchool('s', { status: 'absent' });
    });
  });

  it('do not exist in API v3.0', () => {
    unreached(() => {
      const old = createCleverClient({ apiVersion: 'v3.0' });
      expectTypeOf(old).toEqualTypeOf<CleverTokenClient<'v3.0'>>();
      const client = old.district({ token: 'token' });
      expectTypeOf(client).toEqualTypeOf<DistrictClientV30>();
      // @ts-expect-error since v3.1
      client.assignments;
      // @ts-expect-error since v3.1
      client.submissions;
      // @ts-expect-error since v3.1
      client.attendance;
      // @ts-expect-error since v3.1
      client.lms;
      expectTypeOf(client.events.list()).toEqualTypeOf<Paginated<RosterEvent>>();

      const app = createCleverClient({ apiVersion: 'v3.0', clientId: 'id', clientSecret: 'secret' });
      expectTypeOf(app).toEqualTypeOf<CleverClient<'v3.0'>>();
      // @ts-expect-error since v3.1
      app.district({ districtId: 'id' }).assignments;
    });
  });

  it('exist in API v3.1, and not when the version is unknown to the compiler', () => {
    unreached(() => {
      expectTypeOf(createCleverClient({ apiVersion: 'v3.1' })).toEqualTypeOf<CleverTokenClient>();
      expectTypeOf(createCleverClient().district({ token: 'token' })).toEqualTypeOf<DistrictClient>();
      const apiVersion = 'v3.1' as ApiVersion;
      // @ts-expect-error perhaps v3.0
      createCleverClient({ apiVersion }).district({ token: 'token' }).lms;
      expectTypeOf<DistrictClient>().toExtend<DistrictClientV30>();
    });
  });
});
