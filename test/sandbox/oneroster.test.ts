import { createCleverClient } from 'clever-sdk';
import {
  createSandbox,
  districtFromOneRoster,
  type OneRosterDistrict,
  OneRosterFilesError,
  SandboxError,
} from 'clever-sdk/sandbox';
import { describe, expect, it } from 'vitest';

/*
 * Files as a student information system exports them: ids of its own, version 1.1, one role for each person.
 */

const FILES: Readonly<Record<string, readonly string[]>> = {
  'manifest.csv': [
    'propertyName,value',
    'manifest.version,1.0',
    'oneroster.version,1.1',
    ...['academicSessions', 'classes', 'courses', 'demographics', 'enrollments', 'orgs', 'users'].map(
      (file) => `file.${file},bulk`,
    ),
    ...['categories', 'classResources', 'courseResources', 'lineItems', 'resources', 'results'].map(
      (file) => `file.${file},absent`,
    ),
  ],
  'orgs.csv': [
    'sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId',
    'dist-1,,,Exampleton ISD,district,4812345,',
    'sch-1,,,Elm Elementary,school,101,dist-1',
    'sch-2,,,Oak High,school,102,dist-1',
    'dep-1,,,Math Department,department,,sch-2',
  ],
  'academicSessions.csv': [
    'sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear',
    'sy,,,2026-27,schoolYear,2026-08-01,2027-06-15,,2027',
    'sem1,,,Semester 1,semester,2026-08-17,2027-01-15,sy,2027',
    'term1,,,Term 1,term,2026-08-17,2026-11-15,sem1,2027',
  ],
  'courses.csv': [
    'sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes',
    'crs-1,,,sy,Algebra I,02052,09,dist-1,Mathematics,02052',
  ],
  'classes.csv': [
    'sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods',
    'cls-1,,,Algebra I - 2,"09,10",crs-1,2,scheduled,R 12,sch-2,"term1,sem1",Mathematics,02052,"1,3"',
    'cls-2,,,Empty,,crs-1,3,scheduled,,sch-2,term1,,,',
  ],
  'users.csv': [
    'sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password',
    'stu-1,,,true,"sch-2,sch-1",student,ana,,Ana,Quill,M,9001,ana@example.org,,,par-1,09,secret',
    'tea-1,,,true,sch-2,teacher,tcher,"{LDAP:t1}",Tea,Cher,,T1,tea@example.org,,,,,',
    'adm-1,,,true,sch-2,administrator,adm,,Ad,Min,,A1,adm@example.org,,,,,',
    'adm-2,,,true,dist-1,administrator,sup,,Sup,Er,,A2,sup@example.org,,,,,',
    'par-1,,,true,sch-2,guardian,par,,Par,Ent,,,par@example.org,5551234567,,stu-1,,',
  ],
  'enrollments.csv': [
    'sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate',
    'enr-1,,,cls-1,sch-2,stu-1,student,,2026-08-17,2026-11-15',
    'enr-2,,,cls-1,sch-2,tea-1,teacher,true,,',
    'enr-3,,,cls-2,sch-2,tea-1,teacher,true,,',
  ],
  'demographics.csv': [
    'sourcedId,status,dateLastModified,birthDate,sex,americanIndianOrAlaskaNative,asian,blackOrAfricanAmerican,nativeHawaiianOrOtherPacificIslander,white,demographicRaceTwoOrMoreRaces,hispanicOrLatinoEthnicity,countryOfBirthCode,stateOfBirthAbbreviation,cityOfBirth,publicSchoolResidenceStatus',
    'stu-1,,,2012-02-29,female,false,true,false,false,true,false,true,,,,',
  ],
};

function files(changes: Readonly<Record<string, readonly string[] | undefined>> = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries({ ...FILES, ...changes }).flatMap(([name, lines]) =>
      lines === undefined ? [] : [[name, lines.map((line) => `${line}\r\n`).join('')] as const],
    ),
  );
}

/** Loads the files, without the class that has no students, unless it is asked to throw. */
const load = (changes = {}, options: object = { onProblem: 'skip' }): Promise<OneRosterDistrict> =>
  districtFromOneRoster(files(changes), options);

/** A file with one of its lines replaced. */
function changed(name: string, line: number, text: string) {
  return { [name]: (FILES[name] ?? []).with(line - 1, text) };
}

describe('districts of OneRoster files', () => {
  it('have people, classes and places as Clever shows them', async () => {
    const {
      users = [],
      sections = [],
      schools,
      terms,
      courses,
      district,
      problems,
    } = await load({}, { onProblem: 'skip' });
    const byName = (first: string) => users.find((user) => JSON.stringify(user).includes(`"${first}"`)) ?? { id: '' };
    expect(district).toMatchObject({ name: 'Exampleton ISD', nces_id: '4812345', sis_type: 'sftp' });
    expect(schools).toMatchObject([
      { name: 'Elm Elementary', school_number: '101', sis_id: 'sch-1' },
      { name: 'Oak High', school_number: '102' },
    ]);
    expect(terms?.map((term) => (term as { name?: string }).name)).toEqual(['Semester 1', 'Term 1']);
    expect(courses).toMatchObject([{ name: 'Algebra I', number: '02052' }]);
    const [elm, oak] = schools ?? [];
    expect(byName('Ana')).toMatchObject({
      email: 'ana@example.org',
      name: { first: 'Ana', middle: 'M', last: 'Quill' },
      roles: {
        student: {
          ...{ school: oak?.id, schools: [oak?.id, elm?.id], sis_id: 'stu-1', student_number: '9001', grade: '9' },
          ...{ dob: '2/29/2012', gender: 'F', race: 'Two or More Races', hispanic_ethnicity: 'Y' },
          credentials: { district_username: 'ana' },
        },
      },
    });
    expect(byName('Tea')).toMatchObject({ roles: { teacher: { school: oak?.id, teacher_number: 'T1' } } });
    expect(byName('Ad')).toMatchObject({ roles: { staff: { schools: [oak?.id], staff_id: 'A1' } } });
    expect(byName('Sup')).toMatchObject({ roles: { district_admin: {} } });
    expect(byName('Par Ent')).toMatchObject({
      name: { last: 'Par Ent' },
      roles: {
        contact: {
          phone: '5551234567',
          phone_type: 'Cell',
          student_relationships: [{ student: byName('Ana').id, relationship: 'Other', type: 'Parent/Guardian' }],
        },
      },
    });
    expect(sections).toMatchObject([
      {
        ...{ name: 'Algebra I - 2', subject: 'math', grade: '9', period: '1,3', section_number: '2', sis_id: 'cls-1' },
        ...{ school: oak?.id, teacher: byName('Tea').id, students: [byName('Ana').id], term_id: terms?.[1]?.id },
      },
    ]);
    expect(problems).toMatchObject([{ file: 'classes.csv', line: 3, rule: 'no-people' }]);
    expect(JSON.stringify(users)).not.toContain('secret');
  });

  it('have ids that stay when the files are loaded again, edited or in another order', async () => {
    const first = await load();
    const again = await load(changed('users.csv', 2, FILES['users.csv']?.[1]?.replace('Ana', 'Anna') ?? ''));
    expect(again.users?.map(({ id }) => id)).toEqual(first.users?.map(({ id }) => id));
    expect(first.users?.every(({ id }) => /^[0-9a-f]{24}$/u.test(id))).toBe(true);
    const renamed = await load({}, { name: 'Another', onProblem: 'skip' });
    expect(renamed.users?.[0]?.id).not.toBe(first.users?.[0]?.id);
  });

  it('are served like any other', async () => {
    const sandbox = createSandbox({ districts: [await load()] });
    const district = createCleverClient({ ...sandbox.clientOptions() }).district({ token: sandbox.districts[0].token });
    const teachers = await district.users.list({ role: 'teacher', validation: 'strict' }).toArray({ maxItems: 10 });
    const [section] = await district.sections.list({ validation: 'strict' }).toArray({ maxItems: 10 });
    expect(teachers.map(({ id }) => id)).toEqual([section?.teacher]);
    await sandbox.close();
  });

  it('throw for anything that is wrong, with every problem and no value', async () => {
    const broken = {
      ...changed('users.csv', 3, 'CANARY-1,,,perhaps,sch-2,teacher,tcher,,Tea,CANARY,,T1,CANARY@example.org,,,,,'),
      ...changed('enrollments.csv', 2, 'enr-1,,,cls-1,sch-2,CANARY-2,student,,,'),
    };
    const error = await load(broken, {}).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(OneRosterFilesError);
    expect(error).toBeInstanceOf(SandboxError);
    const { message, problems, total } = error as OneRosterFilesError;
    expect(problems.map(({ file, line, column }) => [file, line, column])).toEqual([
      ['users.csv', 3, 'enabledUser'],
      ['enrollments.csv', 2, 'userSourcedId'],
      ['enrollments.csv', 3, 'userSourcedId'],
      ['enrollments.csv', 4, 'userSourcedId'],
    ]);
    expect(total).toBe(4);
    expect(message).toMatch(
      /^The OneRoster files have 4 problems; nothing was loaded\.\n- users\.csv, line 3, enabledUser: /u,
    );
    expect(`${message}${JSON.stringify(error)}`).not.toContain('CANARY');
  });

  it('throw for rows that would be left out, and load when there are none', async () => {
    const users = [
      ...(FILES['users.csv'] ?? []),
      'stu-2,,,true,dist-1,student,ben,,Ben,CANARY,M,9002,ben@example.org,,,,09,',
    ];
    const error = await load({ 'users.csv': users }, {}).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(OneRosterFilesError);
    const { problems, message } = error as OneRosterFilesError;
    expect(problems.map(({ file, line, rule }) => [file, line, rule])).toEqual([
      ['classes.csv', 3, 'no-people'],
      ['users.csv', 7, 'no-school'],
    ]);
    expect(message).toMatch(/^The OneRoster files have 2 problems; nothing was loaded\./u);
    expect(`${message}${JSON.stringify(error)}`).not.toContain('CANARY');
    const sound = await load(
      {
        'classes.csv': FILES['classes.csv']?.slice(0, -1),
        'enrollments.csv': FILES['enrollments.csv']?.slice(0, -1),
      },
      {},
    );
    expect([sound.sections?.length, sound.problems]).toEqual([1, []]);
  });

  it('leave out what is wrong on request, and keep the rest', async () => {
    const lines = (FILES['users.csv'] ?? [])
      .with(3, 'adm-1,,,true,sch-2,headmaster,adm,,Ad,Min,,A1,,,,,,')
      .with(5, 'par-1,,,true,sch-9,guardian,par,,Par,Ent,,,,,,stu-1,,');
    const broken = { 'users.csv': lines };
    const { users, sections, problems } = await load(broken, { onProblem: 'skip' });
    expect([users?.length, sections?.length]).toEqual([3, 1]);
    expect(problems.map(({ file, line, rule }) => [file, line, rule])).toEqual([
      ['classes.csv', 3, 'no-people'],
      ['users.csv', 4, 'cell-word'],
      ['users.csv', 6, 'reference'],
    ]);
  });

  it.for<[string, Record<string, readonly string[] | undefined>, RegExp]>([
    [
      'deltas',
      { 'manifest.csv': FILES['manifest.csv']?.map((line) => line.replace('users,bulk', 'users,delta')) },
      /is a delta file/u,
    ],
    [
      'files without people',
      { 'users.csv': FILES['users.csv']?.slice(0, 1) },
      /users\.csv: has no row that could be loaded/u,
    ],
    [
      'files of another kind',
      { ...Object.fromEntries(Object.keys(FILES).map((name) => [name, undefined])), 'students.csv': ['a'] },
      /orgs\.csv: has no row/u,
    ],
  ])('refuse %s, also when they skip', async ([, changes, message]) => {
    await expect(load(changes, { onProblem: 'skip' })).rejects.toThrow(message);
  });

  it.for<[string, unknown, object, RegExp]>([
    ['a path that does not exist', '/nowhere/OneRoster.zip', {}, /does not exist/u],
    ['another type', 7, {}, /path of a zip file/u],
    ['an unknown option', files(), { strict: true }, /has no option `strict`/u],
    ['a blank name', files(), { name: ' ' }, /must be text/u],
    ['an unknown mode', files(), { onProblem: 'ignore' }, /'throw' \(the default\) or 'skip'/u],
  ])('refuse %s', async ([, source, options, message]) => {
    const loading = districtFromOneRoster(source as never, options);
    await expect(loading).rejects.toThrow(message);
    await expect(loading).rejects.toBeInstanceOf(SandboxError);
  });

  it('are refused when the file is no zip file', async () => {
    const loading = districtFromOneRoster(new TextEncoder().encode('CANARY'), { onProblem: 'skip' });
    await expect(loading).rejects.toThrow(
      /^The OneRoster files have one problem; nothing was loaded\.\n- archive: .*not a zip file/u,
    );
  });
});
