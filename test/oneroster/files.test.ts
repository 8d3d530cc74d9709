import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportOneRoster, validateOneRoster } from 'clever-sdk/oneroster';
import { describe, expect } from 'vitest';
import { exported, it, parseCsv } from './support.js';

const NOW = new Date('2027-02-01T12:00:00Z');

const HEADERS = {
  '1.1': {
    orgs: 'sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId',
    academicSessions: 'sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear',
    courses:
      'sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes',
    classes:
      'sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods',
    users:
      'sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password',
    enrollments:
      'sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate',
    demographics:
      'sourcedId,status,dateLastModified,birthDate,sex,americanIndianOrAlaskaNative,asian,blackOrAfricanAmerican,nativeHawaiianOrOtherPacificIslander,white,demographicRaceTwoOrMoreRaces,hispanicOrLatinoEthnicity,countryOfBirthCode,stateOfBirthAbbreviation,cityOfBirth,publicSchoolResidenceStatus',
  },
  '1.2': {
    users:
      'sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns',
    roles:
      'sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId',
  },
} as const;

const FILES = {
  '1.1': [
    ...['academicSessions', 'categories', 'classResources', 'classes', 'courseResources', 'courses', 'demographics'],
    ...['enrollments', 'lineItems', 'orgs', 'resources', 'results', 'users'],
  ],
  '1.2': [
    ...['academicSessions', 'categories', 'classResources', 'classes', 'courseResources', 'courses', 'demographics'],
    ...['enrollments', 'lineItemLearningObjectiveIds', 'lineItemScoreScales', 'lineItems', 'orgs', 'resources'],
    ...['resultLearningObjectiveIds', 'resultScoreScales', 'results', 'roles', 'scoreScales', 'userProfiles'],
    ...['userResources', 'users'],
  ],
} as const;

describe('the files of an export', () => {
  for (const version of ['1.1', '1.2'] as const) {
    it(`have the columns of ${version} in their order, and lines that end in CR and LF`, async ({
      district,
      folder,
    }) => {
      const out = join(folder, 'roster');
      const { report } = await exported(district, out, { version, demographics: true });
      const headers: Readonly<Record<string, string>> = {
        ...HEADERS['1.1'],
        ...(version === '1.2' ? HEADERS['1.2'] : {}),
      };
      for (const name of report.files.filter((file) => file !== 'manifest.csv')) {
        const text = readFileSync(join(out, name), 'utf8');
        expect(text.split('\r\n')[0]).toBe(headers[name.replace('.csv', '')]);
        expect(text.endsWith('\r\n')).toBe(true);
        expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/u);
        expect(new Set(parseCsv(text).map((cells) => cells.length)).size).toBe(1);
      }
      expect(report.files.includes('roles.csv')).toBe(version === '1.2');
    });

    it(`are all named by the manifest of ${version}`, async ({ district, folder }) => {
      const { tables, report } = await exported(district, join(folder, 'roster'), { version });
      const properties = new Map(tables['manifest']?.map(({ propertyName, value }) => [propertyName, value]));
      expect(properties.get('manifest.version')).toBe('1.0');
      expect(properties.get('oneroster.version')).toBe(version);
      expect(properties.get('source.systemName')).toBe('Clever');
      const modes = FILES[version].map((file) => [file, properties.get(`file.${file}`)]);
      expect(modes).toEqual(
        FILES[version].map((file) => [file, report.files.includes(`${file}.csv`) ? 'bulk' : 'absent']),
      );
      expect(properties.size).toBe(FILES[version].length + 4);
    });
  }

  it('leave status and dateLastModified empty in bulk', async ({ district, folder }) => {
    const { tables } = await exported(district, join(folder, 'roster'));
    const rows = Object.entries(tables).filter(([file]) => file !== 'manifest');
    for (const { status, dateLastModified } of rows.flatMap(([, table]) => table)) {
      expect([status, dateLastModified]).toEqual(['', '']);
    }
  });

  it('are stored in a zip file with their sizes before them, and readable by their owner alone', async ({
    district,
    folder,
  }) => {
    const out = join(folder, 'OneRoster.zip');
    const report = await exportOneRoster(district, { version: '1.1', out });
    expect(statSync(out).mode & 0o777).toBe(0o600);
    const bytes = readFileSync(out);
    const [names, view]: [string[], DataView] = [[], new DataView(bytes.buffer, bytes.byteOffset, bytes.length)];
    for (let at = 0; view.getUint32(at, true) === 0x04034b50; ) {
      const [flags, method] = [view.getUint16(at + 6, true), view.getUint16(at + 8, true)];
      const [size, nameLength, extra] = [
        view.getUint32(at + 18, true),
        view.getUint16(at + 26, true),
        view.getUint16(at + 28, true),
      ];
      expect([flags & 0b1000, method, size > 0]).toEqual([0, 0, true]);
      names.push(bytes.toString('utf8', at + 30, at + 30 + nameLength));
      at += 30 + nameLength + extra + size;
    }
    expect(names).toEqual(report.files);
  });

  it('are the same bytes for the same roster', async ({ district, folder }) => {
    const [one, other] = [join(folder, 'one.zip'), join(folder, 'other.zip')];
    await exportOneRoster(district, { version: '1.2', out: one });
    await exportOneRoster(district, { version: '1.2', out: other });
    expect(readFileSync(one).equals(readFileSync(other))).toBe(true);
  });

  it.for(['1.1', '1.2'] as const)(
    'of %s keep every rule that the validator knows',
    async (version, { district, folder }) => {
      const out = join(folder, 'OneRoster.zip');
      await exportOneRoster(district, { version, out, demographics: true });
      const { isValid, problems, totals } = await validateOneRoster(out, { now: NOW });
      expect(problems.filter(({ rule }) => rule !== 'past-term')).toEqual([]);
      expect([isValid, totals.error]).toEqual([true, 0]);
    },
  );
});

describe('the place of an export', () => {
  it('leaves a folder alone that has the name of unfinished files', async ({ district, folder }) => {
    const out = join(folder, 'OneRoster.zip');
    mkdirSync(`${out}.partial`);
    writeFileSync(join(`${out}.partial`, 'thesis.txt'), 'years of work');
    await exportOneRoster(district, { version: '1.2', out });
    expect(readFileSync(join(`${out}.partial`, 'thesis.txt'), 'utf8')).toBe('years of work');
    expect(readdirSync(folder).toSorted()).toEqual(['OneRoster.zip', 'OneRoster.zip.partial']);
  });

  it('has unfinished files in a folder of its owner alone, which is removed', async ({ district, folder }) => {
    const out = join(folder, 'below', 'roster');
    const seen = new Set<string>();
    const onProgress = (): void => {
      for (const name of readdirSync(join(folder, 'below'))) {
        seen.add(`${name.slice(0, 'roster.partial-'.length)} ${statSync(join(folder, 'below', name)).mode & 0o777}`);
      }
    };
    await exportOneRoster(district, { version: '1.2', out, onProgress });
    expect([...seen]).toEqual([`roster.partial- ${0o700}`]);
    expect(readdirSync(join(folder, 'below'))).toEqual(['roster']);
  });

  it('is no folder with someone’s own file that OneRoster has a name for', async ({ district, folder }) => {
    const out = join(folder, 'mine');
    mkdirSync(out);
    writeFileSync(join(out, 'users.csv'), 'years of work');
    await expect(exportOneRoster(district, { version: '1.2', out })).rejects.toThrow(/is no earlier export/u);
    expect([readdirSync(folder), readdirSync(out)]).toEqual([['mine'], ['users.csv']]);
    expect(readFileSync(join(out, 'users.csv'), 'utf8')).toBe('years of work');
  });

  it('keeps what was put there during the export, and replaces the earlier export', async ({ district, folder }) => {
    const out = join(folder, 'roster');
    await exportOneRoster(district, { version: '1.2', out, demographics: true });
    expect(readdirSync(out)).toContain('demographics.csv');
    const onProgress = (): void => writeFileSync(join(out, 'thesis.txt'), 'years of work');
    const { files } = await exportOneRoster(district, { version: '1.1', out, onProgress });
    expect(readdirSync(out).toSorted()).toEqual([...files, 'thesis.txt'].toSorted());
    expect(readFileSync(join(out, 'thesis.txt'), 'utf8')).toBe('years of work');
  });
});
