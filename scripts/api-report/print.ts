import ts from 'typescript';

const printer = ts.createPrinter({ removeComments: true, newLine: ts.NewLineKind.LineFeed });

/** What a report calls the thing that an identifier refers to, where that differs from the identifier. */
export type Rename = (identifier: ts.Identifier) => string | undefined;

/**
 * Prints a declaration as a report has it: without comments, without what is private or `@internal`, and in an order
 * that does not depend on the source. The order of overloads, parameters and intersections stays, because it has a
 * meaning.
 *
 * @param isExported - Whether the name itself is exported.
 */
export function printDeclaration(declaration: ts.Declaration, isExported: boolean, rename: Rename): string {
  const source = declaration.getSourceFile();
  const transform: ts.TransformerFactory<ts.Node> = (context) => visitorOf(context, source, rename);
  const { transformed } = ts.transform<ts.Node>(declaration, [transform]);
  const [node] = transformed;
  if (node === undefined) {
    throw new Error('A transformation returned nothing.');
  }
  const statement = withModifiers(node, isExported);
  return printer.printNode(ts.EmitHint.Unspecified, statement, source);
}

function visitorOf(context: ts.TransformationContext, source: ts.SourceFile, rename: Rename) {
  const visit = (node: ts.Node): ts.Node => {
    if (ts.isIdentifier(node)) {
      const name = rename(node);
      return name === undefined || name === node.text ? node : ts.factory.createIdentifier(name);
    }
    if (ts.isStringLiteral(node)) {
      return ts.factory.createStringLiteral(node.text, true);
    }
    return withOrder(ts.visitEachChild(withoutHidden(node), visit, context), source);
  };
  return visit;
}

/** A declaration of a type without the members that users must not rely on. */
function withoutHidden(node: ts.Node): ts.Node {
  if (ts.isClassDeclaration(node)) {
    const shown = node.members.filter((member) => !isHidden(member));
    // Any private member makes a class fit only its own instances, which users notice; which one does not matter.
    const mark = node.members.some(isPrivate)
      ? [ts.factory.createPropertyDeclaration(undefined, '#private', undefined, undefined, undefined)]
      : [];
    return ts.factory.updateClassDeclaration(
      node,
      node.modifiers,
      node.name,
      node.typeParameters,
      node.heritageClauses,
      [...mark, ...shown],
    );
  }
  if (ts.isInterfaceDeclaration(node)) {
    const shown = node.members.filter((member) => !isHidden(member));
    return ts.factory.updateInterfaceDeclaration(
      node,
      node.modifiers,
      node.name,
      node.typeParameters,
      node.heritageClauses,
      shown,
    );
  }
  if (ts.isTypeLiteralNode(node)) {
    const shown = node.members.filter((member) => !isHidden(member));
    return ts.factory.updateTypeLiteralNode(node, ts.factory.createNodeArray(shown));
  }
  return node;
}

/** Whether this is a member that users must not rely on. */
export function isHidden(node: ts.Node): boolean {
  const isInternal = ts.getJSDocTags(node).some(({ tagName }) => tagName.text === 'internal');
  return isInternal || (ts.isClassElement(node) && isPrivate(node));
}

function isPrivate(member: ts.ClassElement): boolean {
  return (
    (member.name !== undefined && ts.isPrivateIdentifier(member.name)) ||
    (ts.canHaveModifiers(member) &&
      (ts.getModifiers(member) ?? []).some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword))
  );
}

function withOrder(node: ts.Node, source: ts.SourceFile): ts.Node {
  const textOf = (part: ts.Node): string => printer.printNode(ts.EmitHint.Unspecified, part, source);
  const { factory } = ts;
  if (ts.isUnionTypeNode(node)) {
    // As people write it: what is absent comes last.
    const typeKey = (type: ts.Node): string => textOf(type).replace(/^(?=(?:null|undefined)$)/u, '~');
    return factory.updateUnionTypeNode(node, factory.createNodeArray(sortedBy(node.types, typeKey)));
  }
  const keyOf = (member: ts.Node): string => memberKey(member, textOf);
  if (ts.isTypeLiteralNode(node)) {
    return factory.updateTypeLiteralNode(node, factory.createNodeArray(sortedBy(node.members, keyOf)));
  }
  if (ts.isInterfaceDeclaration(node)) {
    const members = sortedBy(node.members, keyOf);
    return factory.updateInterfaceDeclaration(
      node,
      node.modifiers,
      node.name,
      node.typeParameters,
      node.heritageClauses,
      members,
    );
  }
  if (ts.isClassDeclaration(node)) {
    const members = sortedBy(node.members, keyOf);
    return factory.updateClassDeclaration(
      node,
      node.modifiers,
      node.name,
      node.typeParameters,
      node.heritageClauses,
      members,
    );
  }
  return node;
}

/** By what a member is sorted: signatures without a name come first. */
function memberKey(member: ts.Node, textOf: (node: ts.Node) => string): string {
  if (ts.isCallSignatureDeclaration(member)) {
    return '0';
  }
  if (ts.isConstructSignatureDeclaration(member) || ts.isConstructorDeclaration(member)) {
    return '1';
  }
  if (ts.isIndexSignatureDeclaration(member)) {
    return `2${textOf(member)}`;
  }
  const { name } = member as ts.ClassElement | ts.TypeElement;
  return `3${name === undefined ? '' : textOf(name)}`;
}

/** Keeps the order of those whose keys are equal: overloads. */
function sortedBy<T>(all: readonly T[], keyOf: (one: T) => string): T[] {
  return all
    .map((one) => ({ one, key: keyOf(one) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ one }) => one);
}

/** The declaration as a statement that is exported or is not, whatever its own file does with it. */
function withModifiers(node: ts.Node, isExported: boolean): ts.Node {
  const { factory } = ts;
  const exported = isExported ? [factory.createModifier(ts.SyntaxKind.ExportKeyword)] : [];
  const declared = [...exported, factory.createModifier(ts.SyntaxKind.DeclareKeyword)];
  if (ts.isInterfaceDeclaration(node)) {
    return factory.updateInterfaceDeclaration(
      node,
      exported,
      node.name,
      node.typeParameters,
      node.heritageClauses,
      node.members,
    );
  }
  if (ts.isTypeAliasDeclaration(node)) {
    return factory.updateTypeAliasDeclaration(node, exported, node.name, node.typeParameters, node.type);
  }
  if (ts.isFunctionDeclaration(node)) {
    const { asteriskToken, name, typeParameters, parameters, type, body } = node;
    return factory.updateFunctionDeclaration(
      node,
      declared,
      asteriskToken,
      name,
      typeParameters,
      parameters,
      type,
      body,
    );
  }
  if (ts.isClassDeclaration(node)) {
    const abstract = (node.modifiers ?? []).filter(({ kind }) => kind === ts.SyntaxKind.AbstractKeyword);
    const modifiers = [...declared, ...abstract];
    return factory.updateClassDeclaration(
      node,
      modifiers,
      node.name,
      node.typeParameters,
      node.heritageClauses,
      node.members,
    );
  }
  if (ts.isVariableDeclaration(node)) {
    return factory.createVariableStatement(declared, factory.createVariableDeclarationList([node], ts.NodeFlags.Const));
  }
  throw new Error(`A report has no form for a declaration of kind ${ts.SyntaxKind[node.kind]}.`);
}
