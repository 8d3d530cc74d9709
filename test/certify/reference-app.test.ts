import { certify } from 'clever-sdk/certify';
import { expect, it } from 'vitest';
import { createApp } from '../../examples/certified/app.ts';
import { createCommands } from '../../examples/certified/commands.ts';
import { createTables } from '../../examples/certified/database.ts';
import { startCertifiedApp } from './certified-app.ts';

/** How often: 1, or `CERTIFY_RUNS=20`. Each run has other people. */
const RUNS = Number(process.env['CERTIFY_RUNS'] ?? 1);

/** What this run cannot try: an app that is not on this machine, and a browser. */
const ELSEWHERE = ['sso.https', 'sso.browsers'];

async function run(seed?: number) {
  const app = await startCertifiedApp({ createApp, createCommands, createTables });
  try {
    return await certify({ ...app.options, ...(seed === undefined ? {} : { seed }) });
  } finally {
    await app.close();
  }
}

it('passes every probe', { timeout: 300_000 }, async () => {
  const { probes, ok } = await run();
  const others = probes.filter(
    ({ id, verdict }) =>
      verdict !== 'pass' && verdict !== 'review' && !(verdict === 'skipped' && ELSEWHERE.includes(id)),
  );
  expect(others.map(({ id, verdict, evidence }) => ({ id, verdict, evidence }))).toEqual([]);
  expect(ok).toBe(true);
});

const TITLE = RUNS > 1 ? `in ${RUNS} runs` : 'in each run: skipped, because CERTIFY_RUNS does not say how many';

it.runIf(RUNS > 1)(`gives the same verdicts ${TITLE}`, { timeout: RUNS * 300_000 }, async () => {
  const verdicts = new Set<string>();
  for (let number = 0; number < RUNS; number += 1) {
    const { probes } = await run();
    verdicts.add(probes.map(({ id, verdict }) => `${id} ${verdict}`).join('\n'));
  }
  expect([...verdicts]).toHaveLength(1);
});
