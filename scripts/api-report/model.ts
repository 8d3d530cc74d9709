import ts from 'typescript';

/** Something that a report declares: an interface and a constant may have the same name. */
export type Declared =
  | ts.InterfaceDeclaration
  | ts.ClassDeclaration
  | ts.TypeAliasDeclaration
  | ts.FunctionDeclaration
  | ts.VariableDeclaration;

/** Something of another entry, or of a package. */
export interface Imported {
  readonly from: string;
  readonly name: string;
}

/** What an exported name refers to. */
export interface Exported {
  /** The name of a declaration of the same report, or what another module exports. */
  readonly target: string | Imported;
  /** Whether a class or a value is exported as a type, and cannot be used as a value. */
  readonly isTypeOnly: boolean;
}

/** A report, read. */
export interface Report {
  readonly specifier: string;
  readonly exports: ReadonlyMap<string, Exported>;
  readonly declarations: ReadonlyMap<string, readonly Declared[]>;
  readonly imports: ReadonlyMap<string, Imported>;
}

/** Reads the text of a report. */
export function readReport(text: string): Report {
  const source = ts.createSourceFile('report.d.ts', text, ts.ScriptTarget.ES2022, true);
  const exports = new Map<string, Exported>();
  const declarations = new Map<string, Declared[]>();
  const imports = new Map<string, Imported>();
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement)) {
      for (const [local, imported] of importsIn(statement)) {
        imports.set(local, imported);
      }
    } else if (ts.isExportDeclaration(statement)) {
      for (const [name, exported] of exportsIn(statement)) {
        exports.set(name, exported);
      }
    } else {
      for (const declared of declaredIn(statement)) {
        const name = nameOf(declared);
        declarations.set(name, [...(declarations.get(name) ?? []), declared]);
        if (ts.canHaveModifiers(statement) && isExported(statement)) {
          exports.set(name, { target: name, isTypeOnly: false });
        }
      }
    }
  }
  const [, specifier = ''] = /^\/\/ The API of '([^']+)'/u.exec(text) ?? [];
  return { specifier, exports, declarations, imports };
}

function isExported(statement: ts.HasModifiers): boolean {
  return (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
}

function declaredIn(statement: ts.Statement): readonly Declared[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations;
  }
  return ts.isInterfaceDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isFunctionDeclaration(statement)
    ? [statement]
    : [];
}

/** The name of a declaration. */
function nameOf({ name }: Declared): string {
  return name !== undefined && ts.isIdentifier(name) ? name.text : 'default';
}

function* importsIn({ moduleSpecifier, importClause }: ts.ImportDeclaration): Iterable<[string, Imported]> {
  const from = (moduleSpecifier as ts.StringLiteral).text;
  const bindings = importClause?.namedBindings;
  if (bindings === undefined) {
    return;
  }
  if (ts.isNamespaceImport(bindings)) {
    yield [bindings.name.text, { from, name: '*' }];
    return;
  }
  for (const { name, propertyName } of bindings.elements) {
    yield [name.text, { from, name: (propertyName ?? name).text }];
  }
}

function* exportsIn({ moduleSpecifier, exportClause, isTypeOnly }: ts.ExportDeclaration): Iterable<[string, Exported]> {
  const from = moduleSpecifier === undefined ? undefined : (moduleSpecifier as ts.StringLiteral).text;
  if (exportClause === undefined || !ts.isNamedExports(exportClause)) {
    return;
  }
  for (const { name, propertyName } of exportClause.elements) {
    const target = (propertyName ?? name).text;
    yield [name.text, { target: from === undefined ? target : { from, name: target }, isTypeOnly }];
  }
}

/** All reports of a version, and what their names refer to across them. */
export class Api {
  readonly #reports: ReadonlyMap<string, Report>;

  /** @param texts - The texts of the reports. */
  constructor(texts: Iterable<string>) {
    this.#reports = new Map([...texts].map(readReport).map((report) => [report.specifier, report]));
  }

  get reports(): Iterable<Report> {
    return this.#reports.values();
  }

  report(specifier: string): Report | undefined {
    return this.#reports.get(specifier);
  }

  /** Where a name that a report uses is declared. `undefined` for one of JavaScript, or of a package. */
  find(report: Report, name: string | Imported): { readonly report: Report; readonly name: string } | undefined {
    if (typeof name === 'string' && report.declarations.has(name)) {
      return { report, name };
    }
    const imported = typeof name === 'string' ? report.imports.get(name) : name;
    const other = imported === undefined ? undefined : this.#reports.get(imported.from);
    const exported = imported === undefined ? undefined : other?.exports.get(imported.name);
    return other === undefined || exported === undefined ? undefined : this.find(other, exported.target);
  }
}

const printer = ts.createPrinter({ removeComments: true, newLine: ts.NewLineKind.LineFeed });

/**
 * A part of a report as text that differs only where the API does: parameters have their number for a name, and lines
 * are not wrapped.
 */
export function shapeOf(node: ts.Node): string {
  const { transformed } = ts.transform<ts.Node>(node, [
    (context) => {
      const visit =
        (parameters: ReadonlyMap<string, string>) =>
        (child: ts.Node): ts.Node => {
          const inner = ts.isFunctionLike(child) ? new Map([...parameters, ...numbered(child.parameters)]) : parameters;
          const isParameter =
            ts.isIdentifier(child) && (ts.isParameter(child.parent) || ts.isTypePredicateNode(child.parent));
          const name = isParameter ? parameters.get(child.text) : undefined;
          const isPattern = ts.isParameter(child) && !ts.isIdentifier(child.name);
          if (isPattern) {
            const { modifiers, dotDotDotToken, questionToken, type } = child;
            const position = `_${(child.parent as ts.SignatureDeclaration).parameters.indexOf(child)}`;
            const plain = ts.factory.updateParameterDeclaration(
              child,
              modifiers,
              dotDotDotToken,
              position,
              questionToken,
              type,
              undefined,
            );
            return ts.visitEachChild(plain, visit(inner), context);
          }
          return name === undefined
            ? ts.visitEachChild(child, visit(inner), context)
            : ts.factory.createIdentifier(name);
        };
      return visit(new Map());
    },
  ]);
  const source = node.getSourceFile();
  return transformed
    .map((one) => printer.printNode(ts.EmitHint.Unspecified, one, source))
    .join(' ')
    .replaceAll(/\s+/gu, ' ');
}

function numbered(parameters: readonly ts.Node[]): [string, string][] {
  return parameters.flatMap((parameter, index): [string, string][] =>
    ts.isParameter(parameter) && ts.isIdentifier(parameter.name) ? [[parameter.name.text, `_${index}`]] : [],
  );
}
