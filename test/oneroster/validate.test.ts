import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { type OneRosterInput, type OneRosterProblem, validateOneRoster } from 'clever-sdk/oneroster';
import { describe, expect, vi } from 'vitest';
import { exported, it } from './support.js';

vi.setConfig({ testTimeout: 60_000 });

const NOW = new Date('2027-02-01T12:00:00Z');
const CANARY = 'Canary';

/** Rows as they are in a sound set of files of 1.2; tests change one thing at a time. */
const SOUND = {
  'orgs.csv': [
    'sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId',
    'd1,,,District,district,,',
    's1,,,School,school,1,d1',
  ],
  'academicSessions.csv': [
    'sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear',
    'y1,,,2026-2027,schoolYear,2026-07-01,2027-06-30,,2027',
    't1,,,Spring,term,2027-01-10,2027-06-01,y1,2027',
  ],
  'courses.csv': [
    'sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes',
    'c1,,,y1,Algebra,1,,d1,,',
  ],
  'classes.csv': [
    'sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods',
    'k1,,,Algebra 1,09,c1,1,scheduled,,s1,t1,math,02,"1,2"',
  ],
  'users.csv': [
    'sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns',
    'u1,,,true,ada,{SIS:1},Ada,Quill,,1,,,,u3,09,,,,,,s1,',
    'u2,,,true,teach,,Tea,Cher,,2,,,,,,,,,,,s1,',
    'u3,,,true,par,,Par,Ent,,,,,,,,,,,,,,',
  ],
  'roles.csv': [
    'sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId',
    'r1,,,u1,primary,student,,,s1,',
    'r2,,,u2,primary,teacher,,,s1,',
    'r3,,,u3,primary,parent,,,d1,',
  ],
  'enrollments.csv': [
    'sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate',
    'e1,,,k1,s1,u1,student,,,',
    'e2,,,k1,s1,u2,teacher,true,,',
  ],
  'demographics.csv': [
    'sourcedId,status,dateLastModified,birthDate,sex,americanIndianOrAlaskaNative,asian,blackOrAfricanAmerican,nativeHawaiianOrOtherPacificIslander,white,demographicRaceTwoOrMoreRaces,hispanicOrLatinoEthnicity,countryOfBirthCode,stateOfBirthAbbreviation,cityOfBirth,publicSchoolResidenceStatus',
    'u1,,,2012-02-29,other,,true,,,,,false,,,,',
  ],
} as const;

type Name = keyof typeof SOUND | 'manifest.csv';

const ABSENT = [
  ...['categories', 'classResources', 'courseResources', 'lineItemLearningObjectiveIds', 'lineItems'],
  ...['lineItemScoreScales', 'resources', 'resultLearningObjectiveIds', 'results', 'resultScoreScales', 'scoreScales'],
  ...['userProfiles', 'userResources'],
];

const MANIFEST = [
  'propertyName,value',
  'manifest.version,1.0',
  'oneroster.version,1.2',
  ...ABSENT.map((file) => `file.${file},absent`),
  ...Object.keys(SOUND).map((name) => `file.${name.replace('.csv', '')},bulk`),
];

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (lines: readonly string[]): string => lines.map((line) => `${line}\r\n`).join('');

/** The sound set with some files changed; `undefined` removes one. */
function files(
  changes: Partial<Record<string, string | Uint8Array | undefined>> = {},
): Record<string, string | Uint8Array> {
  const all = Object.fromEntries(
    Object.entries({ ...SOUND, 'manifest.csv': MANIFEST }).map(([name, lines]) => [name, textOf(lines)]),
  );
  return Object.fromEntries(
    Object.entries({ ...all, ...changes }).filter(
      (entry): entry is [string, string | Uint8Array] => entry[1] !== undefined,
    ),
  );
}

/** The sound set with a text of one file replaced by another. */
function changed(name: Name, from: string | RegExp, to: string): Record<string, string | Uint8Array> {
  const text = String(files()[name]);
  const other = text.replace(from, to);
  expect(other).not.toBe(text);
  return files({ [name]: other });
}

async function problemsOf(input: OneRosterInput): Promise<readonly OneRosterProblem[]> {
  return (await validateOneRoster(input, { now: NOW })).problems;
}

/** Place and rule of each problem, as `error users.csv 2 role: cell-word`. */
function placesOf(problems: readonly OneRosterProblem[]): string[] {
  return problems.map(({ severity, rule, file, line, column }) =>
    [[severity, file, line, column].filter((part) => part !== undefined).join(' '), rule].join(': '),
  );
}

describe('a sound set', () => {
  it('has no problem', async () => {
    const { isValid, problems, version, counts, files: modes, totals } = await validateOneRoster(files(), { now: NOW });
    expect(problems).toEqual([]);
    expect([isValid, version, counts.users, modes.users]).toEqual([true, '1.2', 3, 'bulk']);
    expect(totals).toEqual({ error: 0, clever: 0, warning: 0 });
  });

  it.for<[string, (text: string) => string | Uint8Array, readonly string[]]>([
    ['quotes around every cell', (text) => text.replaceAll(/[^,\r\n]+/gu, '"$&"').replace('""1","2""', '"1,2"'), []],
    ['no line end at the end', (text) => text.trimEnd(), []],
    ['a byte order mark', (text) => `\u{feff}${text}`, ['warning courses.csv 1: byte-order-mark']],
    ['line ends of Unix', (text) => text.replaceAll('\r\n', '\n'), ['clever courses.csv 1: line-ends']],
    ['line ends of old Macs', (text) => text.replaceAll('\r\n', '\r'), ['clever courses.csv 1: line-ends']],
    ['one line end of Unix', (text) => text.replace(/\r\n$/u, '\n'), ['clever courses.csv 2: line-ends']],
  ])('may have %s', async ([, change, expected]) => {
    expect(placesOf(await problemsOf(files({ 'courses.csv': change(textOf(SOUND['courses.csv'])) })))).toEqual(
      expected,
    );
  });
});

describe('every rule', () => {
  it.for<[Name, string | RegExp, string, string]>([
    ['orgs.csv', 's1,,,School,school,1,d1', 's1,,,,school,1,d1', 'error orgs.csv 3 name: required-cell'],
    ['orgs.csv', 's1,,,School', 's1,,, \t,', 'error orgs.csv 3: width'],
    ['orgs.csv', 'School,school', 'School,academy', 'error orgs.csv 3 type: cell-word'],
    ['orgs.csv', '1,d1', '1,d9', 'error orgs.csv 3 parentSourcedId: reference'],
    ['orgs.csv', 's1,,,', 's1,active,,', 'error orgs.csv 3 status: blank-in-bulk'],
    ['orgs.csv', 's1,,,', 's1,,2026-01-01T00:00:00.000Z,', 'error orgs.csv 3 dateLastModified: blank-in-bulk'],
    ['orgs.csv', 's1,,,School', `s 1 ${CANARY},,,School`, 'error orgs.csv 3 sourcedId: cell-id'],
    ['orgs.csv', 'd1,,,District', 's1,,,District', 'error orgs.csv 3 sourcedId: duplicate-id'],
    ['academicSessions.csv', '2027-06-01', '2027-02-30', 'error academicSessions.csv 3 endDate: cell-date'],
    ['academicSessions.csv', '2027-06-01', '6/1/2027', 'error academicSessions.csv 3 endDate: cell-date'],
    ['academicSessions.csv', '2027-06-01', '2027-01-01', 'error academicSessions.csv 3 endDate: date-order'],
    ['academicSessions.csv', 'y1,2027', 'y1,27', 'error academicSessions.csv 3 schoolYear: cell-year'],
    ['academicSessions.csv', ',,2027', ',,2026', 'warning academicSessions.csv 2 schoolYear: school-year'],
    [
      'academicSessions.csv',
      '2027-01-10,2027-06-01',
      '2026-08-10,2027-01-20',
      'warning academicSessions.csv 3 endDate: past-term',
    ],
    ['academicSessions.csv', '2027-01-10', '2027-03-10', 'clever classes.csv 2 termSourcedIds: future-term'],
    ['academicSessions.csv', 'Spring,term', 'Spring,semester', 'clever classes.csv 2 termSourcedIds: no-term'],
    ['courses.csv', ',,,y1', ',,,t1', 'error courses.csv 2 schoolYearSourcedId: school-year'],
    ['courses.csv', 'd1,,', 'd1,math,', 'error courses.csv 2 subjectCodes: paired-subjects'],
    ['classes.csv', 'math,02', 'math,"02,03"', 'error classes.csv 2 subjectCodes: paired-subjects'],
    ['classes.csv', 'scheduled', 'lecture', 'error classes.csv 2 classType: cell-word'],
    ['classes.csv', '"1,2"', '"1,,2"', 'error classes.csv 2 periods: cell-texts'],
    ['classes.csv', 's1,t1', 'd1,t1', 'error classes.csv 2 schoolSourcedId: school'],
    ['classes.csv', 's1,t1', 's1,t9', 'error classes.csv 2 termSourcedIds: reference'],
    ['classes.csv', ',09,', ',9,', 'warning classes.csv 2 grades: grades'],
    ['users.csv', 'true,ada', 'TRUE,ada', 'error users.csv 2 enabledUser: cell-boolean'],
    ['users.csv', '{SIS:1}', 'SIS:1', 'error users.csv 2 userIds: cell-userIds'],
    ['users.csv', '{SIS:1}', '{SIS:1:2}', 'error users.csv 2 userIds: cell-userIds'],
    ['users.csv', ',u3,09', ',u9,09', 'error users.csv 2 agentSourcedIds: reference'],
    ['users.csv', ',s1,\r\nu2', ',d1,\r\nu2', 'error users.csv 2 primaryOrgSourcedId: primary-org'],
    ['roles.csv', 'r2,,,u2,primary,teacher', 'r2,,,u1,primary,teacher', 'error roles.csv 3 roleType: primary-role'],
    ['roles.csv', ',teacher,', ',administrator,', 'error roles.csv 3 role: cell-word'],
    ['roles.csv', 'r3,,,u3', 'r3,,,u2', 'warning users.csv 4 sourcedId: no-role'],
    ['enrollments.csv', 'u1,student', 'u1,guardian', 'error enrollments.csv 2 role: cell-word'],
    [
      'enrollments.csv',
      'e1,,,k1,s1,u1,student,',
      'e1,,,k1,s1,u1,teacher,true',
      'error enrollments.csv 3 primary: primary-teacher',
    ],
    ['enrollments.csv', 'k1,s1,u1', 'k1,d1,u1', 'error enrollments.csv 2 schoolSourcedId: school'],
    ['enrollments.csv', 'student,,,', 'student,,2027-05-01,2027-01-01', 'error enrollments.csv 2 endDate: date-order'],
    ['demographics.csv', 'u1,,,2012-02-29', 'u9,,,2012-02-29', 'error demographics.csv 2 sourcedId: reference'],
    ['demographics.csv', ',true,', ',yes,', 'error demographics.csv 2 asian: cell-boolean'],
    ['demographics.csv', '2012-02-29', '2011-02-29', 'error demographics.csv 2 birthDate: cell-date'],
    ['users.csv', 'enabledUser,username', 'username,enabledUser', 'error users.csv 1 username: header-order'],
    ['users.csv', ',pronouns', '', 'error users.csv 1 pronouns: header'],
    ['users.csv', 'pronouns', 'pronouns,metadata.clever.note', 'error users.csv 2: width'],
    ['users.csv', 'givenName', 'GivenName', 'error users.csv 1 givenName: header'],
    ['users.csv', 'middleName', 'familyName', 'error users.csv 1 familyName: header'],
    ['manifest.csv', 'manifest.version,1.0', 'manifest.version,1', 'error manifest.csv 2 value: manifest-version'],
    [
      'manifest.csv',
      'oneroster.version,1.2',
      'oneroster.version,1.2.1',
      'error manifest.csv 3 value: oneroster-version',
    ],
    ['manifest.csv', 'propertyName,value', 'propertyName,propertyValue', 'error manifest.csv 1: manifest-header'],
    ['manifest.csv', 'file.results,absent\r\n', '', 'error manifest.csv: manifest-property'],
    ['manifest.csv', 'file.results,absent', 'file.results,none', 'error manifest.csv 12 value: manifest-mode'],
    ['manifest.csv', 'file.results,absent', 'file.results,bulk', 'error results.csv: archive'],
    ['manifest.csv', 'file.demographics,bulk', 'file.demographics,absent', 'error demographics.csv: archive'],
    [
      'manifest.csv',
      'file.results,absent',
      'file.results,absent\r\nfile.grades,absent',
      'error manifest.csv 13 propertyName: manifest-property',
    ],
  ])('%s with %s as %s: %s', async ([name, from, to, place]) => {
    const problems = await problemsOf(changed(name, from, to));
    expect(placesOf(problems)).toContain(place);
    expect(JSON.stringify(problems)).not.toContain(CANARY);
  });

  it('finds one mistake where one was made', async () => {
    expect(placesOf(await problemsOf(changed('users.csv', 'true,ada', 'TRUE,ada')))).toEqual([
      'error users.csv 2 enabledUser: cell-boolean',
    ]);
  });

  it('allows words of one’s own in 1.2 where the vocabulary is open', async () => {
    expect(await problemsOf(changed('roles.csv', ',parent,', ',ext:neighbour,'))).toEqual([]);
    expect(placesOf(await problemsOf(changed('roles.csv', 'u3,primary', 'u3,ext:first')))).toEqual([
      'error roles.csv 4 roleType: cell-word',
    ]);
  });

  it('says what Clever would leave out, with the enrollments', async () => {
    const { droppedByClever, isValid } = await validateOneRoster(
      changed('academicSessions.csv', '2027-01-10', '2027-03-10'),
      { now: NOW },
    );
    expect([droppedByClever, isValid]).toEqual([{ classes: 1, enrollments: 2 }, true]);
  });

  it('requires status and time in a delta, and looks for no row of the bulk', async () => {
    const delta = {
      'manifest.csv': textOf(MANIFEST).replaceAll(',bulk', ',absent').replace('file.users,absent', 'file.users,delta'),
    };
    const removed = Object.fromEntries(Object.keys(SOUND).map((name) => [name, undefined]));
    const users = textOf(SOUND['users.csv'])
      .replace('u1,,,', 'u1,active,2027-01-01T00:00:00.000Z,')
      .replace('u2,,,', 'u2,tobedeleted,2027-01-01T00:00:00Z,')
      .replace('u3,,,', 'u3,inactive,,');
    const problems = await problemsOf(files({ ...removed, ...delta, 'users.csv': users }));
    expect(placesOf(problems)).toEqual([
      'error users.csv 3 dateLastModified: cell-time',
      'error users.csv 4 status: cell-word',
      'error users.csv 4 dateLastModified: required-cell',
    ]);
  });
});

describe('files that cannot be read', () => {
  it.for<[string, string | Uint8Array, string]>([
    ['UTF-16 with a mark', utf16('\u{feff}sourcedId,status'), 'error users.csv: encoding'],
    ['UTF-16 without a mark', utf16(textOf(SOUND['users.csv'])), 'error users.csv: encoding'],
    ['nothing', '', 'error users.csv: header'],
    ['a header alone', textOf(SOUND['users.csv'].slice(0, 1)), 'error users.csv: no-rows'],
    ['a record in place of the header', `u1,,,true,${CANARY}\r\n`, 'error users.csv 1 sourcedId: header'],
    ['a quote that is never closed', textOf(SOUND['users.csv']).replace('Ada', '"Ada'), 'error users.csv 2: quotes'],
    ['text after a quote', textOf(SOUND['users.csv']).replace('Ada', '"Ada"x'), 'error users.csv 2: quotes'],
    ['a quote within a cell', textOf(SOUND['users.csv']).replace('Ada', 'A"d"a'), 'error users.csv 2: quotes'],
    ['a line break in a cell', textOf(SOUND['users.csv']).replace('Ada', '"A\nda"'), 'error users.csv 2: line-break'],
    [
      'bytes of another encoding',
      latin1(textOf(SOUND['users.csv']).replace('Ada', 'Zoë')),
      'error users.csv 2 givenName: encoding',
    ],
  ])('are reported: %s', async ([, content, place]) => {
    const problems = await problemsOf(files({ 'users.csv': content }));
    expect(placesOf(problems)).toContain(place);
    expect(JSON.stringify(problems)).not.toContain(CANARY);
  });

  it('goes on after a row with wrong quotes', async () => {
    const users = textOf(SOUND['users.csv']).replace('Ada', 'A"da').replace('true,par', 'perhaps,par');
    const places = placesOf(await problemsOf(files({ 'users.csv': users })));
    expect(places).toEqual(
      expect.arrayContaining(['error users.csv 2: quotes', 'error users.csv 4 enabledUser: cell-boolean']),
    );
  });

  it('counts all problems, and keeps a thousand', async () => {
    const rows = Array.from({ length: 3_000 }, (_, index) => `o${index},,,Org,academy,,`);
    let seen = 0;
    const result = await validateOneRoster(files({ 'orgs.csv': textOf([...SOUND['orgs.csv'], ...rows]) }), {
      now: NOW,
      onProblem: () => {
        seen += 1;
      },
    });
    expect([result.problems.length, result.totals.error, seen]).toEqual([1_000, 3_000, 3_000]);
    expect(String(result)).toContain('… and 2,975 more.');
  });
});

describe('archives', () => {
  it('may be a folder, bytes of a zip file, or files by name', async ({ folder }) => {
    const dir = join(folder, 'set');
    mkdirSync(dir);
    for (const [name, content] of Object.entries(files())) {
      writeFileSync(join(dir, name), content);
    }
    expect(await problemsOf(dir)).toEqual([]);
    expect(await problemsOf(zip(files()))).toEqual([]);
    const path = join(folder, 'OneRoster.zip');
    writeFileSync(path, zip(files()));
    expect(await problemsOf(path)).toEqual([]);
    writeFileSync(join(folder, 'other.zip'), zip(files(), { isDeflated: true }));
    expect(placesOf(await problemsOf(join(folder, 'other.zip')))).toEqual([
      'warning archive: zip-name',
      'warning archive: compressed',
    ]);
  });

  it.for<[string, Record<string, string>]>([
    ['a path out of it', { '../../users.csv': CANARY }],
    ['an absolute path', { '/etc/users.csv': CANARY }],
    ['a path of Windows', { '..\\users.csv': CANARY }],
    ['a folder', { [`${CANARY}/users.csv`]: 'x' }],
  ])('are read without %s, which is reported', async ([, more]) => {
    const problems = await problemsOf(zip({ ...files(), ...more }));
    expect(placesOf(problems)).toEqual(['error archive: archive']);
    expect(JSON.stringify(problems)).not.toContain(CANARY);
  });

  it('report a file that exists twice, and one in another case', async () => {
    expect(placesOf(await problemsOf(zip([...Object.entries(files()), ['users.csv', 'x']])))).toContain(
      'error users.csv: archive',
    );
    const { 'users.csv': users = '', ...others } = files();
    expect(placesOf(await problemsOf({ ...others, 'Users.csv': users }))).toEqual(['error users.csv: archive']);
  });

  it('are not read when they are bombs', async () => {
    const bomb = zip({ ...files(), 'users.csv': `${'a'.repeat(20_000_000)}` }, { isDeflated: true });
    const problems = await problemsOf(bomb);
    expect(problems.find(({ file }) => file === 'users.csv')?.message).toMatch(/compressed so much/u);
  });

  it('are read no further than their list says', async () => {
    const lying = zip(files(), { isDeflated: true, sizeOf: (name, size) => (name === 'users.csv' ? 10 : size) });
    expect(placesOf(await problemsOf(lying))).toContain('error users.csv: archive');
  });

  it.for<Name>(['users.csv', 'manifest.csv'])('are not read when a line has no end: %s', async (name, { folder }) => {
    const endless = `${textOf(name === 'manifest.csv' ? MANIFEST : SOUND[name])}${'a,'.repeat(5_000_000)}`;
    for (const [file, content] of Object.entries(files({ [name]: endless }))) {
      writeFileSync(join(folder, file), content);
    }
    const decode = vi.spyOn(TextDecoder.prototype, 'decode');
    const problems = await problemsOf(folder);
    const read = decode.mock.calls.reduce((sum, [bytes]) => sum + (bytes?.byteLength ?? 0), 0);
    decode.mockRestore();
    expect(problems.find(({ file }) => file === name)).toMatchObject({
      ...{ severity: 'error', rule: 'archive' },
      message: 'has a line of more than a million characters, which no row of OneRoster has.',
    });
    expect(read).toBeLessThan(5_000_000);
  });

  it('are reported when they are damaged', async () => {
    const bytes = zip(files());
    expect(placesOf(await problemsOf(bytes.slice(0, -40)))).toEqual(['error archive: archive']);
    expect(placesOf(await problemsOf(bytesOf('no zip file')))).toEqual(['error archive: archive']);
    const broken = zip(files(), { crcOf: (name, crc) => (name === 'users.csv' ? crc ^ 1 : crc) });
    expect(placesOf(await problemsOf(broken))).toContain('error users.csv: archive');
  });

  it('without a manifest are checked as far as they go', async () => {
    const places = placesOf(await problemsOf(files({ 'manifest.csv': undefined })));
    expect(places).toEqual(['error manifest.csv: manifest']);
  });

  it('do not exist: an error of the caller', async ({ folder }) => {
    await expect(validateOneRoster(join(folder, 'none'))).rejects.toThrow(/does not exist/u);
    await expect(validateOneRoster(7 as never)).rejects.toThrow(/path of a zip file/u);
    await expect(validateOneRoster(files(), { strict: true } as never)).rejects.toThrow(/has no option `strict`/u);
  });

  it('end when the caller says so', async ({ district, folder }) => {
    const out = join(folder, 'roster');
    await exported(district, out);
    const controller = new AbortController();
    const reason = new Error('enough');
    const checking = validateOneRoster(out, { signal: controller.signal, onFile: () => controller.abort(reason) });
    await expect(checking).rejects.toBe(reason);
    symlinkSync(out, join(folder, 'link'));
    expect((await validateOneRoster(join(folder, 'link'), { now: NOW })).totals.error).toBe(0);
  });
});

function utf16(text: string): Uint8Array {
  return new Uint8Array(new Uint16Array([...text].map((character) => character.charCodeAt(0))).buffer);
}

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

interface ZipOptions {
  readonly isDeflated?: boolean;
  readonly sizeOf?: (name: string, size: number) => number;
  readonly crcOf?: (name: string, crc: number) => number;
}

/** A zip file, made by hand, so that it can also be wrong. */
function zip(
  content: Readonly<Record<string, string | Uint8Array>> | readonly (readonly [string, string | Uint8Array])[],
  { isDeflated = false, sizeOf = (_, size) => size, crcOf = (_, crc) => crc }: ZipOptions = {},
): Uint8Array {
  const parts: Uint8Array[] = [];
  const central: Uint8Array[] = [];
  const entries = Array.isArray(content) ? (content as [string, string | Uint8Array][]) : Object.entries(content);
  let offset = 0;
  for (const [name, data] of entries) {
    const raw = typeof data === 'string' ? bytesOf(data) : data;
    const packed = isDeflated ? new Uint8Array(deflateRawSync(raw)) : raw;
    const path = bytesOf(name);
    const fields = [
      ...[20, 0, isDeflated ? 8 : 0, 0, 33].map((value) => [value, 2] as const),
      [crcOf(name, crc32(raw)) >>> 0, 4] as const,
      [packed.length, 4] as const,
      [sizeOf(name, raw.length), 4] as const,
      [path.length, 2] as const,
      [0, 2] as const,
    ];
    const local = [number(0x04034b50, 4), ...fields.map(([value, size]) => number(value, size)), path, packed];
    central.push(
      ...[number(0x02014b50, 4), number(20, 2), ...fields.map(([value, size]) => number(value, size))],
      ...[number(0, 2), number(0, 2), number(0, 2), number(0, 4), number(offset, 4), path],
    );
    parts.push(...local);
    offset += local.reduce((sum, part) => sum + part.length, 0);
  }
  const size = central.reduce((sum, part) => sum + part.length, 0);
  const end = [
    [0x06054b50, 4],
    [0, 2],
    [0, 2],
    [entries.length, 2],
    [entries.length, 2],
    [size, 4],
    [offset, 4],
    [0, 2],
  ];
  return new Uint8Array(
    Buffer.concat([...parts, ...central, ...end.map(([value = 0, width = 2]) => number(value, width))]),
  );
}

function number(value: number, width: number): Uint8Array {
  return Uint8Array.from({ length: width }, (_, index) => Math.floor(value / 256 ** index) % 256);
}
