import { createCleverClient } from 'clever-sdk';
import { recorder } from 'clever-sdk/recording';
import { createSandbox, districtFromRecordings } from 'clever-sdk/sandbox';
import { describe, expect, it } from 'vitest';
import { irregularDistrict } from '../../bench/recording/irregular.js';
import { measure, smallestGroup } from '../../bench/recording/measure.js';
import { type Loose, newFolder, readBack, recordAll, textsIn } from './support.js';

/** How often each value appears in a list. */
function tally(values: readonly unknown[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const value of values) {
    const name = JSON.stringify(value) ?? 'undefined';
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

const rolesOf = ({ roles }: Loose): string => Object.keys(roles).sort().join('+');

/** Of the pairs of classes that share many students, the share of those that still do in the recording. */
function shareOfClosePairs(source: readonly Loose[], recorded: readonly Loose[]): number {
  const isClose = (one: Loose, other: Loose): boolean =>
    one.students.filter((id: string) => other.students.includes(id)).length >= 10;
  const stillClose = source.flatMap((one, index) =>
    source.flatMap((other, place) =>
      place > index && isClose(one, other) ? [isClose(recorded[index], recorded[place])] : [],
    ),
  );
  expect(stillClose.length).toBeGreaterThan(10);
  return stillClose.filter((isStill) => isStill).length / stillClose.length;
}

describe('the recording of a district of 1,000 students', () => {
  it('behaves as the district: the same numbers, sizes and relations', { timeout: 60_000 }, async () => {
    const out = await newFolder();
    const source = await recordAll(createSandbox({ seed: 1 }), out);
    const recorded = await readBack(await districtFromRecordings(out));
    for (const [kind, records] of Object.entries(source)) {
      expect([kind, recorded[kind as keyof typeof recorded].length]).toEqual([kind, records.length]);
    }
    expect(tally(recorded.users.map(rolesOf))).toEqual(tally(source.users.map(rolesOf)));
    for (const of of [
      ({ students }: Loose) => students.length,
      ({ teachers }: Loose) => teachers.length,
      ({ grade, subject }: Loose) => [grade, subject],
    ]) {
      expect(tally(recorded.sections.map(of))).toEqual(tally(source.sections.map(of)));
    }
    // Ids keep their order: class by class, the recording has the same sizes, and terms the same length.
    expect(recorded.sections.map(({ students }) => students.length)).toEqual(
      source.sections.map(({ students }) => students.length),
    );
    const days = ({ start_date: start, end_date: end }: Loose) => (Date.parse(end) - Date.parse(start)) / 86_400_000;
    expect(recorded.terms.map(days)).toEqual(source.terms.map(days));
    for (const form of [
      ({ email }: Loose) => [typeof email, String(email).includes('@')],
      ({ name }: Loose) => JSON.stringify(name).replaceAll(/\p{L}+/gu, 'a'),
      ({ roles }: Loose) => roles.student?.sis_id?.length,
    ]) {
      expect(tally(recorded.users.map(form))).toEqual(tally(source.users.map(form)));
    }
    const ids = new Set(Object.values(recorded).flatMap((list) => list.map(({ id }) => id)));
    const named = [
      ...recorded.sections.flatMap((one) => [
        one.school,
        one.course,
        one.term_id,
        one.teacher,
        ...one.students,
        ...one.teachers,
      ]),
      ...recorded.users.flatMap(({ roles }) => Object.values<Loose>(roles).flatMap(({ schools = [] }) => schools)),
      ...recorded.users.flatMap(
        ({ roles }) => roles.contact?.student_relationships?.map((one: Loose) => one.student) ?? [],
      ),
    ];
    expect(named.filter((id) => !ids.has(id))).toEqual([]);
    expect(recorded.sections.filter(({ teacher, teachers }) => !teachers.includes(teacher))).toEqual([]);
    expect(recorded.sections.filter(({ students }) => new Set(students).size !== students.length)).toEqual([]);
    const sisIds = recorded.users.flatMap(({ roles }) => roles.student?.sis_id ?? []);
    expect(new Set(sisIds).size).toBe(sisIds.length);
  });

  it('singles out no student: at least five have the same values, and other joins are right by chance only', {
    timeout: 60_000,
  }, async () => {
    const out = await newFolder();
    const source = await recordAll(await irregularDistrict(2, 1_000), out);
    const recorded = await readBack(await districtFromRecordings(out));
    // The measure finds people where nothing was replaced.
    const found = measure(source, source).filter(({ oneToOne, agree }) => oneToOne > 100 && agree === oneToOne);
    expect([smallestGroup(source, 5), found.length > 2]).toEqual([1, true]);
    expect(smallestGroup(recorded, 5)).toBeGreaterThanOrEqual(5);
    for (const { by, oneToOne, agree, agreeByChance } of measure(recorded, source)) {
      // Five standard deviations of a share of the pairs.
      const tolerance = 1 + 5 * Math.sqrt(oneToOne * 0.25);
      expect([by, Math.abs(agree - agreeByChance) <= tolerance]).toEqual([by, true]);
    }
  });

  it('does not say whom an event is about', { timeout: 60_000 }, async () => {
    const sandbox = createSandbox({ seed: 8, students: 500 });
    const { id = '', token } = sandbox.districts[0] ?? {};
    const district = createCleverClient(sandbox.clientOptions()).district({ token: token ?? '' });
    for (const student of await district.users.list({ role: 'student' }).toArray({ maxItems: 500 })) {
      sandbox.district(id).users.update(student.id, { name: { first: `New${student.id.slice(-3)}` } });
    }
    const out = await newFolder();
    await recordAll(sandbox, out);
    const again = createSandbox({ districts: [await districtFromRecordings(out)] });
    const eventsOf = async (client: typeof district): Promise<Loose[]> =>
      await client.events.list().toArray({ maxItems: 1_000 });
    const [source, recorded] = [
      await eventsOf(district),
      await eventsOf(createCleverClient(again.clientOptions()).district({ token: again.districts[0]?.token ?? '' })),
    ];
    expect(recorded.map(({ type }) => type)).toEqual(source.map(({ type }) => type));
    const traits = ({ data: { object } }: Loose) =>
      JSON.stringify([object.roles.student.grade, object.roles.student.gender]);
    const isSame = source.filter((event, index) => traits(event) === traits(recorded[index])).length;
    const byChance = Object.values(tally(source.map(traits))).reduce(
      (sum, count) => sum + count ** 2 / source.length,
      0,
    );
    expect(isSame).toBeLessThan(byChance + 5 * Math.sqrt(byChance));
    expect(recorded.filter(({ data }) => data.previous_attributes?.name?.first === undefined)).toEqual([]);
  });

  it('keeps no previous value of the person whom an event is about', { timeout: 60_000 }, async () => {
    const source = await irregularDistrict(8, 300);
    const sandbox = createSandbox({ districts: [{ ...source, sensitiveFields: 'all' }] });
    const { id = '', token = '' } = sandbox.districts[0] ?? {};
    const district = createCleverClient(sandbox.clientOptions()).district({ token, sensitiveFields: 'all' });
    const students = await district.users.list({ role: 'student' }).toArray({ maxItems: 300 });
    const schools = (await district.schools.list().toArray({ maxItems: 100 })).map((school) => school.id);
    const before = { grade: '3', race: 'Asian', frl_status: 'Paid', home_language: 'Urdu', dob: '2/29/2012' };
    for (const [index, { id: student }] of students.entries()) {
      sandbox.district(id).users.update(student, {
        lms_status: { synced_in_lms: true },
        roles: { student: { ...before, school: schools[0], schools: [schools[0]] } },
      } as Loose);
      sandbox.district(id).users.update(student, {
        lms_status: { synced_in_lms: false },
        roles: {
          student: {
            ...{
              grade: '4',
              race: 'White',
              frl_status: 'Free',
              home_language: 'Finnish',
              dob: `1/${1 + (index % 28)}/2013`,
            },
            ...{ school: schools[1], schools: [schools[1]] },
          },
        },
      } as Loose);
    }
    const out = await newFolder();
    await recordAll(sandbox, out);
    const changes: Loose[] = await district.events.list().toArray({ maxItems: 1_000 });
    const { events = [] } = await districtFromRecordings(out);
    expect(events).toHaveLength(changes.length);
    const previous = events
      .filter((_, index) => changes[index].data.previous_attributes?.roles?.student?.race === before.race)
      .map(({ data }: Loose) => data.previous_attributes);
    expect(previous.length).toBeGreaterThan(250);
    const ofStudents = previous.map(({ roles }) => roles.student);
    // All had the same values, so that a member that was kept is the same everywhere.
    const same = [...Object.keys(before), 'school'].filter((member) => {
      const counts = Object.values(tally(ofStudents.map((one) => one[member])));
      return Math.max(...counts) > 0.8 * previous.length;
    });
    expect(same).toEqual([]);
    expect(Object.keys(tally(previous.map(({ lms_status: status }) => status.synced_in_lms))).sort()).toEqual([
      'false',
      'true',
    ]);
    expect(ofStudents.filter(({ school, schools: all }) => !all.includes(school))).toEqual([]);
  });

  it('has no name, address or number of the district', { timeout: 60_000 }, async () => {
    const out = await newFolder();
    const source = await recordAll(createSandbox({ seed: 3 }), out);
    const written = Object.values(await textsIn(out)).join('\n');
    const words = new Set(written.match(/[\p{L}\p{N}]+/gu)?.map((word) => word.toLowerCase()));
    const values = source.users.flatMap(({ id, name, email, roles }) => [
      id,
      ...Object.values<string>(name),
      email ?? '',
      ...Object.values<Loose>(roles).flatMap(
        ({ sis_id, state_id, student_number, credentials, legacy_id, location }) => [
          ...[sis_id, state_id, student_number, legacy_id, credentials?.district_username],
          ...[location?.address, location?.zip],
        ],
      ),
    ]);
    const telling = values
      .flatMap((value) => String(value ?? '').match(/[\p{L}\p{N}]{4,}/gu) ?? [])
      .filter((word) => !['example', 'students', 'staff', 'undefined'].includes(word));
    expect([...new Set(telling)].filter((word) => words.has(word.toLowerCase()))).toEqual([]);
  });
});

it('does not keep who was with whom in previous values of classes, but how many came and went', {
  timeout: 60_000,
}, async () => {
  const sandbox = createSandbox({ seed: 9, students: 400 });
  const { id = '', token = '' } = sandbox.districts[0] ?? {};
  const district = createCleverClient(sandbox.clientOptions()).district({ token });
  for (const section of await district.sections.list().toArray({ maxItems: 10_000 })) {
    sandbox.district(id).sections.update(section.id, { students: section.students?.slice(2) ?? [] });
  }
  const eventsOf = async (list: readonly Loose[]): Promise<Loose[]> =>
    list.map(({ data }) => data).filter(({ previous_attributes: previous }) => previous?.students !== undefined);
  const source = await eventsOf(await district.events.list().toArray({ maxItems: 1_000 }));
  const out = await newFolder();
  await recordAll(sandbox, out);
  const recorded = await eventsOf((await districtFromRecordings(out)).events ?? []);
  const gone = (data: Loose): number =>
    data.previous_attributes.students.filter((one: string) => !data.object.students.includes(one)).length;
  expect(recorded.map(gone)).toEqual(source.map(gone));
  const previous = (list: readonly Loose[]): Loose[] => list.map((data) => data.previous_attributes);
  // All of them, if it were kept; by chance about half, because few students are of the same school and grade.
  expect(shareOfClosePairs(previous(source), previous(recorded))).toBeLessThan(0.8);
});

it('does not keep who is with whom in classes whose people were not read', { timeout: 60_000 }, async () => {
  const out = await newFolder();
  const sandbox = createSandbox({ seed: 9, students: 400 });
  const recording = recorder(sandbox.fetch, { out });
  const read = async (client: ReturnType<typeof createSandbox>, fetch: typeof sandbox.fetch): Promise<Loose[]> =>
    createCleverClient({ ...client.clientOptions(), fetch })
      .district({ token: client.districts[0]?.token ?? '' })
      .sections.list()
      .toArray({ maxItems: 10_000 });
  const source = await read(sandbox, recording);
  await recording.finish();
  const recorded = Object.entries(await textsIn(out))
    .filter(([name]) => name.startsWith('sections'))
    .flatMap(([, text]) => JSON.parse(text).data.map((one: Loose) => one.data))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  expect(recorded.map(({ students }) => students.length)).toEqual(source.map(({ students }) => students.length));
  expect(recorded.filter(({ students }) => new Set(students).size !== students.length)).toEqual([]);
  expect(shareOfClosePairs(source, recorded)).toBeLessThan(0.2);
  expect(new Set(recorded.flatMap(({ students }) => students)).size).toBe(
    new Set(source.flatMap(({ students }) => students)).size,
  );
});

it('keeps shapes that the schemas refuse, so that clients report the same', async () => {
  const out = await newFolder();
  const base = {
    district: 'd'.repeat(24),
    created: '2026-01-01T00:00:00.000Z',
    last_modified: '2026-01-01T00:00:00.000Z',
  };
  const students = Array.from({ length: 30 }, (_, index) => ({
    ...base,
    id: `5f0c1a2b3c4d5e6f7a8b9c${String(index).padStart(2, '0')}`,
    name: index === 3 ? { first: 'A', last: 7 } : { first: `Ann${index}`, last: 'Lee' },
    roles: {
      student: {
        school: 's',
        schools: ['s'],
        enrollments: [],
        sis_id: index === 5 ? 12 : `a${index}`,
        grade: index === 7 ? 9 : '9',
      },
    },
  }));
  const problemsOf = async (run: (onEvent: (event: Loose) => void) => Promise<unknown>) => {
    const problems: unknown[] = [];
    await run((event) => {
      if (event.kind === 'validation') {
        problems.push(event.issues);
      }
    });
    return tally(problems);
  };
  const source = { district: { id: base.district, name: 'D' }, users: students };
  const read = (sandbox: ReturnType<typeof createSandbox>) => (onEvent: (event: Loose) => void) =>
    createCleverClient({ ...sandbox.clientOptions(), onEvent })
      .district({ token: sandbox.districts[0]?.token ?? '' })
      .users.list()
      .toArray({ maxItems: 100 });
  const before = await problemsOf(read(createSandbox({ districts: [source] })));
  await recordAll(source, out);
  const after = await problemsOf(read(createSandbox({ districts: [await districtFromRecordings(out)] })));
  expect(Object.keys(before)).toHaveLength(3);
  expect(after).toEqual(before);
});
