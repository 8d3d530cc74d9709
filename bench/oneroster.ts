/**
 * Measures the memory and the time of an export to OneRoster 1.2, by size of district: `npm run bench:oneroster`, or
 * with other numbers of students, `npm run bench:oneroster -- 1000 535000`.
 *
 * The sandbox and the export run in processes of their own, and records travel over loopback in pages of 10,000. The
 * peak is what the operating system counts for the export's process (resident memory); the heap is the largest that was
 * seen, looked at ten times a second.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCleverClient } from 'clever-sdk';
import { exportOneRoster, validateOneRoster } from 'clever-sdk/oneroster';
import { createSandbox } from 'clever-sdk/sandbox';

/** In a generated district, 535 students make about 1,000 people. */
const SIZES = [53_500, 535_000];

interface Measured {
  readonly people: number;
  readonly rows: number;
  readonly seconds: number;
  readonly peakMb: number;
  readonly heapMb: number;
  readonly zipMb: number;
  readonly validateSeconds: number;
  readonly validatePeakMb: number;
}

async function serve(students: number): Promise<void> {
  const sandbox = createSandbox({ districts: [{ seed: 1, students }], rateLimit: { limit: 1_000_000_000 } });
  await sandbox.listen();
  process.on('disconnect', () => process.exit());
  process.send?.({ apiOrigin: sandbox.clientOptions().apiOrigin, token: sandbox.districts[0].token });
}

/** The largest heap while some work is done, in MB. */
async function heapOf(work: () => Promise<void>): Promise<number> {
  let highest = 0;
  const timer = setInterval(() => {
    highest = Math.max(highest, process.memoryUsage().heapUsed);
  }, 100);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return highest / 2 ** 20;
}

const peakMb = (): number => process.resourceUsage().maxRSS / 2 ** 10;

async function measureExport(apiOrigin: string, token: string, out: string): Promise<void> {
  const district = createCleverClient({ apiOrigin }).district({ token });
  const begin = performance.now();
  let [people, rows] = [0, 0];
  const heapMb = await heapOf(async () => {
    const { counts, records } = await exportOneRoster(district, { version: '1.2', out, pageSize: 10_000 });
    people = records.users;
    rows = Object.values(counts).reduce((sum, count) => sum + count, 0);
  });
  process.send?.({ people, rows, seconds: (performance.now() - begin) / 1_000, peakMb: peakMb(), heapMb });
}

async function measureCheck(out: string): Promise<void> {
  const begin = performance.now();
  const { totals } = await validateOneRoster(out);
  if (totals.error > 0) {
    throw new Error(`${totals.error} rules are broken`);
  }
  process.send?.({ validateSeconds: (performance.now() - begin) / 1_000, validatePeakMb: peakMb() });
}

async function answerOf<Answer>(...argv: readonly string[]): Promise<{ answer: Answer; end: () => void }> {
  const child = fork(new URL(import.meta.url), argv);
  const [answer] = (await once(child, 'message')) as [Answer];
  return { answer, end: () => child.disconnect() };
}

async function measure(students: number): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'clever-oneroster-'));
  const out = join(folder, 'OneRoster.zip');
  const { answer: served, end } = await answerOf<{ apiOrigin: string; token: string }>('serve', String(students));
  try {
    const exported = await answerOf<Measured>('export', served.apiOrigin, served.token, out);
    const zipMb = statSync(out).size / 2 ** 20;
    const checked = await answerOf<Measured>('validate', out);
    return { ...exported.answer, ...checked.answer, zipMb };
  } finally {
    end();
    rmSync(folder, { recursive: true, force: true });
  }
}

const [task, ...rest] = process.argv.slice(2);
if (task === 'serve') {
  await serve(Number(rest[0]));
} else if (task === 'export') {
  await measureExport(rest[0] ?? '', rest[1] ?? '', rest[2] ?? '');
  process.disconnect();
} else if (task === 'validate') {
  await measureCheck(rest[0] ?? '');
  process.disconnect();
} else {
  const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : SIZES;
  console.log(`Node ${process.version}, ${availableParallelism()} × ${cpus()[0]?.model}`);
  for (const students of sizes) {
    const found = await measure(students);
    console.log(Object.fromEntries(Object.entries(found).map(([name, value]) => [name, Math.round(value)])));
  }
}
