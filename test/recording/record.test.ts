import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CleverConfigError, createCleverClient, type FetchFunction } from 'clever-sdk';
import { record } from 'clever-sdk/recording';
import { createSandbox, districtFromRecordings, type Sandbox } from 'clever-sdk/sandbox';
import { describe, expect, it } from 'vitest';
import { type Loose, newFolder, readBack, textsIn } from './support.js';

/** A client of the first district of a sandbox, and how many requests it has sent. */
function countedDistrict(sandbox: Sandbox) {
  let sent = 0;
  const fetch: FetchFunction = (url, init) => {
    sent += 1;
    return sandbox.fetch(url, init);
  };
  const clever = createCleverClient({ ...sandbox.clientOptions(), fetch });
  return {
    clever,
    district: clever.district({ token: sandbox.districts[0]?.token ?? '', sensitiveFields: 'all' }),
    count: () => sent,
  };
}

const rolesIn = (users: readonly Loose[]): string[] =>
  [...new Set(users.map(({ roles }) => Object.keys(roles).sort().join('+')))].sort();

describe('record()', () => {
  it('writes a connected sample with every role, within its requests', { timeout: 60_000 }, async () => {
    const sandbox = createSandbox({ seed: 4, students: 2_900 });
    const { clever, district, count } = countedDistrict(sandbox);
    const out = await newFolder();
    const seen: number[] = [];
    const { requests, sections } = await record(district, {
      out,
      requests: 60,
      oauth: clever.oauth,
      userTokens: [sandbox.userToken({ user: sandbox.people({ role: 'teacher' })[0]?.id ?? '' })],
      onProgress: (progress) => seen.push(progress.requests),
    });
    expect([requests <= 60, count()]).toEqual([true, requests]);
    expect(seen).toEqual(Array.from({ length: requests }, (_, index) => index + 1));
    const source = await district.users.list().toArray({ maxItems: 10_000 });
    const recorded = await readBack(await districtFromRecordings(out));
    expect(recorded.sections).toHaveLength(sections);
    expect(recorded.users.length).toBeLessThan(source.length);
    expect(rolesIn(recorded.users)).toEqual(rolesIn(source));
    const ids = new Set(Object.values(recorded).flatMap((list) => list.map(({ id }) => id)));
    const named = [
      ...recorded.sections.flatMap((one) => [one.school, one.course, one.term_id, ...one.students, ...one.teachers]),
      ...recorded.users.flatMap(({ roles }) => Object.values<Loose>(roles).flatMap(({ schools = [] }) => schools)),
      ...recorded.users.flatMap(
        ({ roles }) => roles.contact?.student_relationships?.map((one: Loose) => one.student) ?? [],
      ),
    ].filter((id) => id !== undefined && id !== '');
    expect(named.filter((id) => !ids.has(id))).toEqual([]);
    expect(Object.keys(await textsIn(out))).toEqual(
      expect.arrayContaining(['recording.json', 'report.txt', 'me-0001.json', 'tokens-0001.json', 'error-0001.json']),
    );
  });

  it('finds the odd records first', { timeout: 60_000 }, async () => {
    const sandbox = createSandbox({ seed: 5, students: 2_000 });
    const district = sandbox.district(sandbox.districts[0]?.id ?? '');
    const students = await countedDistrict(sandbox)
      .district.users.list({ role: 'student' })
      .toArray({ maxItems: 2_000 });
    const oddOnes: readonly Loose[] = [
      { first: '李', last: '小明' },
      { first: 'Zoë  🎉', last: "O'Neill" },
    ];
    for (const [index, name] of oddOnes.entries()) {
      district.users.update(students[900 + index]?.id ?? '', { name });
    }
    const out = await newFolder();
    await record(countedDistrict(sandbox).district, { out, requests: 40 });
    const { users } = await readBack(await districtFromRecordings(out));
    const names = users.map(({ name }) => `${name.first} ${name.last}`);
    expect(names.filter((name) => /\p{Script=Han}/u.test(name))).not.toEqual([]);
    expect(names.filter((name) => /\p{Extended_Pictographic}/u.test(name))).not.toEqual([]);
  });

  it('reads all of a small district', { timeout: 60_000 }, async () => {
    const sandbox = createSandbox({ seed: 6, students: 40 });
    const out = await newFolder();
    const { district } = countedDistrict(sandbox);
    await record(district, { out });
    const recorded = await readBack(await districtFromRecordings(out));
    expect(recorded.sections).toHaveLength(await district.sections.count());
  });

  it('goes on without what the district refuses', { timeout: 60_000 }, async () => {
    const sandbox = createSandbox({ seed: 6, students: 40 });
    sandbox.faults.add({ path: '/v3.1/resources', status: 404 });
    const out = await newFolder();
    await record(countedDistrict(sandbox).district, { out });
    const texts = await textsIn(out);
    expect(
      Object.entries(texts)
        .filter(([name]) => name.startsWith('error'))
        .map(([, text]) => JSON.parse(text).path),
    ).toContain('/v3.1/resources');
  });
});

describe('the folder', () => {
  const district = () => countedDistrict(createSandbox({ seed: 6, students: 40 })).district;

  it('is not written over when it has anything but a recording in it', async () => {
    const out = await newFolder();
    await mkdir(out);
    await writeFile(join(out, 'homework.txt'), 'mine');
    await expect(record(district(), { out })).rejects.toThrow(CleverConfigError);
    expect(await textsIn(out)).toEqual({ 'homework.txt': 'mine' });
    await writeFile(join(out, 'recording.json'), '{"format":"another"}');
    await expect(record(district(), { out })).rejects.toThrow(/is no recording/u);
  });

  it('is not written over when a recording has other files beside it', { timeout: 60_000 }, async () => {
    const out = await newFolder();
    await record(district(), { out });
    await writeFile(join(out, 'notes.txt'), 'mine');
    await expect(record(district(), { out })).rejects.toThrow(/files that are not part of a recording/u);
    expect((await textsIn(out))['notes.txt']).toBe('mine');
  });

  it('is replaced as a whole when it has an earlier recording, with other stand-ins', { timeout: 60_000 }, async () => {
    const out = await newFolder();
    await record(district(), { out });
    const before = await textsIn(out);
    await writeFile(join(out, 'users-0999.json'), '{}');
    await record(district(), { out });
    const after = await textsIn(out);
    expect(Object.keys(after).sort()).toEqual(Object.keys(before).sort());
    expect(after['users-0001.json']).not.toBe(before['users-0001.json']);
  });

  it('is refused before the first request', async () => {
    const out = await newFolder();
    await writeFile(out, 'a file');
    const { district: counted, count } = countedDistrict(createSandbox({ seed: 6, students: 40 }));
    await expect(record(counted, { out })).rejects.toThrow(/is no folder/u);
    expect(count()).toBe(0);
  });
});

it.for([
  [{ out: '' }, /path of a folder/u],
  [{ out: 'x', requests: 5 }, /30 or more/u],
  [{ out: 'x', groupSize: 0 }, /groupSize/u],
  [{ out: 'x', userTokens: ['a'] }, /needs `oauth`/u],
  [{ out: 'x', request: 5 }, /no option `request`/u],
] as [Loose, RegExp][])('refuses %j', async ([options, message]) => {
  await expect(record(countedDistrict(createSandbox({ seed: 6, students: 40 })).district, options)).rejects.toThrow(
    message,
  );
});
