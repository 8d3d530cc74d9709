import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Case } from './cases.ts';
import type { Taken } from './contend.ts';
import type { ServerOptions } from './server.ts';

const run = promisify(execFile);
const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** The largest number of records that each process reads before it is measured. */
const WARM_UP = 20_000;

/** The results of a case: the cost of each contender, round by round. */
export interface Measured {
  readonly one: Case;
  readonly taken: Readonly<Record<string, readonly Taken[]>>;
}

/**
 * Runs a case. Each round runs every contender once, in its own process and in turn, so that a temporary
 * slowdown of the machine affects all of them.
 */
export async function measure(one: Case, rounds: number, generated: string | undefined): Promise<Measured> {
  const contenders = one.contenders.filter((name) => name !== 'hey-api' || generated !== undefined);
  const taken: Record<string, Taken[]> = Object.fromEntries(contenders.map((name) => [name, []]));
  const [server, warm] = [await serve(one), await serve({ ...one, records: Math.min(WARM_UP, one.records) })];
  try {
    for (let round = 0; round < rounds; round += 1) {
      // Every second round runs in reverse order, because later contenders may find a warmer machine.
      for (const name of round % 2 === 0 ? contenders : contenders.toReversed()) {
        const { collection, pageSize, parallel } = one;
        const pull = { origin: server.origin, warmUp: warm.origin, collection, pageSize, parallel, generated };
        const { stdout } = await run(process.execPath, [here('./contend.ts'), name, JSON.stringify(pull)]);
        const result = JSON.parse(stdout) as Taken;
        if (result.records !== one.records) {
          throw new Error(`${one.name}: ${name} read ${result.records} records of ${one.records}.`);
        }
        taken[name]?.push(result);
      }
    }
  } finally {
    server.close();
    warm.close();
  }
  return { one, taken };
}

async function serve({
  records,
  latencyMs,
  gzip,
  isSensitive,
}: ServerOptions): Promise<{ origin: string; close(): void }> {
  const child = fork(here('./server.ts'), [JSON.stringify({ records, latencyMs, gzip, isSensitive })]);
  const [port] = (await once(child, 'message')) as [number];
  return { origin: `http://127.0.0.1:${port}`, close: () => child.disconnect() };
}
