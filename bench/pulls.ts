/**
 * Measures how fast rosters are pulled, compared with a bare loop of `fetch` and `JSON.parse` and with
 * other clients: `npm run bench`. Writes its table into docs/performance.md.
 *
 *     npm run bench -- --quick         two rounds instead of five, no memory, no cold start, and nothing is written
 *     npm run bench -- --case items    one case: items, latency, parallel, small, sensitive, gzip, events or memory
 *     npm run bench -- --pairs 15      this many rounds
 *
 * Takes less than ten minutes on two idle cores, and about two with `--quick`. With `CLEVER_REFERENCE_DIR`,
 * it includes clients generated from Clever's official specification.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, totalmem, type } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CASES, MEMORY } from './pulls/cases.ts';
import { generateClients } from './pulls/generate.ts';
import { type Measured, measure } from './pulls/measure.ts';
import { HEAD, median, ratio, rowsOf } from './pulls/report.ts';

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, case: { type: 'string' }, pairs: { type: 'string' } },
});
const rounds = Number(values.pairs ?? (values.quick ? 2 : 5));
const isChosen = (name: string): boolean => values.case === undefined || values.case === name;
if (!Number.isInteger(rounds) || rounds < 1) {
  throw new Error('--pairs must be a whole number of rounds.');
}
if (![...CASES, ...MEMORY.flat()].some(({ name }) => isChosen(name))) {
  throw new Error('--case names an unknown case.');
}

const lines: string[] = [];
const say = (...said: string[]): void => {
  lines.push(...said);
  console.log(said.join('\n'));
};

const generated = await generateClients();
try {
  const [processor] = cpus();
  say(
    `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${type()}, ${cpus().length} × ${processor?.model.trim()}, ` +
      `${Math.round(totalmem() / 2 ** 30)} GiB. Medians of ${rounds} rounds.`,
    '',
    ...HEAD,
  );
  const all: Measured[] = [];
  for (const one of CASES.filter(({ name }) => isChosen(name))) {
    const measured = await measure(one, rounds, generated);
    all.push(measured);
    say(...rowsOf(measured));
  }
  say('');
  const items = all.find(({ one }) => one.name === 'items');
  if (generated === undefined) {
    say(
      'Left out: the hey-api client. It is generated from the specification in `CLEVER_REFERENCE_DIR`, which was not set.',
    );
  } else if (items !== undefined) {
    say(`clever-sdk against the hey-api client with zod: ${ratio(items, 'sdk', 'hey-api').toFixed(2)} × (target 1.3).`);
  }
  if (isChosen('memory') && (!values.quick || values.case === 'memory')) {
    say('', ...(await memory()));
  }
  if (!values.quick && values.case === undefined && existsSync(new URL('./cold-start.ts', import.meta.url))) {
    coldStart();
  }
  if (!values.quick && values.case === undefined) {
    await writeDocument();
  }
} finally {
  if (generated !== undefined) {
    await rm(generated, { recursive: true });
  }
}

async function memory(): Promise<string[]> {
  const said: string[] = [];
  for (const pair of MEMORY) {
    const peaks: number[] = [];
    for (const one of pair) {
      const { taken } = await measure(one, values.quick ? 1 : 3, undefined);
      peaks.push(median(Object.values(taken).flatMap((all) => all.map(({ peakRssMb }) => peakRssMb))));
    }
    const [small = Number.NaN, big = Number.NaN] = peaks;
    const target = pair[0].contenders.includes('bare') ? '' : ' (target: at most 1.15)';
    said.push(
      `Peak memory ${pair[0].title} over ${pair.map(({ records }) => records.toLocaleString('en')).join(' and ')} users: ` +
        `${small.toFixed(0)} and ${big.toFixed(0)} MB, ${(big / small).toFixed(2)} ×${target}.`,
    );
  }
  return said;
}

function coldStart(): void {
  const program = fileURLToPath(new URL('./cold-start.ts', import.meta.url));
  say('', '```text', execFileSync(process.execPath, [program], { encoding: 'utf8' }).trim(), '```');
}

/** Replaces only the text between the markers. */
async function writeDocument(): Promise<void> {
  const file = new URL('../docs/performance.md', import.meta.url);
  const [before = '', rest = ''] = (await readFile(file, 'utf8')).split('<!-- bench -->');
  const after = rest.split('<!-- /bench -->')[1] ?? '';
  await writeFile(file, `${before}<!-- bench -->\n\n${lines.join('\n').trim()}\n\n<!-- /bench -->${after}`);
}
