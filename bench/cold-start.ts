/**
 * Measures what the first import costs a new process, compared with importing only ky. Run
 * `npm run build:js`, then `npm exec -- node bench/cold-start.ts`. The times depend on the machine, so
 * compare the ratios.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const RUNS = Number(process.argv[2] ?? 21);

const dist = new URL('../dist/', import.meta.url);
const imports = {
  ky: "await import('ky')",
  'clever-sdk': `await import(${JSON.stringify(new URL('index.js', dist).href)})`,
  'clever-sdk, required': `process.getBuiltinModule('module').createRequire(${JSON.stringify(dist.href)})('./index.cjs')`,
  'clever-sdk/values': `await import(${JSON.stringify(new URL('values.js', dist).href)})`,
  'clever-sdk/schemas': `await import(${JSON.stringify(new URL('schemas.js', dist).href)})`,
};

/** Returns the time that one import takes in its own process, in milliseconds. */
function measure(code: string): number {
  const program = `const begin = performance.now(); ${code}; process.stdout.write(String(performance.now() - begin));`;
  const cwd = fileURLToPath(new URL('../', import.meta.url)); // where ky is installed
  return Number(execFileSync(process.execPath, ['--input-type=module', '--eval', program], { cwd, encoding: 'utf8' }));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

// Measured in turns, so that a temporary slowdown of the machine affects all imports alike.
const times = Object.fromEntries(Object.keys(imports).map((name) => [name, [] as number[]]));
for (let run = 0; run <= RUNS; run++) {
  for (const [name, code] of Object.entries(imports)) {
    const time = measure(code);
    if (run > 0) {
      times[name]?.push(time); // the first run fills the file system's cache
    }
  }
}

const base = median(times['ky'] ?? []);
console.log(`Node ${process.version}, median of ${RUNS} new processes, measured in turns`);
console.table(
  Object.fromEntries(
    Object.entries(times).map(([name, values]) => {
      const time = median(values);
      return [name, { milliseconds: Number(time.toFixed(1)), 'ratio to ky': Number((time / base).toFixed(2)) }];
    }),
  ),
);
