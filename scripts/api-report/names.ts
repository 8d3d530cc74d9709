import ts from 'typescript';
import { stemOf } from './entries.ts';

/** What a name in a declaration means. */
export type Meaning =
  /** Something that the entry declares itself, in its own file or in one that it shares with others. */
  | { readonly kind: 'own'; readonly symbol: ts.Symbol }
  /** Something of another entry, or of a package. `*` is all that a module exports. */
  | { readonly kind: 'imported'; readonly from: string; readonly name: string }
  /** A member, a parameter, or a name of JavaScript, the DOM or Node. */
  | { readonly kind: 'other' };

const OTHER: Meaning = { kind: 'other' };

/** Says what the names in the declarations of one entry mean. */
export class Names {
  readonly #checker: ts.TypeChecker;
  readonly #entry: string;
  readonly #specifiers: ReadonlyMap<string, string>;

  /**
   * @param entry - The entry's name.
   * @param specifiers - How each entry is imported, by its name: a file of another entry is named and not read.
   */
  constructor(checker: ts.TypeChecker, entry: string, specifiers: ReadonlyMap<string, string>) {
    this.#checker = checker;
    this.#entry = entry;
    this.#specifiers = specifiers;
  }

  /** Follows a symbol to what declares it, and says on the way whether it may be used as a type only. */
  resolve(symbol: ts.Symbol): { readonly meaning: Meaning; readonly isTypeOnly: boolean } {
    let current: ts.Symbol | undefined = symbol;
    let isTypeOnly = false;
    while (current !== undefined) {
      const declaration: ts.Declaration | undefined = current.declarations?.[0];
      if (declaration === undefined) {
        return { meaning: OTHER, isTypeOnly };
      }
      if (!isAlias(declaration)) {
        return { meaning: this.#meaningOf(current, declaration), isTypeOnly };
      }
      isTypeOnly ||= ts.isTypeOnlyImportOrExportDeclaration(declaration);
      const specifier: ts.StringLiteral | undefined = moduleSpecifierOf(declaration);
      const name: string = ts.isNamespaceImport(declaration) ? '*' : nameIn(declaration);
      const foreign = specifier === undefined ? undefined : this.#foreign(specifier.text);
      if (foreign !== undefined) {
        return { meaning: { kind: 'imported', from: foreign, name }, isTypeOnly };
      }
      current =
        specifier === undefined
          ? ts.isExportSpecifier(declaration)
            ? this.#checker.getExportSpecifierLocalTargetSymbol(declaration)
            : undefined
          : this.#exportOf(specifier, name);
    }
    throw new Error(`${this.#entry} exports ${symbol.name}, which nothing declares.`);
  }

  /** What a name at this place means. */
  meaningAt(name: ts.Identifier): Meaning {
    const symbol = this.#checker.getSymbolAtLocation(name);
    return symbol === undefined ? OTHER : this.resolve(symbol).meaning;
  }

  #meaningOf(symbol: ts.Symbol, declaration: ts.Declaration): Meaning {
    const statement = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
    if (!ts.isSourceFile(statement.parent)) {
      return OTHER;
    }
    const stem = stemOf(statement.getSourceFile().fileName);
    const specifier = stem === this.#entry ? undefined : this.#specifiers.get(stem);
    return specifier === undefined ? { kind: 'own', symbol } : { kind: 'imported', from: specifier, name: symbol.name };
  }

  /** How users import what this module specifier refers to, unless it is a file of the entry itself. */
  #foreign(specifier: string): string | undefined {
    if (!specifier.startsWith('.')) {
      return specifier;
    }
    const stem = specifier.replace(/^\.\//u, '').replace(/\.[cm]?js$/u, '');
    return stem === this.#entry ? undefined : this.#specifiers.get(stem);
  }

  #exportOf(specifier: ts.StringLiteral, name: string): ts.Symbol | undefined {
    const module = this.#checker.getSymbolAtLocation(specifier);
    return module === undefined
      ? undefined
      : this.#checker.getExportsOfModule(module).find((exported) => exported.name === name);
  }
}

type Alias = ts.ImportSpecifier | ts.ExportSpecifier | ts.NamespaceImport;

function isAlias(declaration: ts.Declaration): declaration is Alias {
  return ts.isImportSpecifier(declaration) || ts.isExportSpecifier(declaration) || ts.isNamespaceImport(declaration);
}

function nameIn(declaration: ts.ImportSpecifier | ts.ExportSpecifier): string {
  return (declaration.propertyName ?? declaration.name).text;
}

function moduleSpecifierOf(declaration: Alias): ts.StringLiteral | undefined {
  const statement = ts.findAncestor(
    declaration,
    (node) => ts.isImportDeclaration(node) || ts.isExportDeclaration(node),
  ) as ts.ImportDeclaration | ts.ExportDeclaration | undefined;
  const specifier = statement?.moduleSpecifier;
  return specifier !== undefined && ts.isStringLiteral(specifier) ? specifier : undefined;
}
