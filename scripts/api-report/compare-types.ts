import ts from 'typescript';
import type { Finding, Kind } from './findings.ts';
import { shapeOf } from './model.ts';
import { type Directions, turned } from './positions.ts';

/** A place in an API where two versions are compared. */
export interface Site {
  readonly entry: string;
  /** What is at the place: `CleverClient.district(options)`. */
  readonly name: string;
  /** In which directions values go here. */
  readonly directions: Directions;
  /** In which directions the arguments of a generic type go. Empty for a type that the package does not declare. */
  variances(type: string): readonly Directions[];
  add(finding: Finding): void;
}

function add(site: Site, kind: Kind, what: string, isDoubtful = false): void {
  const { entry, name } = site;
  site.add({ kind, entry, name, what, isDoubtful });
}

/** A change that breaks apps which get a value, or those which give one. */
function addWhere(site: Site, breaks: 'given' | 'got', what: string, isDoubtful = false): void {
  const isBreaking = site.directions.has(breaks);
  const who = breaks === 'given' ? 'apps give it' : 'apps read it';
  add(site, isBreaking ? 'major' : 'minor', isBreaking ? `${what}, and ${who}` : what, isBreaking && isDoubtful);
}

function turn(site: Site): Site {
  return { ...site, directions: new Set([...site.directions].map(turned)) };
}

/** Compares the types of one place. */
export function compareTypes(site: Site, before: ts.TypeNode | undefined, after: ts.TypeNode | undefined): void {
  const [a, b] = [plain(before), plain(after)];
  if (a === undefined || b === undefined) {
    if (a !== b) {
      add(site, 'major', 'has another type', true);
    }
    return;
  }
  if (shapeOf(a) === shapeOf(b)) {
    return;
  }
  if (ts.isUnionTypeNode(a) || ts.isUnionTypeNode(b)) {
    alternativesChanged(site, a, b);
  } else if (ts.isTypeLiteralNode(a) && ts.isTypeLiteralNode(b)) {
    membersChanged(site, a.members, b.members);
  } else if (ts.isFunctionTypeNode(a) && ts.isFunctionTypeNode(b)) {
    signaturesChanged(site, [a], [b]);
  } else if (ts.isArrayTypeNode(a) && ts.isArrayTypeNode(b)) {
    compareTypes(site, a.elementType, b.elementType);
  } else if (isReadonly(a) !== isReadonly(b) && shapeOf(withoutReadonly(a)) === shapeOf(withoutReadonly(b))) {
    addWhere(site, isReadonly(b) ? 'got' : 'given', isReadonly(b) ? 'became readonly' : 'is no longer readonly');
  } else if (isReadonly(a) && isReadonly(b)) {
    compareTypes(site, withoutReadonly(a), withoutReadonly(b));
  } else if (isSameGeneric(a, b)) {
    argumentsChanged(site, a, b);
  } else if (ts.isLiteralTypeNode(a) && b.kind === keywordOf(a)) {
    addWhere(site, 'got', `may be any ${shapeOf(b)}`);
  } else if (ts.isLiteralTypeNode(b) && a.kind === keywordOf(b)) {
    addWhere(site, 'given', `is ${shapeOf(b)} only`);
  } else {
    add(site, 'major', `was ${shapeOf(a)}, and is ${shapeOf(b)}`, true);
  }
}

function plain(type: ts.TypeNode | undefined): ts.TypeNode | undefined {
  return type !== undefined && ts.isParenthesizedTypeNode(type) ? plain(type.type) : type;
}

function isReadonly(type: ts.TypeNode): type is ts.TypeOperatorNode {
  return ts.isTypeOperatorNode(type) && type.operator === ts.SyntaxKind.ReadonlyKeyword;
}

function withoutReadonly(type: ts.TypeNode): ts.TypeNode {
  return isReadonly(type) ? type.type : type;
}

function keywordOf({ literal }: ts.LiteralTypeNode): ts.SyntaxKind | undefined {
  const keywords: Partial<Record<ts.SyntaxKind, ts.SyntaxKind>> = {
    [ts.SyntaxKind.StringLiteral]: ts.SyntaxKind.StringKeyword,
    [ts.SyntaxKind.NumericLiteral]: ts.SyntaxKind.NumberKeyword,
    [ts.SyntaxKind.TrueKeyword]: ts.SyntaxKind.BooleanKeyword,
    [ts.SyntaxKind.FalseKeyword]: ts.SyntaxKind.BooleanKeyword,
  };
  return keywords[literal.kind];
}

function isSameGeneric(a: ts.TypeNode, b: ts.TypeNode): boolean {
  return (
    ts.isTypeReferenceNode(a) &&
    ts.isTypeReferenceNode(b) &&
    shapeOf(a.typeName) === shapeOf(b.typeName) &&
    a.typeArguments?.length === b.typeArguments?.length
  );
}

function argumentsChanged(site: Site, a: ts.TypeNode, b: ts.TypeNode): void {
  const [before, after] = [a as ts.TypeReferenceNode, b as ts.TypeReferenceNode];
  const variances = site.variances(shapeOf(before.typeName));
  before.typeArguments?.forEach((argument, index) => {
    const variance = variances[index] ?? new Set(['got']);
    const directions = new Set(
      [...site.directions].flatMap((direction) =>
        [...variance].map((one) => (one === 'got' ? direction : turned(direction))),
      ),
    );
    compareTypes({ ...site, directions }, argument, after.typeArguments?.[index]);
  });
}

/** Compares what a value may be. */
function alternativesChanged(site: Site, a: ts.TypeNode, b: ts.TypeNode): void {
  const [before, after] = [alternatives(a), alternatives(b)];
  const gone = [...before.keys()].filter((shape) => !after.has(shape));
  const added = [...after.keys()].filter((shape) => !before.has(shape));
  const [onlyGone, onlyAdded] = [gone[0], added[0]];
  if (gone.length === 1 && added.length === 1 && onlyGone !== undefined && onlyAdded !== undefined) {
    const [one, other] = [before.get(onlyGone), after.get(onlyAdded)];
    if (one?.kind === other?.kind && one !== undefined && !ts.isLiteralTypeNode(one)) {
      compareTypes(site, one, other);
      return;
    }
  }
  if (gone.length > 0) {
    addWhere(site, 'given', `may no longer be ${gone.join(', ')}`);
  }
  if (added.length > 0) {
    const isOpen = [...before.keys()].some((shape) => /^\(?(?:string|number) & \{ ?\}\)?$/u.test(shape));
    if (isOpen) {
      add(site, 'minor', `names more values: ${added.join(', ')}`);
    } else {
      addWhere(site, 'got', `may also be ${added.join(', ')}`, true);
    }
  }
}

function alternatives(type: ts.TypeNode): ReadonlyMap<string, ts.TypeNode> {
  const all = ts.isUnionTypeNode(type) ? type.types : [type];
  return new Map(all.map((one) => [shapeOf(plain(one) ?? one), plain(one) ?? one]));
}

type Member = ts.TypeElement | ts.ClassElement;

/** Compares the members of a class, an interface or an object. */
export function membersChanged(site: Site, before: readonly Member[], after: readonly Member[]): void {
  const [old, now] = [Map.groupBy(before, keyOf), Map.groupBy(after, keyOf)];
  for (const [key, members] of old) {
    const others = now.get(key);
    const at: Site = { ...site, name: key.startsWith('new') ? `${key} ${site.name}` : `${site.name}.${key}` };
    if (others === undefined) {
      add(at, 'major', 'is gone');
    } else if (members.map(shapeOf).join() !== others.map(shapeOf).join()) {
      memberChanged(at, members, others);
    }
  }
  for (const [key, members] of now) {
    if (!old.has(key)) {
      const at: Site = { ...site, name: `${site.name}.${key}` };
      const isNeeded = !members.every(isOptional);
      if (key === '#private') {
        add(site, 'major', 'has something private, so that only its own instances fit');
      } else if (isNeeded && site.directions.has('given')) {
        add(at, 'major', 'is new, and required, and apps give it');
      } else {
        add(at, 'minor', 'is new');
      }
    }
  }
}

function keyOf(member: Member): string {
  const isStatic = ts.canHaveModifiers(member) && hasModifier(member, ts.SyntaxKind.StaticKeyword);
  if (member.name !== undefined) {
    return (isStatic ? 'static ' : '') + member.name.getText();
  }
  return ts.isConstructorDeclaration(member) || ts.isConstructSignatureDeclaration(member)
    ? 'new'
    : ts.isIndexSignatureDeclaration(member)
      ? '[index]'
      : '()';
}

function hasModifier(node: ts.HasModifiers, kind: ts.SyntaxKind): boolean {
  return (ts.getModifiers(node) ?? []).some((modifier) => modifier.kind === kind);
}

function isOptional(member: Member): boolean {
  return 'questionToken' in member && member.questionToken !== undefined;
}

function memberChanged(site: Site, before: readonly Member[], after: readonly Member[]): void {
  const [a, b] = [before[0], after[0]];
  if (a === undefined || b === undefined) {
    return;
  }
  if (before.every(isSignature) && after.every(isSignature)) {
    optionalChanged(site, a, b);
    signaturesChanged(site, before, after);
  } else if (isValue(a) && isValue(b) && before.length === 1 && after.length === 1) {
    optionalChanged(site, a, b);
    const [wasReadonly, isNowReadonly] = [a, b].map(isReadonlyMember);
    if (wasReadonly !== isNowReadonly) {
      add(site, isNowReadonly ? 'major' : 'minor', isNowReadonly ? 'became readonly' : 'is no longer readonly');
    }
    compareTypes(site, a.type, b.type);
  } else {
    add(site, 'major', 'is another kind of member', true);
  }
}

function optionalChanged(site: Site, a: Member, b: Member): void {
  if (isOptional(a) && !isOptional(b)) {
    addWhere(site, 'given', 'is now required');
  } else if (!isOptional(a) && isOptional(b)) {
    addWhere(site, 'got', 'is now optional');
  }
}

type Signature = ts.SignatureDeclaration;

function isSignature(node: ts.Node): node is Member & Signature {
  return (
    ts.isMethodSignature(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isCallSignatureDeclaration(node) ||
    ts.isConstructSignatureDeclaration(node) ||
    ts.isConstructorDeclaration(node)
  );
}

type Value = ts.PropertySignature | ts.PropertyDeclaration | ts.GetAccessorDeclaration;

function isValue(node: ts.Node): node is Value {
  return ts.isPropertySignature(node) || ts.isPropertyDeclaration(node) || ts.isGetAccessorDeclaration(node);
}

function isReadonlyMember(member: Value): boolean {
  return ts.isGetAccessorDeclaration(member) || hasModifier(member, ts.SyntaxKind.ReadonlyKeyword);
}

/** Compares how a function can be called. */
export function signaturesChanged(site: Site, before: readonly Signature[], after: readonly Signature[]): void {
  const [only, other] = [before[0], after[0]];
  if (before.length === 1 && after.length === 1 && only !== undefined && other !== undefined) {
    signatureChanged(site, only, other);
    return;
  }
  const [old, now] = [before.map(shapeOf), after.map(shapeOf)];
  if (old.every((shape, index) => shape === now[index])) {
    addWhere(site, 'given', 'can be called in more ways', true);
  } else {
    add(site, 'major', 'has other overloads', true);
  }
}

function signatureChanged(site: Site, a: Signature, b: Signature): void {
  typeParametersChanged(site, a.typeParameters, b.typeParameters);
  a.parameters.forEach((parameter, index) => {
    const other = b.parameters[index];
    const at = turn({ ...site, name: `${site.name}(${parameterName(parameter, index)})` });
    if (other === undefined) {
      add(at, 'major', 'is gone', true);
      return;
    }
    if (isNeeded(other) && !isNeeded(parameter)) {
      addWhere(at, 'given', 'is now required');
    } else if (isNeeded(parameter) && !isNeeded(other)) {
      addWhere(at, 'got', 'is now optional');
    }
    if ((parameter.dotDotDotToken === undefined) !== (other.dotDotDotToken === undefined)) {
      add(at, 'major', 'takes another number of arguments', true);
    }
    compareTypes(at, parameter.type, other.type);
  });
  b.parameters.slice(a.parameters.length).forEach((parameter, index) => {
    const name = parameterName(parameter, a.parameters.length + index);
    const at = turn({ ...site, name: `${site.name}(${name})` });
    if (isNeeded(parameter) && at.directions.has('given')) {
      add(at, 'major', 'is new, and required, and apps give it');
    } else {
      add(at, 'minor', 'is new');
    }
  });
  compareTypes({ ...site, name: `${site.name}()` }, a.type, b.type);
}

function isNeeded({ questionToken, dotDotDotToken }: ts.ParameterDeclaration): boolean {
  return questionToken === undefined && dotDotDotToken === undefined;
}

function parameterName({ name }: ts.ParameterDeclaration, index: number): string {
  return ts.isIdentifier(name) ? name.text : `${index + 1}`;
}

/** Compares the type parameters of a declaration. */
export function typeParametersChanged(
  site: Site,
  before: readonly ts.TypeParameterDeclaration[] = [],
  after: readonly ts.TypeParameterDeclaration[] = [],
): void {
  const [old, now] = [before.map(shapeOf), after.map(shapeOf)];
  if (old.join() === now.join()) {
    return;
  }
  const isLonger = old.every((shape, index) => shape === now[index]);
  const hasDefaults = after.slice(before.length).every((parameter) => parameter.default !== undefined);
  if (isLonger && hasDefaults) {
    add(site, 'minor', 'has more type parameters');
  } else {
    add(site, 'major', 'has other type parameters', true);
  }
}
