/**
 * Compiles every TypeScript snippet that a reader may copy: the fenced blocks of README.md, AGENTS.md and docs/,
 * and the `@example` blocks of the docstrings. A comment `<!-- given: declare const x: string; -->` above a
 * block declares what the block assumes.
 *
 * Prints the compiler's errors with the place of the snippet, and exits with 1 if there are any.
 */
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

interface Snippet {
  readonly file: string;
  readonly line: number;
  readonly given: string;
  readonly code: string;
}

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/u, '');
const sources = [
  'README.md',
  'AGENTS.md',
  ...globSync('docs/**/*.md', { cwd: root }),
  ...globSync('src/**/*.ts', { cwd: root }),
];
const snippets = sources
  .filter((file) => !file.startsWith('docs/api/'))
  .flatMap((file) => snippetsIn(file, readFileSync(`${root}/${file}`, 'utf8')));

function snippetsIn(file: string, text: string): Snippet[] {
  const fence =
    /(?:<!-- given: (?<given>(?:(?!-->).)*?) -->\s*)?^(?<indent>[ \t*]*)```ts\n(?<code>[\s\S]*?)^[ \t*]*```/gmu;
  return [...text.matchAll(fence)].map(({ groups = {}, index }) => ({
    file,
    line: text.slice(0, index).split('\n').length,
    given: groups['given'] ?? '',
    code: (groups['code'] ?? '').replaceAll(/^[ \t]*\* ?/gmu, file.endsWith('.ts') ? '' : '$&'),
  }));
}

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2024.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.dom.asynciterable.d.ts'],
  types: ['node'],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noEmit: true,
  skipLibCheck: true,
  allowImportingTsExtensions: true,
  paths: {
    'clever-sdk': [`${root}/src/index.ts`],
    'clever-sdk/values': [`${root}/src/values/index.ts`],
    'clever-sdk/schemas': [`${root}/src/schemas/index.ts`],
    'clever-sdk/sandbox': [`${root}/src/sandbox/index.ts`],
    'clever-sdk/sandbox/msw': [`${root}/src/sandbox/msw.ts`],
    'clever-sdk/sync': [`${root}/src/sync/index.ts`],
    'clever-sdk/certify': [`${root}/src/certify/index.ts`],
    'clever-sdk/sync/pg-boss': [`${root}/src/sync/pg-boss/index.ts`],
    'clever-sdk/recording': [`${root}/src/recording/index.ts`],
    'clever-sdk/oneroster': [`${root}/src/oneroster/index.ts`],
    // The other names are frameworks.
    'clever-sdk/*': [`${root}/src/frameworks/*/index.ts`],
  },
};

const virtual = new Map(
  snippets.map((snippet, index) => [
    `${root}/snippet-${index}.ts`,
    { snippet, text: `${snippet.given}\n${snippet.code}\nexport {};\n` },
  ]),
);
const host = ts.createCompilerHost(options);
const { fileExists, readFile } = host;
host.fileExists = (path) => virtual.has(path) || fileExists(path);
host.readFile = (path) => virtual.get(path)?.text ?? readFile(path);
const getSourceFile = host.getSourceFile.bind(host);
host.getSourceFile = (path, languageVersion, ...rest) => {
  const snippet = virtual.get(path);
  return snippet === undefined
    ? getSourceFile(path, languageVersion, ...rest)
    : ts.createSourceFile(path, snippet.text, languageVersion);
};

const program = ts.createProgram([...virtual.keys(), `${root}/scripts/snippet-modules.d.ts`], options, host);
let errors = 0;
for (const [path, { snippet }] of virtual) {
  const file = program.getSourceFile(path);
  if (file === undefined) {
    throw new Error(`The compiler did not read the snippet of ${snippet.file}:${snippet.line}`);
  }
  for (const { messageText, start = 0 } of ts.getPreEmitDiagnostics(program, file)) {
    const line = snippet.line + file.getLineAndCharacterOfPosition(start).line;
    console.error(`${snippet.file}:${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
    errors += 1;
  }
}
console.log(`${snippets.length} snippets compiled, ${errors} errors`);
process.exitCode = errors === 0 && snippets.length > 0 ? 0 : 1;
