/** Runs one pull in its own process: `contend.ts <contender> <pull as JSON>`. Prints what it took. */
import type { Contender, Pull } from './contender.ts';

/** The cost of a pull. */
export interface Taken {
  readonly records: number;
  readonly ms: number;
  readonly cpuMs: number;
  readonly peakRssMb: number;
}

const [, , name = '', options = '{}'] = process.argv;
const { warmUp, ...pulled } = JSON.parse(options) as Pull & { readonly warmUp: string };
const { pull } = (await import(`./contenders/${name}.ts`)) as { readonly pull: Contender };
// Warms up, as in a process that has run for a while: the first pages compile the code.
await pull({ ...pulled, origin: warmUp });
const cpu = process.cpuUsage();
const begin = performance.now();
const records = await pull(pulled);
const ms = performance.now() - begin;
const { user, system } = process.cpuUsage(cpu);
const taken: Taken = { records, ms, cpuMs: (user + system) / 1_000, peakRssMb: process.resourceUsage().maxRSS / 1_024 };
process.stdout.write(JSON.stringify(taken));
// Idle connections are kept alive and would keep the process running.
process.exit(0);
