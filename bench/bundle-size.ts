/**
 * What a function or a Worker loads of the SDK: small programs, bundled by esbuild with all that they need, minified
 * and compressed by gzip. After a build:
 *
 *     npm run build:js && npm exec -- node bench/bundle-size.ts
 *
 * The first number is what the program loads at its start, the second everything that it may load later: a bundler
 * without code splitting ships the second.
 */
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const at = (entry: string): string => join(root, 'dist', `${entry}.js`);

const PROGRAMS: Readonly<Record<string, string>> = {
  'a pull of users': `
    import { createCleverClient } from 'clever-sdk';
    for await (const { id } of createCleverClient().district({ token: 'x' }).users.list()) console.log(id);`,
  'a login': `
    import { createCleverClient } from 'clever-sdk';
    const clever = createCleverClient({ clientId: 'x', clientSecret: 'x', redirectUri: 'https://app.example.com/cb' });
    export const login = clever.login({ cookieSecret: 'x'.repeat(32), onLogin: () => new Response() });`,
  'one value': `
    import { normalizeGrade } from 'clever-sdk/values';
    console.log(normalizeGrade('9').value);`,
  'one schema': `
    import { userSchema } from 'clever-sdk/schemas';
    console.log(userSchema.safeParse({}).success);`,
};

async function sizesOf(program: string): Promise<{ readonly first: number; readonly all: number }> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: program, resolveDir: root, sourcefile: 'program.js' },
    alias: { 'clever-sdk/values': at('values'), 'clever-sdk/schemas': at('schemas'), 'clever-sdk': at('index') },
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    external: ['node:*'],
    outdir: join(root, 'bundle'),
    absWorkingDir: root,
    metafile: true,
    write: false,
    logLevel: 'error',
  });
  const sizes = new Map(outputFiles.map(({ path, contents }) => [path, gzipSync(contents, { level: 9 }).length]));
  const first = new Set(['bundle/stdin.js']);
  for (const file of first) {
    for (const { path, kind } of metafile.outputs[file]?.imports ?? []) {
      if (kind === 'import-statement') {
        first.add(path);
      }
    }
  }
  const total = (files: Iterable<string>): number =>
    [...files].reduce((sum, file) => sum + (sizes.get(join(root, file)) ?? 0), 0);
  return { first: total(first), all: total(Object.keys(metafile.outputs)) };
}

for (const [name, program] of Object.entries(PROGRAMS)) {
  const { first, all } = await sizesOf(program);
  console.log(
    `${name.padEnd(16)} ${(first / 1_000).toFixed(1).padStart(6)} kB first ${(all / 1_000).toFixed(1).padStart(6)} kB in all`,
  );
}
