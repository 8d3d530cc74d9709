/**
 * A release from its first step to its last, by hand and without the network but for npm's registry: packs, tests, lets
 * `npm publish --dry-run` say what it would send, publishes to a registry on this machine, and verifies what can be
 * installed from there. Run by `npm run release:rehearse`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { run } from '../pack.ts';
import { main, ROOT, releaseFolder } from './command.ts';
import { startLocalRegistry } from './local-registry.ts';
import { readRecord } from './record.ts';

await main(async () => {
  await step('pack');
  await step('test');
  await step('publish', '--dry-run');
  const upstream = run('npm', ['config', 'get', 'registry'], ROOT).trim();
  const registry = await startLocalRegistry(upstream, readRecord(releaseFolder()).name);
  try {
    await step('publish', '--registry', registry.url);
    await step('verify', '--registry', registry.url);
  } finally {
    await registry.close();
  }
});

/** Runs a step of the release. It must not block this process, which is the registry. */
async function step(name: string, ...args: string[]): Promise<void> {
  console.log(`\n── release:${name} ${args.join(' ')}`);
  const child = spawn(process.execPath, [join(import.meta.dirname, `${name}.ts`), ...args], { stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) {
    throw new Error(`The rehearsal ended at release:${name}.`);
  }
}
