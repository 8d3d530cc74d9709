import ts from 'typescript';
import type { Entry } from './entries.ts';
import { Names } from './names.ts';
import { isHidden, printDeclaration } from './print.ts';
import { programOf, type ReadDeclarations } from './program.ts';

/** For which of the two module formats a report is made. Both must be the same. */
export type Format = 'import' | 'require';

/** The line before the declarations that are named by others only. */
const NOT_EXPORTED = '// Not exported, but part of what is.';

/**
 * Makes the reports of entries from their declarations: TypeScript that names each thing once, in alphabetical order,
 * and has nothing in it that users cannot reach.
 *
 * @returns The reports by the entries' names, not yet formatted.
 */
export function reportsOf(
  entries: readonly Entry[],
  read: ReadDeclarations,
  format: Format,
): ReadonlyMap<string, string> {
  const program = programOf(
    entries.map(({ declarations }) => declarations[format]),
    read,
  );
  const specifiers = new Map(entries.map(({ name, specifier }) => [name, specifier]));
  return new Map(
    entries.map((entry) => {
      const names = new Names(program.getTypeChecker(), entry.name, specifiers);
      return [entry.name, reportOf(entry, exportsOf(program, entry.declarations[format]), names)];
    }),
  );
}

function exportsOf(program: ts.Program, path: string): readonly ts.Symbol[] {
  const source = program.getSourceFile(path);
  const checker = program.getTypeChecker();
  const module = source === undefined ? undefined : checker.getSymbolAtLocation(source);
  if (module === undefined) {
    throw new Error(`${path} does not exist, or exports nothing: run \`npm run build\` first.`);
  }
  return checker.getExportsOfModule(module);
}

/** Something that is exported, under one of its names. */
interface Export {
  readonly name: string;
  readonly isTypeOnly: boolean;
}

function reportOf({ specifier }: Entry, exported: readonly ts.Symbol[], names: Names): string {
  const exports = new Map<ts.Symbol, Export[]>();
  const reExports: string[] = [];
  for (const symbol of exported) {
    const { meaning, isTypeOnly } = names.resolve(symbol);
    if (meaning.kind === 'own') {
      const isType = isTypeOnly && (meaning.symbol.flags & ts.SymbolFlags.Value) !== 0;
      exports.set(meaning.symbol, [...(exports.get(meaning.symbol) ?? []), { name: symbol.name, isTypeOnly: isType }]);
    } else if (meaning.kind === 'imported') {
      reExports.push(
        `export ${isTypeOnly ? 'type ' : ''}{ ${alias(meaning.name, symbol.name)} } from '${meaning.from}';`,
      );
    }
  }

  const reached = reachedFrom([...exports.keys()], names);
  const shown = shownNames(reached.own, exports);
  const imports = importsOf(reached.imported, new Set(shown.values()));
  const rename = (identifier: ts.Identifier): string | undefined => {
    const meaning = names.meaningAt(identifier);
    if (meaning.kind === 'own') {
      return shown.get(meaning.symbol);
    }
    return meaning.kind === 'imported' ? imports.nameOf(meaning.from, meaning.name) : undefined;
  };

  const isExportedAs = (symbol: ts.Symbol, name: string): boolean =>
    exports.get(symbol)?.some((one) => one.name === name && !one.isTypeOnly) ?? false;
  const print = ([symbol, name]: [ts.Symbol, string]): string =>
    (symbol.declarations ?? [])
      .map((declaration) => printDeclaration(declaration, isExportedAs(symbol, name), rename))
      .join('\n');
  const aliases = [...exports].flatMap(([symbol, all]) =>
    all
      .filter(({ name }) => !isExportedAs(symbol, name) || name !== shown.get(symbol))
      .map(({ name, isTypeOnly }) => `export ${isTypeOnly ? 'type ' : ''}{ ${alias(shown.get(symbol) ?? '', name)} };`),
  );

  const sorted = [...shown].sort(([, a], [, b]) => compare(a, b));
  const own = sorted.filter(([symbol]) => exports.has(symbol)).map(print);
  const others = sorted.filter(([symbol]) => !exports.has(symbol)).map(print);
  return [
    `// The API of '${specifier}', written by \`npm run api-report\` from the built declarations.`,
    '',
    ...imports.lines,
    ...(imports.lines.length > 0 ? [''] : []),
    ...reExports.sort(compare),
    ...own,
    ...aliases.sort(compare),
    ...(others.length > 0 ? ['', NOT_EXPORTED, '', ...others] : []),
    '',
  ].join('\n');
}

interface Reached {
  readonly own: ReadonlySet<ts.Symbol>;
  /** Names by the modules that they are imported from. */
  readonly imported: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Everything that these symbols name, and what that names in turn. */
function reachedFrom(start: readonly ts.Symbol[], names: Names): Reached {
  const own = new Set(start);
  const imported = new Map<string, Set<string>>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      const meaning = names.meaningAt(node);
      if (meaning.kind === 'own') {
        own.add(meaning.symbol);
      } else if (meaning.kind === 'imported') {
        imported.set(meaning.from, (imported.get(meaning.from) ?? new Set()).add(meaning.name));
      }
    }
    ts.forEachChild(node, (child) => (isHidden(child) ? undefined : visit(child)));
  };
  // A set is iterated in the order of its additions, so this reaches what is added on the way.
  for (const symbol of own) {
    symbol.declarations?.forEach(visit);
  }
  return { own, imported };
}

/** What a report calls each symbol: as it is exported, or as it is declared. Each name is given once. */
function shownNames(
  symbols: ReadonlySet<ts.Symbol>,
  exports: ReadonlyMap<ts.Symbol, readonly Export[]>,
): ReadonlyMap<ts.Symbol, string> {
  const shown = new Map<ts.Symbol, string>();
  const taken = new Set<string>();
  const wished = [...symbols].map((symbol) => {
    const exported = (exports.get(symbol) ?? []).map(({ name }) => name).filter((name) => name !== 'default');
    return { symbol, isExported: exported.length > 0, name: exported.sort(compare)[0] ?? symbol.name };
  });
  wished.sort((a, b) => Number(b.isExported) - Number(a.isExported) || compare(a.name, b.name));
  for (const { symbol, name } of wished) {
    const free = taken.has(name) ? `${name}$unexported` : name;
    taken.add(free);
    shown.set(symbol, free);
  }
  return shown;
}

/** The import statements of a report, and the name that each import has in it. */
function importsOf(imported: ReadonlyMap<string, ReadonlySet<string>>, taken: ReadonlySet<string>) {
  const local = (from: string, name: string): string => {
    const plain = name === '*' ? from.replaceAll(/\W/gu, '_') : name;
    return taken.has(plain) ? `${plain}$imported` : plain;
  };
  const lines = [...imported]
    .sort(([a], [b]) => compare(a, b))
    .flatMap(([from, names]) => {
      const named = [...names].filter((name) => name !== '*').sort(compare);
      return [
        ...(names.has('*') ? [`import * as ${local(from, '*')} from '${from}';`] : []),
        ...(named.length > 0
          ? [`import { ${named.map((name) => alias(name, local(from, name))).join(', ')} } from '${from}';`]
          : []),
      ];
    });
  return { lines, nameOf: local };
}

function alias(name: string, as: string): string {
  return name === as ? name : `${name} as ${as}`;
}

/** By code units, so that the order is the same on every machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
