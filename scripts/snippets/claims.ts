import ts from 'typescript';

/** A value that a snippet says an expression has: `toCedsSex('F'); // 'Female'`. */
interface Claim {
  /** Where the expression is. */
  readonly start: number;
  readonly end: number;
  /** The value as it is written in the comment. */
  readonly value: string;
}

/** The code with every claim checked when it runs, and with the same lines. */
export function withCheckedClaims(code: string, check: string): { readonly code: string; readonly claims: number } {
  const claims = claimsIn(code);
  let checked = code;
  for (const { start, end, value } of claims.toReversed()) {
    const expression = code.slice(start, end);
    const line = code.slice(0, start).split('\n').length;
    const call = `${check}(${expression}, () => (${value}), ${line})`;
    checked = checked.slice(0, start) + call + checked.slice(end);
  }
  return { code: checked, claims: claims.length };
}

function claimsIn(code: string): Claim[] {
  const source = ts.createSourceFile('snippet.ts', code, ts.ScriptTarget.Latest, true);
  const claims: Claim[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isExpressionStatement(node)) {
      const value = valueIn(commentAfter(code, node.end));
      const expression = shown(node.expression);
      if (value !== undefined) {
        claims.push({ start: expression.getStart(), end: expression.end, value });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return claims;
}

/** The expression whose value a comment says: for `console.log(value)`, the value. */
function shown(expression: ts.Expression): ts.Expression {
  const isPrinted = ts.isCallExpression(expression) && expression.expression.getText() === 'console.log';
  const [argument, ...others] = isPrinted ? expression.arguments : [];
  return argument !== undefined && others.length === 0 ? argument : expression;
}

/** The comment at the end of the line, or alone on the next line. */
function commentAfter(code: string, end: number): string {
  return /^[ \t]*\n?[ \t]*\/\/ ?(?<text>.*)/u.exec(code.slice(end))?.groups?.['text'] ?? '';
}

/** The literal with which a comment begins: all of it, or what is before a colon and an explanation. */
function valueIn(comment: string): string | undefined {
  const [, beforeColon] = /^(?<value>.*?): /u.exec(comment) ?? [];
  return [comment, beforeColon].find((text) => text !== undefined && isLiteral(text));
}

function isLiteral(text: string): boolean {
  const source = ts.createSourceFile('value.ts', `(${text}\n)`, ts.ScriptTarget.Latest, true);
  const [statement, ...others] = source.statements;
  const hasErrors = (source as { parseDiagnostics?: readonly unknown[] }).parseDiagnostics?.length !== 0;
  return (
    !hasErrors &&
    others.length === 0 &&
    statement !== undefined &&
    ts.isExpressionStatement(statement) &&
    ts.isParenthesizedExpression(statement.expression) &&
    isValue(statement.expression.expression)
  );
}

const WORDS = new Set([ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword, ts.SyntaxKind.NullKeyword]);

function isValue(node: ts.Expression): boolean {
  if (ts.isArrayLiteralExpression(node)) {
    return node.elements.every(isValue);
  }
  if (ts.isObjectLiteralExpression(node)) {
    return node.properties.every((property) => ts.isPropertyAssignment(property) && isValue(property.initializer));
  }
  const isUndefined = ts.isIdentifier(node) && node.text === 'undefined';
  return ts.isStringLiteral(node) || ts.isNumericLiteral(node) || WORDS.has(node.kind) || isUndefined;
}
