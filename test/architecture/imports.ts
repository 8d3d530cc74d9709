import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** One module that a source file asks for. */
export interface Import {
  /** As written. */
  readonly specifier: string;
  /** The package for a package, `node:*` for Node's own modules, otherwise the path of the file in the project. */
  readonly target: string;
  /** Only types are taken, so nothing is left of it at run time. */
  readonly typeOnly: boolean;
  /** `import * as name from`, or `import type * as name from`. */
  readonly namespace: boolean;
  /** `import('…')`: nothing is loaded before it is needed. */
  readonly dynamic: boolean;
}

/** What one source file reaches for. */
export interface SourceFacts {
  /** Path from the project's root, with forward slashes: `src/client.ts`. */
  readonly path: string;
  readonly imports: readonly Import[];
  /** Globals that only Node has, by name. */
  readonly nodeGlobals: readonly string[];
}

const NODE_GLOBALS = new Set(['Buffer', 'process', 'global', 'require', '__dirname', '__filename', 'setImmediate']);

/** Reads the facts of every source file below `src/`. */
export function readSources(): SourceFacts[] {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  return globSync('src/**/*.ts', { cwd: root })
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
    .map((path) => factsOf(path, readFileSync(`${root}${path}`, 'utf8')));
}

/** Reads the facts of one source text. */
export function factsOf(path: string, text: string): SourceFacts {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const imports: Import[] = [];
  const nodeGlobals = new Set<string>();
  const add = (specifier: ts.Node | undefined, kind: Partial<Import> = {}): void => {
    if (specifier !== undefined && ts.isStringLiteralLike(specifier)) {
      const { text: name } = specifier;
      imports.push({
        specifier: name,
        target: targetOf(path, name),
        typeOnly: kind.typeOnly ?? false,
        namespace: kind.namespace ?? false,
        dynamic: kind.dynamic ?? false,
      });
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      const bindings = node.importClause?.namedBindings;
      add(node.moduleSpecifier, {
        typeOnly: isTypeOnlyImport(node.importClause),
        namespace: bindings !== undefined && ts.isNamespaceImport(bindings),
      });
    } else if (ts.isExportDeclaration(node)) {
      add(node.moduleSpecifier, { typeOnly: isTypeOnlyExport(node) });
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], { namespace: true, dynamic: true });
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal, { typeOnly: true, namespace: true });
    } else if (ts.isIdentifier(node) && NODE_GLOBALS.has(node.text) && isReference(node)) {
      nodeGlobals.add(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return { path, imports, nodeGlobals: [...nodeGlobals] };
}

function targetOf(importer: string, specifier: string): string {
  if (specifier.startsWith('.')) {
    const { pathname } = new URL(specifier, `file:///${importer}`);
    return pathname.slice(1).replace(/\.js$/u, '.ts');
  }
  if (specifier.startsWith('node:')) {
    return 'node:*';
  }
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function isTypeOnlyImport(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) {
    return false;
  }
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) {
    return true;
  }
  const bindings = clause.namedBindings;
  return (
    clause.name === undefined &&
    bindings !== undefined &&
    ts.isNamedImports(bindings) &&
    bindings.elements.length > 0 &&
    bindings.elements.every((element) => element.isTypeOnly)
  );
}

function isTypeOnlyExport(node: ts.ExportDeclaration): boolean {
  const clause = node.exportClause;
  return (
    node.isTypeOnly ||
    (clause !== undefined &&
      ts.isNamedExports(clause) &&
      clause.elements.length > 0 &&
      clause.elements.every((element) => element.isTypeOnly))
  );
}

/** Whether an identifier stands for a variable, and is not the name of a member, a property or a declaration. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) {
    return parent.expression === node;
  }
  if (ts.isQualifiedName(parent)) {
    return parent.left === node;
  }
  if (ts.isShorthandPropertyAssignment(parent)) {
    return true;
  }
  if (ts.isPropertyAssignment(parent)) {
    return parent.initializer === node;
  }
  const named = parent as { readonly name?: ts.Node; readonly propertyName?: ts.Node };
  return named.name !== node && named.propertyName !== node;
}
