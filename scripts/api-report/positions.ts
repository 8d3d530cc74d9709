import ts from 'typescript';
import type { Api, Declared, Report } from './model.ts';

/** Whether the app gives a value to the package, or gets one from it. */
export type Direction = 'given' | 'got';

/** The directions in which values of a type go. */
export type Directions = ReadonlySet<Direction>;

/** What is known about a type that no exported function mentions. */
const BOTH: Directions = new Set(['given', 'got']);

const GOT: Directions = new Set(['got']);

/** What an app gives to a function that it gets is given, and what it gives to one that it gives is got. */
export function turned(direction: Direction): Direction {
  return direction === 'given' ? 'got' : 'given';
}

type TypeParameters = ReadonlyMap<string, (direction: Direction) => void>;

/**
 * Finds out for every type of an API whether apps make its values, or only receive them: a new required member breaks
 * the first, and not the second.
 */
export class Positions {
  readonly #api: Api;
  readonly #directions = new Map<string, Set<Direction>>();
  readonly #variances = new Map<Declared, readonly Directions[]>();

  constructor(api: Api) {
    this.#api = api;
    for (const report of api.reports) {
      for (const { target, isTypeOnly } of report.exports.values()) {
        const found = isTypeOnly ? undefined : api.find(report, target);
        for (const declared of found?.report.declarations.get(found.name) ?? []) {
          const isValue = !ts.isInterfaceDeclaration(declared) && !ts.isTypeAliasDeclaration(declared);
          if (found !== undefined && isValue) {
            this.#mark(found.report, found.name, 'got');
          }
        }
      }
    }
  }

  /** In which directions values of a declared type go. */
  of(report: Report, name: string): Directions {
    return this.#directions.get(keyOf(report, name)) ?? BOTH;
  }

  /** In which directions the type arguments of a declared type go, when its own values are got. */
  variances(report: Report, name: string): readonly Directions[] {
    const found = this.#api.find(report, name);
    const declared = found?.report.declarations.get(found.name)?.find((one) => (parametersOf(one)?.length ?? 0) > 0);
    if (found === undefined || declared === undefined) {
      return [];
    }
    const known = this.#variances.get(declared);
    if (known !== undefined) {
      return known;
    }
    const parameters = parametersOf(declared) ?? [];
    this.#variances.set(
      declared,
      parameters.map(() => GOT), // what a type that names itself sees of itself
    );
    const seen = parameters.map(() => new Set<Direction>());
    const sinks: TypeParameters = new Map(
      parameters.map(({ name: parameter }, index) => [parameter.text, (direction) => seen[index]?.add(direction)]),
    );
    ts.forEachChild(declared, (child) => this.#walk(child, 'got', found.report, sinks));
    this.#variances.set(declared, seen);
    return seen;
  }

  #mark(report: Report, name: string, direction: Direction): void {
    const key = keyOf(report, name);
    const known = this.#directions.get(key) ?? new Set();
    if (known.has(direction)) {
      return;
    }
    this.#directions.set(key, known.add(direction));
    for (const declared of report.declarations.get(name) ?? []) {
      if (ts.isFunctionDeclaration(declared)) {
        this.#walk(declared, direction, report, new Map());
      } else {
        ts.forEachChild(declared, (child) => this.#walk(child, direction, report, new Map()));
      }
    }
  }

  #walk(node: ts.Node, direction: Direction, report: Report, parameters: TypeParameters): void {
    const walk = (child: ts.Node, to: Direction = direction): void => this.#walk(child, to, report, parameters);
    if (ts.isFunctionLike(node)) {
      const opposite = turned(direction);
      node.typeParameters?.forEach((parameter) => {
        walk(parameter, opposite);
      });
      node.parameters.forEach((parameter) => {
        walk(parameter, opposite);
      });
      if (node.type !== undefined) {
        walk(node.type);
      }
      return;
    }
    const reference = referenceIn(node);
    if (reference === undefined) {
      ts.forEachChild(node, (child) => walk(child));
      return;
    }
    const { name, typeArguments } = reference;
    const sink = parameters.get(name);
    if (sink !== undefined) {
      sink(direction);
      return;
    }
    const found = this.#api.find(report, name);
    const variances = found === undefined ? [] : this.variances(found.report, found.name);
    typeArguments.forEach((argument, index) => {
      for (const variance of variances[index] ?? GOT) {
        walk(argument, variance === 'got' ? direction : turned(direction));
      }
    });
    if (found !== undefined) {
      this.#mark(found.report, found.name, direction);
    }
  }
}

/** The type that a node names, with its arguments. */
function referenceIn(
  node: ts.Node,
): { readonly name: string; readonly typeArguments: readonly ts.TypeNode[] } | undefined {
  const name = ts.isTypeReferenceNode(node)
    ? node.typeName
    : ts.isExpressionWithTypeArguments(node)
      ? node.expression
      : ts.isTypeQueryNode(node)
        ? node.exprName
        : undefined;
  return name !== undefined && ts.isIdentifier(name)
    ? { name: name.text, typeArguments: (node as ts.TypeReferenceNode).typeArguments ?? [] }
    : undefined;
}

/** The type parameters of a declaration, if it can have any. */
function parametersOf(declared: Declared): readonly ts.TypeParameterDeclaration[] | undefined {
  return ts.isVariableDeclaration(declared) ? undefined : declared.typeParameters;
}

function keyOf({ specifier }: Report, name: string): string {
  return `${specifier}#${name}`;
}
