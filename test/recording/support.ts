import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCleverClient } from 'clever-sdk';
import { recorder } from 'clever-sdk/recording';
import { createSandbox, type DistrictRecords, type Sandbox } from 'clever-sdk/sandbox';
import { onTestFinished } from 'vitest';

/** A path in a new folder, which is removed after the test. */
export async function newFolder(name = 'recording'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'recording-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return join(folder, name);
}

/** The texts of the files of a folder, by name. */
export async function textsIn(folder: string): Promise<Readonly<Record<string, string>>> {
  const names = await readdir(folder);
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')])),
  );
}

/** A client of a sandbox's district, and what it records. */
function recordedClient(sandbox: Sandbox, out: string, groupSize?: number) {
  const recording = recorder(sandbox.fetch, {
    out,
    sensitiveFields: 'all',
    ...(groupSize === undefined ? {} : { groupSize }),
  });
  const clever = createCleverClient({ ...sandbox.clientOptions(), fetch: recording });
  const token = sandbox.districts[0]?.token ?? '';
  return { recording, clever, district: clever.district({ token, sensitiveFields: 'all' }) };
}

const COLLECTIONS = ['schools', 'terms', 'courses', 'users', 'sections', 'resources'] as const;
type District = ReturnType<typeof recordedClient>['district'];

/** Any record, as an attacker reads it. */
// biome-ignore lint/suspicious/noExplicitAny: an attacker looks at every member, whatever its type.
export type Loose = any;

/** All records of a district, by kind. */
async function readAll(district: District): Promise<Readonly<Record<(typeof COLLECTIONS)[number], Loose[]>>> {
  const lists: [string, unknown[]][] = [];
  for (const kind of COLLECTIONS) {
    lists.push([kind, await district[kind].list({ pageSize: 1_000 }).toArray({ maxItems: 100_000 })]);
  }
  return Object.fromEntries(lists) as Readonly<Record<(typeof COLLECTIONS)[number], Loose[]>>;
}

/** Records everything that a district has, in one folder. */
export async function recordAll(source: DistrictRecords | Sandbox, out: string, groupSize?: number) {
  const sandbox = 'fetch' in source ? source : createSandbox({ districts: [{ ...source, sensitiveFields: 'all' }] });
  const { recording, district, clever } = recordedClient(sandbox, out, groupSize);
  await district.districts.list().toArray({ maxItems: 10 });
  const records = await readAll(district);
  await district.events.list({ pageSize: 1_000 }).toArray({ maxItems: 100_000 });
  await clever.oauth.districtTokens();
  await recording.finish();
  return records;
}

/** All records of a district that was made from a folder, read by a client. */
export async function readBack(district: DistrictRecords) {
  const sandbox = createSandbox({ districts: [district] });
  return await readAll(
    createCleverClient(sandbox.clientOptions()).district({
      token: sandbox.districts[0]?.token ?? '',
      sensitiveFields: 'all',
    }),
  );
}
