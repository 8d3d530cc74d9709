/**
 * Measures how much memory a sandbox needs, how soon it answers and how fast it serves, for districts of
 * several sizes: `npm run bench:sandbox`, or with other sizes, `npm run bench:sandbox -- 50000 2000000`.
 *
 * The sandbox runs in its own process and gets requests over loopback, on sixteen connections, from a
 * reader that discards the responses. Each rate is given per second of elapsed time and per second of the
 * sandbox's processor time. The second figure stays the same on a machine that is busy with other work.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { availableParallelism, cpus } from 'node:os';
import { createSandbox } from 'clever-sdk/sandbox';

const SIZES = [1_000, 100_000, 1_000_000];
const CONNECTIONS = 16;
/** How long each rate is measured, after a warm-up of the same length. */
const MEASURED_MS = 4_000;

/** What the sandbox's process reports about itself. */
interface Started {
  readonly url: string;
  readonly token: string;
  readonly startMs: number;
  readonly rssMb: number;
}

interface Usage {
  readonly cpuMs: number;
  readonly peakMb: number;
}

interface Rate {
  readonly perSecond: number;
  /** Per second of the sandbox's processor time. */
  readonly perCpuSecond: number;
}

async function serve(students: number): Promise<void> {
  const begin = performance.now();
  const sandbox = createSandbox({ districts: [{ seed: 1, students }], rateLimit: { limit: 1_000_000_000 } });
  const { url } = await sandbox.listen();
  const started: Started = {
    url,
    token: sandbox.districts[0].token,
    startMs: performance.now() - begin,
    rssMb: process.memoryUsage().rss / 2 ** 20,
  };
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.({
      cpuMs: (user + system) / 1_000,
      peakMb: process.resourceUsage().maxRSS / 2 ** 10,
    } satisfies Usage);
  });
  process.on('disconnect', () => process.exit());
  process.send?.(started);
}

/** Sends requests to a sandbox continuously. */
class Load {
  readonly #child: ChildProcess;
  readonly #started: Started;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

  constructor(child: ChildProcess, started: Started) {
    this.#child = child;
    this.#started = started;
  }

  async usage(): Promise<Usage> {
    this.#child.send('usage');
    const [usage] = (await once(this.#child, 'message')) as [Usage];
    return usage;
  }

  /** Reads a response to its end and returns its last bytes. */
  async ask(path: string): Promise<string> {
    try {
      return await this.#ask(path);
    } catch (error) {
      // The server may close an idle connection at the moment it is reused.
      if ((error as NodeJS.ErrnoException).code === 'ECONNRESET') {
        return await this.#ask(path);
      }
      throw error;
    }
  }

  /** Returns how many responses arrive per second while every connection is busy. */
  async rate(next: () => string): Promise<Rate> {
    await this.#during(MEASURED_MS, next);
    const [before, begin] = [await this.usage(), performance.now()];
    const count = await this.#during(MEASURED_MS, next);
    const seconds = (performance.now() - begin) / 1_000;
    const cpuSeconds = ((await this.usage()).cpuMs - before.cpuMs) / 1_000;
    return { perSecond: count / seconds, perCpuSecond: count / cpuSeconds };
  }

  close(): void {
    this.#agent.destroy();
    this.#child.disconnect();
  }

  async #ask(path: string): Promise<string> {
    const headers = { authorization: `Bearer ${this.#started.token}` };
    const [response] = await once(get(`${this.#started.url}${path}`, { agent: this.#agent, headers }), 'response');
    let last: Buffer = Buffer.alloc(0);
    for await (const chunk of response as AsyncIterable<Buffer>) {
      last = chunk;
    }
    if (response.statusCode !== 200) {
      throw new Error(`The sandbox answered ${response.statusCode}.`);
    }
    return last.toString();
  }

  async #during(milliseconds: number, next: () => string): Promise<number> {
    const end = performance.now() + milliseconds;
    let count = 0;
    const worker = async (): Promise<void> => {
      while (performance.now() < end) {
        await this.ask(next());
        count += 1;
      }
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, worker));
    return count;
  }
}

/**
 * Returns ids spread over the students, in the form that generated districts use: the position is in the
 * last six digits.
 */
async function studentIds(load: Load, students: number): Promise<() => string> {
  const first = /"id":"([0-9a-f]{18})[0-9a-f]{6}"/u.exec(await load.ask('/v3.1/users?role=student&limit=1'))?.[1];
  let index = 0;
  return () => {
    index = (index + 7_919) % students;
    return `${first}${index.toString(16).padStart(6, '0')}`;
  };
}

async function measure(students: number): Promise<string[]> {
  const spawned = performance.now();
  const child = fork(import.meta.filename, ['serve', String(students)]);
  const [started] = (await once(child, 'message')) as [Started];
  const load = new Load(child, started);
  const nextId = await studentIds(load, students);
  const firstAnswerMs = performance.now() - spawned;
  const records = await load.rate(() => `/v3.1/users/${nextId()}`);
  const pages: [number, Rate][] = [];
  for (const limit of [100, 1_000, 10_000]) {
    pages.push([limit, await load.rate(() => `/v3.1/users?limit=${limit}&starting_after=${nextId()}`)]);
  }
  const { peakMb } = await load.usage();
  load.close();
  const whole = (number: number): string => Math.round(number).toLocaleString('en');
  return [
    whole(students),
    `${whole(started.startMs)} (${whole(firstAnswerMs)})`,
    `${whole(started.rssMb)} (${whole(peakMb)})`,
    `${whole(records.perSecond)} (${whole(records.perCpuSecond)})`,
    ...pages.map(([, { perSecond, perCpuSecond }]) => `${whole(perSecond)} (${whole(perCpuSecond)})`),
    whole(Math.max(...pages.map(([limit, { perSecond }]) => limit * perSecond))),
  ];
}

const HEAD = [
  'students',
  'ms to start (first answer, with Node itself)',
  'MB at start (peak)',
  '/users/{id} per second (per CPU second)',
  ...['100', '1,000', '10,000'].map((limit) => `pages of ${limit}`),
  'records per second',
];

if (process.argv[2] === 'serve') {
  await serve(Number(process.argv[3]));
} else {
  const sizes = process.argv.slice(2).map(Number);
  const row = (cells: readonly string[]): void => console.log(`| ${cells.join(' | ')} |`);
  console.log(
    `Node ${process.version}, ${availableParallelism()} × ${cpus()[0]?.model}, ${new Date().toISOString().slice(0, 10)}\n`,
  );
  row(HEAD);
  row(HEAD.map(() => '---:'));
  for (const students of sizes.length === 0 ? SIZES : sizes) {
    row(await measure(students));
  }
}
