import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import type { TestProject } from 'vitest/node';
import { packageUnderTest, run } from '../../scripts/pack.ts';
import { HAS_RUNTIMES, RUNTIMES } from '../../scripts/runtimes.ts';

/** The Node.js releases that users of the package run. */
export const NODE_VERSIONS = { 22: '22.23.3', 24: '24.21.0', 26: '26.10.0' } as const;
/** The oldest Node that `engines` of the package names. */
export const LOWEST_NODE = '22.12.0';
/** The oldest Node on which the client and the sandbox run, and one on which they say that they do not. */
export const OLD_NODES = { oldest: '20.9.0', 'too-old': '18.20.4' } as const;
/** The oldest compatibility date of Workers on which they run, one before classes had names, and the newest. */
export const COMPATIBILITY_DATES = ['2023-03-01', '2024-09-01', '2026-11-01'] as const;
/** The compilers that users of the package have; version 7 has no API, so each runs as a program. */
export const TYPESCRIPT_VERSIONS = { '5.9': '5.9.3', 6: '6.0.3', 7: '7.0.2' } as const;

declare module 'vitest' {
  export interface ProvidedContext {
    /** The tarball. */
    tarball: string;
    /** A folder in which the tarball is unpacked, as `package/`. */
    unpacked: string;
    /** A project outside this one, in which the tarball is installed. */
    consumer: string;
    /** A project that holds the Nodes and the compilers. */
    toolchain: string;
  }
}

/** Takes one tarball, and installs it where none of this project's files can be found by accident. */
export default function setup(project: TestProject): () => void {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'clever-sdk-dist-')));
  const toolchain = makeFolder(folder, 'toolchain');
  const consumer = makeFolder(folder, 'consumer');
  const tarball = packageUnderTest(folder);
  run('tar', ['-xzf', tarball, '-C', makeFolder(folder, 'unpacked')], folder);

  install(toolchain, toolchainPackages());
  cpSync(join(import.meta.dirname, 'consumer'), consumer, { recursive: true });
  copyTypeTests(consumer);
  install(consumer, [tarball, '@types/node@22.20.5', 'msw@3.0.5', '@electric-sql/pglite@0.5.17']);
  writeCommonJs(consumer);

  project.provide('tarball', tarball);
  project.provide('unpacked', join(folder, 'unpacked', 'package'));
  project.provide('consumer', consumer);
  project.provide('toolchain', toolchain);
  return () => rmSync(folder, { recursive: true, force: true });
}

/** Packages that contain only a program, so that no install script has to run. */
function toolchainPackages(): string[] {
  const platform = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  return [
    ...Object.entries({ ...NODE_VERSIONS, ...OLD_NODES, lowest: LOWEST_NODE }).map(
      ([major, version]) => `node-${major}@npm:node-${platform}@${version}`,
    ),
    ...Object.entries(TYPESCRIPT_VERSIONS).map(([name, version]) => `typescript-${name}@npm:typescript@${version}`),
    ...(HAS_RUNTIMES ? Object.values(RUNTIMES).map((runtime) => runtime.package) : []),
  ];
}

function install(folder: string, packages: readonly string[]): void {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true }));
  run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', ...packages], folder);
}

/** The type tests that need nothing but the package: those of internals and of other libraries are in folders. */
function copyTypeTests(consumer: string): void {
  const [from, to] = [join(import.meta.dirname, '..', 'types'), makeFolder(consumer, 'types')];
  for (const file of readdirSync(from).filter((name) => name.endsWith('.test.ts'))) {
    cpSync(join(from, file), join(to, file.replace(/ts$/u, 'mts')));
  }
}

/** The same programs for `require`, as the compiler of a CommonJS project would write them. */
function writeCommonJs(consumer: string): void {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true };
  for (const name of ['program', 'mocked']) {
    const source = readFileSync(join(consumer, `${name}.mts`), 'utf8');
    writeFileSync(join(consumer, `${name}.cts`), source);
    writeFileSync(join(consumer, `${name}.cjs`), ts.transpileModule(source, { compilerOptions }).outputText);
  }
}

function makeFolder(...segments: string[]): string {
  const folder = join(...segments);
  mkdirSync(folder);
  return folder;
}
