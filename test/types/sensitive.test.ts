import {
  type CleverClient,
  type CleverTokenClient,
  createCleverClient,
  type FrlStatus,
  type Paginated,
  type Redacted,
  type RosterEvent,
  type RosterEventWith,
  redact,
  type SensitiveField,
  type Student,
  type StudentRole,
  type StudentWith,
  type User,
  type UserWith,
  type UserWithRole,
} from 'clever-sdk';
import { describe, expectTypeOf, it } from 'vitest';

declare const clever: CleverTokenClient;
declare const app: CleverClient;
/** Never called: the calls below are only compiled. */
const unreached = (check: () => unknown): void => void check;

describe('sensitive fields in the types', () => {
  it('are absent unless requested', () => {
    unreached(async () => {
      const district = clever.district({ token: 'token' });
      expectTypeOf(district.users.list()).toEqualTypeOf<Paginated<User>>();
      expectTypeOf(district.users.list({ role: 'student' })).toEqualTypeOf<Paginated<Student>>();
      for await (const { roles } of district.users.list({ role: 'student' })) {
        expectTypeOf(roles.student).toEqualTypeOf<StudentRole>();
        expectTypeOf(roles.student.sis_id).toEqualTypeOf<string>();
        // @ts-expect-error not requested
        roles.student.frl_status;
        // @ts-expect-error not requested
        roles.student.disability;
      }
      const user = await district.users.get('id');
      // @ts-expect-error not requested
      user.roles?.student?.home_language;
    });
    expectTypeOf<SensitiveField & keyof StudentRole>().toEqualTypeOf<never>();
  });

  it('appear exactly as named', () => {
    unreached(async () => {
      const district = clever.district({ token: 'token', sensitiveFields: ['frl_status'] });
      expectTypeOf(district.users.list()).toEqualTypeOf<Paginated<UserWith<'frl_status'>>>();
      expectTypeOf(district.users.list({ role: 'student' })).toEqualTypeOf<Paginated<StudentWith<'frl_status'>>>();
      for await (const { roles } of district.sections.listUsers('id', { role: 'student' })) {
        expectTypeOf(roles.student.frl_status).toEqualTypeOf<FrlStatus | null | undefined>();
        // @ts-expect-error another field was requested
        roles.student.iep_status;
      }
      for await (const event of district.events.list()) {
        if (event.type === 'users.updated') {
          event.data.object.roles?.student?.frl_status;
          event.data.previous_attributes?.roles?.student?.frl_status;
          // @ts-expect-error another field was requested
          event.data.object.roles?.student?.iep_status;
          // @ts-expect-error another field was requested
          event.data.previous_attributes?.roles?.student?.iep_status;
        }
      }
    });
  });

  it('appear wherever a client delivers users', () => {
    unreached(() => {
      const { users, sections, schools, resources, events } = app.district({
        districtId: 'id',
        sensitiveFields: ['iep_status', 'ell_status'],
      });
      type Asked = 'iep_status' | 'ell_status';
      expectTypeOf(users.get('id')).resolves.toEqualTypeOf<UserWith<Asked>>();
      expectTypeOf(users.listMyStudents('id')).toEqualTypeOf<Paginated<StudentWith<Asked>>>();
      expectTypeOf(users.listMyTeachers('id')).toEqualTypeOf<Paginated<UserWithRole<'teacher', Asked>>>();
      expectTypeOf(sections.listUsers('id')).toEqualTypeOf<Paginated<UserWith<Asked>>>();
      expectTypeOf(schools.listUsers('id', { role: 'student' })).toEqualTypeOf<Paginated<StudentWith<Asked>>>();
      expectTypeOf(resources.listUsers('id')).toEqualTypeOf<Paginated<UserWith<Asked>>>();
      expectTypeOf(events.list()).toEqualTypeOf<Paginated<RosterEventWith<Asked>>>();
      expectTypeOf(clever.district({ token: 'token' }).events.list()).toEqualTypeOf<Paginated<RosterEvent>>();
    });
  });

  it("are all there with 'all', or with a list whose names are not known", () => {
    unreached(() => {
      const all = clever.district({ token: 'token', sensitiveFields: 'all' });
      expectTypeOf(all.users.list()).toEqualTypeOf<Paginated<UserWith<SensitiveField>>>();
      const names: SensitiveField[] = [];
      const some = clever.district({ token: 'token', sensitiveFields: names });
      expectTypeOf(some.users.list()).toEqualTypeOf<Paginated<UserWith<SensitiveField>>>();
    });
  });

  it('are refused where they do not exist', () => {
    unreached(() => {
      // @ts-expect-error an unknown field
      clever.district({ token: 'token', sensitiveFields: ['frl'] });
      // @ts-expect-error a list, or 'all'
      clever.district({ token: 'token', sensitiveFields: 'frl_status' });
      // @ts-expect-error a Library token has none
      clever.library({ token: 'token', sensitiveFields: ['frl_status'] });
      // @ts-expect-error a user token has none
      clever.user({ token: 'token', sensitiveFields: 'all' });
      // @ts-expect-error requested with clever.district(), not for the whole client
      createCleverClient({ sensitiveFields: 'all' });
    });
  });

  it('let records pass between clients that request more and fewer of them', () => {
    expectTypeOf<StudentWith<'frl_status'>>().toExtend<Student>();
    expectTypeOf<UserWith<SensitiveField>>().toExtend<User>();
    expectTypeOf<Student>().toExtend<User>();
    expectTypeOf<RosterEventWith<'frl_status'>>().toExtend<RosterEvent>();
  });
});

describe('the type of a redacted record', () => {
  it('has every member optional, at every depth', () => {
    unreached(() => {
      const user = redact({} as User);
      expectTypeOf(user).toEqualTypeOf<Redacted<User>>();
      expectTypeOf(user.name?.last).toEqualTypeOf<string | undefined>();
      expectTypeOf(redact([] as User[])).toEqualTypeOf<Redacted<User>[]>();
      // @ts-expect-error no such kind
      redact({}, { kind: 'person' });
      // @ts-expect-error no such class
      redact({}, { classes: ['public'] });
    });
  });
});
