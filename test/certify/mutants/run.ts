/*
 * Tries each mutant as `clever-sdk certify` tries an app, and compares the verdicts with the reference app's:
 * `npm run test:certify-mutants [part of a name or a probe]`. A process per core shares the work. A mutant of a login
 * is tried by the probes of logins and the Library, any other one by those of its suite; `CERTIFY_MUTANTS=full` tries
 * all. `CERTIFY_MUTANTS=third` takes every third mutant, for CI.
 */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import process from 'node:process';
import { PGlite } from '@electric-sql/pglite';
import { certify, type ProbeResult, type Suite } from 'clever-sdk/certify';
import { startCertifiedApp } from '../certified-app.ts';
import { Copies } from './copies.ts';
import { MUTANTS } from './list/index.ts';
import type { Mutant } from './mutant.ts';

type Results = ReadonlyMap<string, ProbeResult>;

const SUITES: readonly Suite[] = ['sso', 'library', 'sync', 'lms'];
const SHARDS = Math.min(availableParallelism(), 4);
const SHARD = process.env['CERTIFY_MUTANTS_SHARD'];
const [wanted = ''] = process.argv.slice(2);
const HOW = process.env['CERTIFY_MUTANTS'];
const mutants = MUTANTS.filter(({ name, probe }) => name.includes(wanted) || probe.includes(wanted)).filter(
  (_, index) => HOW !== 'third' || index % 3 === 0,
);

console.error = () => undefined; // The errors of mutants are meant.
process.exitCode = SHARD === undefined && mutants.length > 1 ? await runShards() : await runShard(Number(SHARD ?? 0));

async function runShards(): Promise<number> {
  process.stdout.write(`${mutants.length} of ${MUTANTS.length} mutants, in ${SHARDS} processes.\n`);
  const codes = Array.from({ length: SHARDS }, (_, shard) => {
    const env = { ...process.env, CERTIFY_MUTANTS_SHARD: String(shard) };
    const child = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1)], { env, stdio: 'inherit' });
    return new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
  });
  return Math.max(...(await Promise.all(codes)));
}

async function runShard(shard: number): Promise<number> {
  const copies = new Copies();
  const db = await PGlite.create();
  const own = mutants.filter((_, index) => SHARD === undefined || index % SHARDS === shard);
  let survivors = 0;
  try {
    const reference = await verdictsOf(copies, db, { name: 'the reference app', changes: [] }, SUITES);
    for (const mutant of own) {
      const begin = performance.now();
      const results = await verdictsOf(copies, db, mutant, suitesOf(mutant));
      const problems = results.has(mutant.probe) ? compare(mutant, reference, results) : ['There is no such probe.'];
      const seconds = ((performance.now() - begin) / 1_000).toFixed(1);
      survivors += problems.length > 0 ? 1 : 0;
      const title = `${mutant.name} (${mutant.probe}, ${seconds} s)`;
      process.stdout.write(
        problems.length === 0
          ? `found  ${title}\n`
          : `WRONG  ${title}\n${problems.map((text) => `         ${text}\n`).join('')}`,
      );
    }
  } finally {
    copies.remove();
    await db.close();
  }
  return survivors === 0 ? 0 : 1;
}

async function verdictsOf(
  copies: Copies,
  db: PGlite,
  mutant: Pick<Mutant, 'name' | 'by' | 'changes'>,
  suites: readonly Suite[],
): Promise<Results> {
  await db.exec('drop schema if exists clever cascade; drop schema public cascade; create schema public');
  const app = await startCertifiedApp(await copies.load(mutant), db);
  try {
    // The same people each time, so that nothing but the defect makes a difference.
    const { probes } = await certify({ ...app.options, suites, seed: 1 });
    return new Map(probes.map((probe) => [probe.id, probe]));
  } finally {
    await app.close();
  }
}

function suitesOf({ probe }: Mutant): readonly Suite[] {
  if (HOW === 'full') {
    return SUITES;
  }
  const own = SUITES.filter((suite) => probe.startsWith(`${suite}.`));
  return own.includes('sso') || own.includes('library') ? ['sso', 'library'] : own;
}

/** What is wrong with the verdicts of a mutant: nothing, when its probe and no other one says so. */
function compare({ probe, verdict: wanted = 'fail' }: Mutant, reference: Results, results: Results): string[] {
  const mayBeSkipped = skippedBecauseOf(probe, results);
  return [...results.values()].flatMap(({ id, verdict, evidence }) => {
    const expected = id === probe ? wanted : reference.get(id)?.verdict;
    return verdict === expected || (id !== probe && mayBeSkipped.has(id))
      ? []
      : [`${id}: ${verdict}, not ${expected}. ${evidence.join(' ')}`];
  });
}

/** A probe, those that were not tried because of it, and those that were not tried because of these. */
function skippedBecauseOf(probe: string, results: Results): ReadonlySet<string> {
  const because = new Set([probe]);
  for (let before = 0; before < because.size; ) {
    before = because.size;
    for (const { id, verdict, evidence } of results.values()) {
      const [, other = ''] = /^Not tried, because (\S+) /u.exec(evidence[0] ?? '') ?? [];
      if (verdict === 'skipped' && because.has(other)) {
        because.add(id);
      }
    }
  }
  return because;
}
