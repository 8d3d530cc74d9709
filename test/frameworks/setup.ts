import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageUnderTest, run } from '../../scripts/pack.ts';

/** Installs the package here, as an app has it: beside the frameworks, without our sources. */
export default async function setup(): Promise<void> {
  const installed = join(import.meta.dirname, 'node_modules', 'clever-sdk');
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'clever-sdk-frameworks-')));
  try {
    const tarball = packageUnderTest(folder);
    rmSync(installed, { recursive: true, force: true });
    await mkdir(installed, { recursive: true });
    run('tar', ['-xzf', tarball, '--strip-components=1', '-C', installed], folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
