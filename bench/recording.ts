/**
 * Measures what an attacker finds who has the recording of a generated district and all of its records, and writes it
 * as a table into docs/guides/recordings.md. Run by `npm run bench:recording`, after a build.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createCleverClient } from 'clever-sdk';
import { recorder } from 'clever-sdk/recording';
import { createSandbox, districtFromRecordings, type Sandbox } from 'clever-sdk/sandbox';
import { irregularDistrict } from './recording/irregular.ts';
import { measure, type Roster, smallestGroup } from './recording/measure.ts';

const GUIDE = fileURLToPath(new URL('../docs/guides/recordings.md', import.meta.url));
const STUDENTS = 1_000;
const GROUP_SIZE = 5;

const folder = mkdtempSync(join(tmpdir(), 'bench-recording-'));
try {
  const sandbox = createSandbox({ districts: [await irregularDistrict(1, STUDENTS)] });
  const out = join(folder, 'recording');
  const recording = recorder(sandbox.fetch, { out, sensitiveFields: 'all' });
  const source = await read(sandbox, recording);
  await recording.finish();
  const recorded = await read(createSandbox({ districts: [await districtFromRecordings(out)] }));
  const rows = measure(recorded, source).map(
    ({ by, smallestGroup: smallest, oneToOne, agree, agreeByChance }) =>
      `| ${by} | ${smallest} | ${oneToOne} | ${agree} | ${agreeByChance} |`,
  );
  const smallest = smallestGroup(recorded, GROUP_SIZE);
  writeTable([
    `Fewest people with the same values in everything that is kept: **${smallest}**.`,
    '',
    '| Joined by | Fewest with the same values | Pairs, one to one | Of the same gender | By chance |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ]);
} finally {
  rmSync(folder, { recursive: true });
}

async function read(sandbox: Sandbox, fetch: typeof sandbox.fetch = sandbox.fetch): Promise<Roster> {
  const district = createCleverClient({ ...sandbox.clientOptions(), fetch }).district({
    token: sandbox.districts[0]?.token ?? '',
    sensitiveFields: 'all',
  });
  const [users, sections] = [
    await district.users.list().toArray({ maxItems: 100_000 }),
    await district.sections.list().toArray({ maxItems: 100_000 }),
  ];
  for (const kind of ['schools', 'terms', 'courses'] as const) {
    await district[kind].list().toArray({ maxItems: 100_000 });
  }
  return { users, sections };
}

function writeTable(lines: readonly string[]): void {
  const text = readFileSync(GUIDE, 'utf8');
  const marked = /(<!-- measured -->\n)[\s\S]*?(\n<!-- \/measured -->)/u;
  writeFileSync(
    GUIDE,
    text.replace(marked, (_, before: string, after: string) => before + lines.join('\n') + after),
  );
  process.stdout.write(`${lines.join('\n')}\n`);
}
