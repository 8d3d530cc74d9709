import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const COPY = join(import.meta.dirname, '.apps', 'types');

/* The recipes are not compiled with the project, because their frameworks are installed here alone. */
it('compile as TypeScript with the types of their frameworks', () => {
  rmSync(COPY, { recursive: true, force: true });
  mkdirSync(COPY, { recursive: true });
  cpSync(join(import.meta.dirname, '../../examples/frameworks'), join(COPY, 'recipes'), { recursive: true });
  writeFileSync(join(COPY, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(COPY, 'globals.d.ts'), GLOBALS);
  const compilerOptions = { module: 'esnext', moduleResolution: 'bundler', noEmit: true, paths: {} };
  const configuration = { extends: '../../../../tsconfig.json', compilerOptions, include: ['.'], exclude: [] };
  writeFileSync(join(COPY, 'tsconfig.json'), JSON.stringify(configuration));
  const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const { stdout, status } = spawnSync(process.execPath, [compiler, '-p', COPY], { encoding: 'utf8' });
  expect([stdout, status]).toEqual(['', 0]);
});

/** As much of the other runtimes as the recipes use. */
const GLOBALS = `
type Handler = (request: Request) => Promise<Response>;
declare const Bun: { serve(options: { port: number; fetch: Handler }): unknown };
declare const Deno: {
  serve(options: { port: number }, handler: Handler): unknown;
  env: { get(name: string): string | undefined; toObject(): Record<string, string> };
};
`;
