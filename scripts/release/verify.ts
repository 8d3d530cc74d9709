/**
 * The last step of a release: looks at what was published as a stranger would. Run by the release workflow after
 * publishing, and by `npm run release:verify`.
 *
 * Downloads the package and compares its bytes with the tarball that was tested, installs it into empty folders with
 * npm, Bun and Deno, runs a first program there, and has npm check the registry's signatures and the provenance.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { run } from '../pack.ts';
import { HAS_RUNTIMES, RUNTIMES } from '../runtimes.ts';
import { main, npm, releaseFolder } from './command.ts';
import { isNotFound } from './npm-answers.ts';
import { firstSteps, makeProject } from './project.ts';
import { integrityOf, readRecord } from './record.ts';

/** How often, and how long in between, to ask for a version that was published a moment ago. */
const WAIT = { tries: 20, milliseconds: 15_000 } as const;

await main(async () => {
  const { values } = parseArgs({ options: { folder: { type: 'string' }, registry: { type: 'string' } } });
  const record = readRecord(releaseFolder(values.folder));
  const published = `${record.name}@${record.version}`;
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'clever-sdk-verify-')));
  const fromRegistry = values.registry === undefined ? {} : { NPM_CONFIG_REGISTRY: values.registry };
  // Empty caches, so that everything comes from the registry, as on a machine that has never seen the package.
  const env = {
    ...{ ...fromRegistry, NPM_CONFIG_CACHE: join(folder, 'npm-cache') },
    ...{ BUN_INSTALL_CACHE_DIR: join(folder, 'bun-cache'), DENO_DIR: join(folder, 'deno-cache') },
  };
  try {
    const downloaded = await download(published, makeFolder(folder, 'download'), env);
    if (integrityOf(downloaded) !== record.integrity) {
      throw new Error(`${published} is ${integrityOf(downloaded)} in the registry; ${record.integrity} was tested.`);
    }
    console.log(`${published} is the tarball that was tested: ${record.integrity}`);

    const node = makeProject(folder, 'node');
    npm(['install', published], { cwd: node, env });
    firstSteps('Node', process.execPath, ['first-steps.mjs'], node, env);
    if (HAS_RUNTIMES) {
      checkOtherRuntimes(folder, published, env);
    } else {
      console.log('Bun and Deno: skipped, because their binaries are installed on Linux on x64 only.');
    }
    if (values.registry === undefined) {
      npm(['audit', 'signatures'], { cwd: node, env });
    } else {
      console.log('Signatures and provenance: skipped, because a registry of this machine has none.');
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Downloads a package. A registry may take minutes to show a new version. */
async function download(published: string, folder: string, env: NodeJS.ProcessEnv): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    const packed = spawnSync('npm', ['pack', published, '--json', '--prefer-online', '--pack-destination', folder], {
      cwd: folder,
      env: { ...process.env, ...env },
      encoding: 'utf8',
    });
    if (packed.status === 0) {
      const [{ filename }] = JSON.parse(packed.stdout) as [{ filename: string }];
      return join(folder, filename);
    }
    if (attempt === WAIT.tries || !isNotFound(packed.stdout)) {
      throw new Error(`npm could not download ${published}.\n${packed.stderr}`);
    }
    await sleep(WAIT.milliseconds);
  }
}

/** Installs and runs with the installers of Bun and Deno, which are themselves packages of the registry. */
function checkOtherRuntimes(folder: string, published: string, env: NodeJS.ProcessEnv): void {
  const toolchain = makeProject(folder, 'toolchain');
  npm(['install', '--ignore-scripts', '--prefer-offline', RUNTIMES.bun.package, RUNTIMES.deno.package], {
    cwd: toolchain,
  });
  const binary = (runtime: 'bun' | 'deno'): string => join(toolchain, 'node_modules', RUNTIMES[runtime].binary);

  const bun = makeProject(folder, 'bun');
  run(binary('bun'), ['add', published], bun, env);
  firstSteps('Bun', binary('bun'), ['first-steps.mjs'], bun, env);

  const deno = makeProject(folder, 'deno');
  run(binary('deno'), ['add', '--quiet', `npm:${published}`], deno, env);
  firstSteps('Deno', binary('deno'), ['run', '--allow-all', '--quiet', 'first-steps.mjs'], deno, env);
}

function makeFolder(...segments: string[]): string {
  const folder = join(...segments);
  mkdirSync(folder);
  return folder;
}
