import ts from 'typescript';
import type { Snippet } from './find.ts';
import { givens } from './givens.ts';

/** A name that a snippet uses, and the name of its value in the registry. */
export interface Given {
  readonly name: string;
  readonly key: string;
}

/** The parts of a snippet that a program of TypeScript's is asked about. */
export interface Parts {
  /** Every value that is given to the snippet. */
  readonly givens: readonly Given[];
  /** The given values that the snippet itself does not declare: those that only its marks use. */
  readonly undeclared: readonly Given[];
  /** What a snippet imports. */
  readonly imports: readonly string[];
  /** Functions and exports that nothing calls, so that running the snippet alone would show little. */
  readonly uncalled: readonly string[];
}

/** Reads what a snippet declares, uses and leaves alone, without knowing any types. */
export function partsOf(snippet: Snippet): Parts {
  const given = parse(snippet.given ?? '');
  const code = parse(nameDefaultExport(snippet.code));
  const run = parse(snippet.run ?? '');
  const promised = [...ambientNames(given), ...ambientNames(code)];
  const declared = new Set([...promised, ...[given, code, run].flatMap(declaredNames)]);
  const free = [...usedNames(given), ...usedNames(run)].filter((name) => !declared.has(name) && name in givens);
  const undeclared = [...new Set(free)].map((name) => ({ name, key: name }));
  return {
    givens: [...promised.map((name) => ({ name, key: snippet.named?.[name] ?? name })), ...undeclared],
    undeclared,
    imports: [given, code].flatMap(importsOf),
    uncalled: callable(code).filter(
      (name) => !usedNames(run).has(name) && (name === 'app' || !usedNames(code).has(name)),
    ),
  };
}

/** Gives the default export a name, so that what is run after the snippet can call it. The lines stay the same. */
export function nameDefaultExport(code: string): string {
  return code.replace(/^export default (?!function|class)/mu, 'export const defaultExport = ');
}

function parse(text: string): ts.SourceFile {
  return ts.createSourceFile('snippet.ts', text, ts.ScriptTarget.Latest, true);
}

/** The names of `declare const x` and `declare function x`. */
function ambientNames(source: ts.SourceFile): string[] {
  return source.statements.filter((statement) => hasModifier(statement, ts.SyntaxKind.DeclareKeyword)).flatMap(namesOf);
}

function declaredNames(source: ts.SourceFile): string[] {
  const imported = source.statements.filter(ts.isImportDeclaration).flatMap(({ importClause }) => {
    const bindings = importClause?.namedBindings;
    const names = bindings === undefined ? [] : ts.isNamespaceImport(bindings) ? [bindings] : bindings.elements;
    return [importClause?.name?.text, ...names.map(({ name }) => name.text)].filter((name) => name !== undefined);
  });
  return [...imported, ...source.statements.flatMap(namesOf)];
}

function namesOf(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) => bindingNames(name));
  }
  const isNamed = ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement);
  return isNamed && statement.name !== undefined ? [statement.name.text] : [];
}

function bindingNames(name: ts.BindingName): string[] {
  return ts.isIdentifier(name)
    ? [name.text]
    : name.elements.flatMap((element) => (ts.isBindingElement(element) ? bindingNames(element.name) : []));
}

/** What apps and frameworks call by these names: route handlers, and objects that have some. */
const CALLED_BY_NAME = new Set(['GET', 'POST', 'app', 'auth', 'defaultExport', 'handlers', 'login']);

/** What nothing calls while the snippet runs, unless something after it does: functions, handlers, logins, apps. */
function callable(source: ts.SourceFile): string[] {
  const names = source.statements.flatMap((statement) => {
    if (hasModifier(statement, ts.SyntaxKind.DeclareKeyword)) {
      return [];
    }
    return ts.isVariableStatement(statement)
      ? statement.declarationList.declarations.filter(isToBeCalled).flatMap(({ name }) => bindingNames(name))
      : namesOf(statement);
  });
  return /^app\.(?:get|use|register)\(/mu.test(source.text) ? [...names, 'app'] : names;
}

function isToBeCalled({ name, initializer }: ts.VariableDeclaration): boolean {
  return isFunction(initializer) || bindingNames(name).some((bound) => CALLED_BY_NAME.has(bound));
}

function isFunction(node: ts.Expression | undefined): boolean {
  return node !== undefined && (ts.isArrowFunction(node) || ts.isFunctionExpression(node));
}

/** The identifiers of a text, without those that declare a name, and without names of members and types. */
function usedNames(source: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && isUse(node)) {
      names.add(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names;
}

function isUse(node: ts.Identifier): boolean {
  const { parent } = node;
  const isDeclared = 'name' in parent && parent.name === node;
  return ts.isShorthandPropertyAssignment(parent) || !(isDeclared || ts.isTypeReferenceNode(parent));
}

function importsOf(source: ts.SourceFile): string[] {
  return source.statements
    .filter(ts.isImportDeclaration)
    .filter(({ importClause }) => importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword)
    .map(({ moduleSpecifier }) => (moduleSpecifier as ts.StringLiteral).text);
}

function hasModifier(statement: ts.Statement, kind: ts.SyntaxKind): boolean {
  return (
    ts.canHaveModifiers(statement) && (ts.getModifiers(statement) ?? []).some((modifier) => modifier.kind === kind)
  );
}
