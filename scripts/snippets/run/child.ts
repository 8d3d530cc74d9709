/** A process that runs snippets, one after another, as long as they leave nothing running. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { makeFiles } from '../files.ts';
import { World } from '../world.ts';
import type { Answer, Failure, Job } from './job.ts';
import { addModule, resolveSnippets } from './modules.ts';
import { fetchIn, guardSockets, takeRefused } from './network.ts';
import { enter } from './runtime.ts';

const [root = '.'] = process.argv.slice(2);
const environment = { ...process.env };
const globals = { fetch: globalThis.fetch };
/** Turns of the event loop in which a promise that nothing waits for may still fail the snippet. */
const TURNS = 5;

resolveSnippets(root);
guardSockets();
process.on('message', async (job: Job) => process.send?.(await run(job)));

async function run(job: Job): Promise<Answer> {
  const printed = capturePrinting();
  const stray = catchStrayErrors();
  const before = resources();
  const folder = mkdtempSync(join(tmpdir(), 'clever-sdk-snippet-'));
  process.chdir(folder);
  let error: Failure | undefined;
  try {
    await using world = new World(job.databaseUrl);
    process.env = { ...environment, ...world.env };
    if (job.text.includes('CLEVER_DISTRICT_TOKEN')) {
      process.env['CLEVER_DISTRICT_TOKEN'] = await world.districtToken();
    }
    globalThis.fetch = fetchIn(world);
    enter(world);
    await makeFiles(world, job.files);
    const ended = import(addModule(root, job.name, job.text)).then(stop);
    await Promise.race([ended, stray.first]);
    for (let turns = 0; turns < TURNS; turns += 1) {
      await turn();
    }
  } catch (thrown) {
    error = describe(thrown, job);
  } finally {
    process.chdir(tmpdir());
    rmSync(folder, { recursive: true, force: true });
    globalThis.fetch = globals.fetch;
    process.env = environment;
  }
  error ??= stray.errors.map((thrown) => describe(thrown, job))[0];
  stray.end();
  const isClean = job.mayShare && resources() === before && process.listenerCount('SIGTERM') === 0;
  return { output: printed.end(), refused: takeRefused(), isClean, ...(error === undefined ? {} : { error }) };
}

/**
 * Stops what the snippet has started, as it says itself: by what it does when the process is to end. What was started
 * last is stopped first. The process goes on, although a listener may send itself the signal again to end it.
 */
async function stop(): Promise<void> {
  const { kill } = process;
  process.kill = () => true;
  try {
    for (const listener of process.listeners('SIGTERM').reverse()) {
      await Reflect.apply(listener, process, ['SIGTERM', 15]);
    }
  } finally {
    process.kill = kill;
    process.removeAllListeners('SIGTERM');
  }
}

function capturePrinting(): { end(): string } {
  const pieces: string[] = [];
  const streams = [process.stdout, process.stderr].map((stream) => ({ stream, write: stream.write }));
  for (const { stream } of streams) {
    stream.write = ((piece: string | Uint8Array) => {
      pieces.push(typeof piece === 'string' ? piece : Buffer.from(piece).toString());
      return true;
    }) as typeof stream.write;
  }
  return {
    end: () => {
      for (const { stream, write } of streams) {
        stream.write = write;
      }
      return pieces.join('');
    },
  };
}

/** Errors that nothing catches, and promises that fail with nothing to wait for them. */
function catchStrayErrors(): { readonly errors: unknown[]; readonly first: Promise<never>; end(): void } {
  const errors: unknown[] = [];
  const { promise: first, reject } = Promise.withResolvers<never>();
  first.catch(() => undefined);
  const onError = (error: unknown): void => {
    errors.push(error);
    reject(error);
  };
  process.on('uncaughtException', onError).on('unhandledRejection', onError);
  return {
    errors,
    first,
    end: () => process.off('uncaughtException', onError).off('unhandledRejection', onError),
  };
}

function describe(thrown: unknown, { name, linesBefore }: Job): Failure {
  if (!(thrown instanceof Error)) {
    return { name: typeof thrown, message: String(thrown) };
  }
  const at = thrown.stack?.split(`${encodeURIComponent(name)}.ts:`)[1];
  const line = at === undefined ? Number.NaN : Number.parseInt(at, 10) - linesBefore;
  return { name: thrown.name, message: thrown.message, ...(line > 0 ? { line } : {}) };
}

/** What keeps the process alive, without what does so from the start. */
function resources(): string {
  return process.getActiveResourcesInfo().sort().join(' ');
}
