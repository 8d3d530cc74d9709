import ts from 'typescript';
import type { Snippet } from './find.ts';
import { nameDefaultExport, partsOf } from './parts.ts';

/** Where the values that snippets are given are made; messages name it. */
const REGISTRY = 'scripts/snippets/givens.ts';

/** A problem of a snippet, at the line of its file. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

/** A piece of the module that the compiler reads in the place of a snippet. */
interface Piece {
  readonly text: string;
  /** The line of the file that the piece's first line is at. */
  readonly line: number;
  /** What is said of an error in this piece. */
  readonly explain: (message: string, code: number) => string;
}

/** `Property … does not exist on type …`. */
const UNKNOWN_MEMBER = 2339;

/** Compiles all snippets in one program, against the sources, and with the types of the values that they are given. */
export function compile(root: string, snippets: readonly Snippet[]): Problem[] {
  const options = optionsFor(root);
  const modules = new Map(
    snippets.map((snippet, index) => [`${root}/snippet-${index}.ts`, { snippet, pieces: piecesOf(root, snippet) }]),
  );
  const texts = new Map([...modules].map(([path, { pieces }]) => [path, pieces.map(({ text }) => text).join('\n')]));
  const host = hostFor(options, texts);
  const program = ts.createProgram([...modules.keys(), `${root}/scripts/snippet-modules.d.ts`], options, host);
  return [...modules].flatMap(([path, { snippet, pieces }]) => {
    const file = program.getSourceFile(path);
    if (file === undefined) {
      throw new Error(`The compiler did not read the snippet of ${snippet.file}:${snippet.line}`);
    }
    return ts.getPreEmitDiagnostics(program, file).map(({ messageText, code, start = 0 }) => {
      const { piece, offset } = pieceAt(pieces, file.getLineAndCharacterOfPosition(start).line);
      const text = piece.explain(ts.flattenDiagnosticMessageText(messageText, ' '), code);
      return { file: snippet.file, line: piece.line + offset, text };
    });
  });
}

function piecesOf(root: string, snippet: Snippet): Piece[] {
  const { givens, undeclared } = partsOf(snippet);
  const plain = (message: string): string => message;
  const registry = `import('${root}/${REGISTRY}').Givens`;
  return [
    {
      text: undeclared.map(({ name, key }) => `declare const ${name}: ${registry}['${key}'];`).join(' '),
      line: snippet.line,
      explain: plain,
    },
    { text: snippet.given ?? '', line: snippet.line, explain: (message) => `in \`given\`: ${message}` },
    { text: nameDefaultExport(snippet.code), line: snippet.line + 1, explain: plain },
    { text: snippet.run ?? '', line: snippet.line, explain: (message) => `in \`run\`: ${message}` },
    ...(snippet.notRun === undefined ? givens : []).map(({ name, key }) => ({
      text: `(null as unknown as ${registry}['${key}']) satisfies typeof ${name};`,
      line: snippet.line,
      explain: (message: string, code: number) =>
        code === UNKNOWN_MEMBER
          ? `nothing gives \`${name}\` to this snippet: add \`${key}\` to ${REGISTRY}`
          : `\`${key}\` of ${REGISTRY} is not what this snippet declares \`${name}\` to be: ${message}`,
    })),
    { text: 'export {};\n', line: snippet.line, explain: plain },
  ];
}

function pieceAt(pieces: readonly Piece[], line: number): { readonly piece: Piece; readonly offset: number } {
  let first = 0;
  for (const piece of pieces) {
    const next = first + piece.text.split('\n').length;
    if (line < next) {
      return { piece, offset: line - first };
    }
    first = next;
  }
  throw new Error(`No piece of the snippet has the line ${line}`);
}

/** The compiler's own host, for which the snippets are files too. */
function hostFor(options: ts.CompilerOptions, texts: ReadonlyMap<string, string>): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  const getSourceFile = host.getSourceFile.bind(host);
  host.fileExists = (path) => texts.has(path) || fileExists(path);
  host.readFile = (path) => texts.get(path) ?? readFile(path);
  host.getSourceFile = (path, languageVersion, ...rest) => {
    const text = texts.get(path);
    return text === undefined
      ? getSourceFile(path, languageVersion, ...rest)
      : ts.createSourceFile(path, text, languageVersion);
  };
  return host;
}

function optionsFor(root: string): ts.CompilerOptions {
  return {
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
}
