import ts from 'typescript';

/** Finds the text of a file of declarations by its path in the package, or returns `undefined` when none exists. */
export type ReadDeclarations = (path: string) => string | undefined;

/**
 * Compiles files of declarations as far as a report needs it: names are bound to what declares them in these files.
 * Packages and the standard library are left out, because a report names what is theirs and does not describe it.
 */
export function programOf(paths: readonly string[], read: ReadDeclarations): ts.Program {
  const options: ts.CompilerOptions = { noLib: true, types: [], noEmit: true, module: ts.ModuleKind.NodeNext };
  const host = ts.createCompilerHost(options);
  // The compiler makes every path absolute. With the package as its root, nothing depends on where that is.
  host.getCurrentDirectory = () => '/';
  host.readFile = (path) => read(path.replace(/^(?:\.?\/)?/u, './'));
  host.fileExists = (path) => host.readFile(path) !== undefined;
  host.getSourceFile = (path, settings) => {
    const text = host.readFile(path);
    return text === undefined ? undefined : ts.createSourceFile(path, text, settings, true);
  };
  host.resolveModuleNameLiterals = (literals, from) =>
    literals.map(({ text }) => ({ resolvedModule: text.startsWith('.') ? moduleAt(from, text) : undefined }));
  return ts.createProgram(paths, options, host);
}

function moduleAt(from: string, specifier: string): ts.ResolvedModuleFull {
  const folder = from.slice(0, from.lastIndexOf('/') + 1);
  const [, stem = '', format = ''] = /^\.\/(.*)\.([cm]?)js$/u.exec(specifier) ?? [];
  if (stem === '') {
    throw new Error(`${from} imports ${specifier}: declarations are expected beside each other.`);
  }
  const extension = `.d.${format}ts`;
  return { resolvedFileName: folder + stem + extension, extension, isExternalLibraryImport: false };
}
