import { existsSync } from 'node:fs';
import { mkdtemp, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createClient } from '@hey-api/openapi-ts';
import { build } from 'tsup';

/**
 * Generates the other clients from Clever's official specification. The specification is not part of this
 * project: it is read from the folder that `CLEVER_REFERENCE_DIR` names.
 *
 * @returns A temporary folder, which the caller must remove; `undefined` without the specification.
 */
export async function generateClients(): Promise<string | undefined> {
  const reference = process.env['CLEVER_REFERENCE_DIR'];
  const specification = join(reference ?? '', 'openapi', 'v3.1-client.yml');
  if (reference === undefined || !existsSync(specification)) {
    return undefined;
  }
  const folder = await mkdtemp(join(tmpdir(), 'clever-bench-'));
  await symlink(fileURLToPath(new URL('../../node_modules', import.meta.url)), join(folder, 'node_modules'));
  await createClient({
    input: specification,
    output: { path: join(folder, 'source'), clean: false },
    plugins: ['@hey-api/client-fetch', 'zod', { name: '@hey-api/sdk', validator: true }],
    logs: { level: 'silent', file: false },
  });
  const entry = { 'sdk.gen': join(folder, 'source/sdk.gen.ts'), client: join(folder, 'source/client/index.ts') };
  await build({ entry, outDir: folder, format: 'esm', config: false, silent: true, clean: false, target: 'node22' });
  return folder;
}
