import { accessSync, constants, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix, relative } from 'node:path';
import ts from 'typescript';
import { bundledPackages } from './bundled-packages.ts';

/** Every file that may be in the package. Other files must not be published. */
const ALLOWED_FILES = [
  /^(?:package\.json|README\.md|AGENTS\.md|CHANGELOG\.md|LICENSE)$/u,
  /^dist\/THIRD-PARTY-LICENSES\.txt$/u,
  /^dist\/(?:index|values|schemas|sandbox|sandbox-msw|sync|sync-pg-boss|oneroster|certify|recording)\.(?:cjs|js(?:\.map)?|d\.c?ts)$/u,
  /^dist\/(?:better-auth|authjs|passport|fastify|hono|nuxt)\.(?:cjs|js(?:\.map)?|d\.c?ts)$/u,
  /^dist\/sandbox-[\w-]{8}\.d\.cts$/u, // declarations that the sandbox's two entries share
  /^dist\/cli\.js$/u,
  /^dist\/[\w.-]+-[A-Z0-9]{8}\.js(?:\.map)?$/u, // chunks shared by the ESM entries, or loaded when needed
];

const REQUIRED_FILES = [
  'package.json',
  'README.md',
  'AGENTS.md',
  'CHANGELOG.md',
  'LICENSE',
  'dist/THIRD-PARTY-LICENSES.txt',
  'dist/cli.js',
];

/** The packages whose types a public declaration may import. */
const DECLARATION_IMPORTS: Readonly<Record<string, readonly string[]>> = {
  'dist/index': [], // two copies of zod 4 have incompatible types, so the root entry imports none
  'dist/values': [],
  'dist/schemas': ['zod'],
  'dist/sandbox': [],
  'dist/sandbox-msw': ['msw'],
  'dist/sync': [], // the apps' database libraries are known by their shape alone
  'dist/sync-pg-boss': [],
  'dist/oneroster': [],
  'dist/certify': [],
  'dist/better-auth': [],
  'dist/authjs': [],
  'dist/passport': [], // frameworks are known by their shape alone
  'dist/fastify': [],
  'dist/hono': [],
  'dist/nuxt': [],
  'dist/recording': [],
};

/**
 * The maximum size of an installation. Lower a number when the package becomes smaller. A fifth of it is the sync,
 * whose SQL is written for people and comes in both formats and in a map; its status page is in there too. An entry is
 * five files, and what it shares with another is in chunks. The command line has postgres.js. The certification has its
 * probes, reports, cookies by the public suffix list and a parser of HTML, in both formats. The six frameworks are
 * 0.2 MB together.
 */
export const LIMITS = { files: 230, unpackedBytes: 11_000_000, packedBytes: 2_800_000 } as const;

/** Entries that also run without Node. */
const PORTABLE = [
  ...['dist/index', 'dist/values', 'dist/schemas'],
  ...['dist/better-auth', 'dist/authjs', 'dist/passport', 'dist/fastify', 'dist/hono', 'dist/nuxt'],
];

/** What a file for CommonJS may require beside Node's modules: the other entries, and what users install. */
const OUTSIDE_COMMONJS = [
  './index.cjs',
  './sync.cjs',
  './sandbox.cjs',
  'zod',
  'msw',
  '@electric-sql/pglite',
  'playwright-core',
];

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** The size of a package. */
export type Weight = { readonly [Name in keyof typeof LIMITS]: number };

/** Returns the size of a tarball and of the folder that it was unpacked into. */
export function weightOf(folder: string, tarball: string): Weight {
  const files = filesOf(folder);
  return {
    files: files.length,
    unpackedBytes: files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0),
    packedBytes: statSync(tarball).size,
  };
}

/** Returns which sizes exceed the limits, one sentence each. */
export function weightProblems(weight: Weight): string[] {
  return (Object.keys(LIMITS) as (keyof Weight)[])
    .filter((name) => weight[name] > LIMITS[name])
    .map((name) => `the package is too heavy: ${name} is ${weight[name]}, and the limit is ${LIMITS[name]}`);
}

/** Returns what is wrong with an unpacked package, one sentence each. */
export function packageProblems(folder: string): string[] {
  const files = filesOf(folder);
  return [
    ...fileProblems(files),
    ...declarationProblems(folder),
    ...codeProblems(folder, files),
    ...mapProblems(folder, files),
    ...licenceProblems(folder),
    ...binProblems(folder),
  ];
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

function fileProblems(files: readonly string[]): string[] {
  return [
    ...files
      .filter((file) => !ALLOWED_FILES.some((allowed) => allowed.test(file)))
      .map((file) => `${file} must not be in the package`),
    ...REQUIRED_FILES.filter((file) => !files.includes(file)).map((file) => `${file} is missing`),
  ];
}

function declarationProblems(folder: string): string[] {
  return Object.entries(DECLARATION_IMPORTS).flatMap(([entry, allowed]) =>
    [`${entry}.d.ts`, `${entry}.d.cts`].flatMap((file) =>
      importsOf(folder, file)
        .filter((name) => !allowed.includes(name) && !name.startsWith('./'))
        .map((name) => `${file} imports types of '${name}'`),
    ),
  );
}

function codeProblems(folder: string, files: readonly string[]): string[] {
  const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const installed = new Set(Object.keys({ ...dependencies, ...peerDependencies }));
  const undeclared = files
    .filter((file) => /\.c?js$/u.test(file))
    .flatMap((file) =>
      importsOf(folder, file)
        .filter((name) => !name.startsWith('.') && !name.startsWith('node:') && !installed.has(name))
        .map((name) => `${file} imports '${name}', which users do not install`),
    );
  const unportable = PORTABLE.flatMap((entry) => [`${entry}.js`, `${entry}.cjs`]).flatMap((file) =>
    [...reachable(folder, file)]
      .filter((name) => name.startsWith('node:'))
      .map((name) => `${file} imports '${name}', which Workers and browsers do not have`),
  );
  const unrequirable = files
    .filter((file) => file.endsWith('.cjs'))
    .flatMap((file) =>
      importsOf(folder, file)
        .filter((name) => !OUTSIDE_COMMONJS.includes(name))
        .filter((name) => !name.startsWith('node:'))
        .map((name) => `${file} requires '${name}': CommonJS bundles everything but zod and optional peers`),
    );
  return [...undeclared, ...unportable, ...unrequirable];
}

/** Returns every module that a file and its relative imports import. */
function reachable(folder: string, file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) {
    return seen;
  }
  seen.add(file);
  for (const name of importsOf(folder, file)) {
    if (name.startsWith('.')) {
      reachable(folder, posix.join(posix.dirname(file), name), seen);
    } else {
      seen.add(name);
    }
  }
  return seen;
}

/** Returns the modules that a file imports, requires or uses types of, by package. Ignores comments. */
function importsOf(folder: string, file: string): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(join(folder, file), 'utf8'), true, true);
  return [...new Set(importedFiles.map(({ fileName }) => fileName))];
}

interface SourceMap {
  readonly sources: readonly string[];
  readonly sourcesContent?: readonly (string | null)[];
}

function mapProblems(folder: string, files: readonly string[]): string[] {
  return files
    .filter((file) => file.endsWith('.map'))
    .flatMap((file) => {
      const { sources, sourcesContent } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as SourceMap;
      return sources.flatMap((source, index) => {
        if (source.startsWith('../node_modules/')) {
          return sourcesContent?.[index] ? [`${file} contains the text of ${source}, which is not ours`] : [];
        }
        if (!source.startsWith('../src/')) {
          return [`${file} names '${source}', a path of the machine that built it`];
        }
        return typeof sourcesContent?.[index] === 'string' ? [] : [`${file} does not contain the text of ${source}`];
      });
    });
}

function licenceProblems(folder: string): string[] {
  const dist = join(folder, 'dist');
  const licences = readFileSync(join(dist, 'THIRD-PARTY-LICENSES.txt'), 'utf8');
  return bundledPackages(dist)
    .filter(({ name }) => !licences.includes(`\n${name} `))
    .map(({ name }) => `the bundles contain ${name}, and THIRD-PARTY-LICENSES.txt does not name it`);
}

function binProblems(folder: string): string[] {
  const cli = join(folder, 'dist/cli.js');
  const problems = readFileSync(cli, 'utf8').startsWith('#!/usr/bin/env node\n') ? [] : ['dist/cli.js has no shebang'];
  try {
    accessSync(cli, constants.X_OK);
  } catch {
    problems.push('dist/cli.js is not executable');
  }
  return problems;
}
