/** One pull in a process of its own: `contend.ts <contender> <pull as JSON>`. Prints what it took. */
import type { Contender, Pull } from './contender.ts';

/** What a pull took. */
export interface Taken {
  readonly records: number;
  readonly ms: number;
  readonly cpuMs: number;
  readonly peakRssMb: number;
}

const [, , name = '', options = '{}'] = process.argv;
const { warmUp, ...pulled } = JSON.parse(options) as Pull & { readonly warmUp: string };
const { pull } = (await import(`./contenders/${name}.ts`)) as { readonly pull: Contender };
// As in a process that has worked for a while: the first pages compile the code.
await pull({ ...pulled, origin: warmUp });
const cpu = process.cpuUsage();
const begin = performance.now();
const records = await pull(pulled);
const ms = performance.now() - begin;
const { user, system } = process.cpuUsage(cpu);
const taken: Taken = { records, ms, cpuMs: (user + system) / 1_000, peakRssMb: process.resourceUsage().maxRSS / 1_024 };
process.stdout.write(JSON.stringify(taken));
// Connections are kept alive for requests that nobody makes any more.
process.exit(0);
