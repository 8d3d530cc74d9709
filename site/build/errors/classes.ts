/** The classes of the errors and their members, read from their source, so that a page cannot name another one. */
import { globSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { ROOT } from '../project.ts';

/** A member of an error. */
export interface Member {
  readonly name: string;
  /** Its type, as the source has it. */
  readonly type: string;
  /** What its comment says, in one line. */
  readonly meaning: string;
  /** Whether printing the error shows it: a getter is hidden, because it may contain something personal. */
  readonly isPrinted: boolean;
}

interface ErrorClass {
  readonly parent: string | undefined;
  readonly members: readonly Member[];
}

/** Every class of an error by its name. */
const CLASSES: ReadonlyMap<string, ErrorClass> = new Map(
  globSync('src/errors/*.ts', { cwd: ROOT }).flatMap((file) => {
    const source = ts.createSourceFile(file, readFileSync(`${ROOT}/${file}`, 'utf8'), ts.ScriptTarget.Latest, true);
    return source.statements
      .filter((statement) => ts.isClassDeclaration(statement))
      .map((declared) => [declared.name?.text ?? '', readClass(declared)] as const);
  }),
);

/**
 * Returns the members of a class, those of its parents after its own.
 *
 * @throws Error for a class that does not exist.
 */
export function membersOf(className: string): readonly Member[] {
  const found = CLASSES.get(className);
  if (found === undefined) {
    throw new Error(`src/errors has no class ${className}`);
  }
  const inherited = found.parent === undefined ? [] : membersOf(found.parent);
  const own = new Set(found.members.map(({ name }) => name));
  return [...found.members, ...inherited.filter(({ name }) => !own.has(name))];
}

function readClass(declared: ts.ClassDeclaration): ErrorClass {
  const parent = declared.heritageClauses?.[0]?.types[0]?.expression.getText();
  return {
    parent: parent === 'Error' ? undefined : parent,
    members: declared.members.filter((member) => isPublic(member)).map((member) => readMember(member)),
  };
}

/** `name` is of every error; `userMessage` has a part of the page to itself. */
function isPublic(member: ts.ClassElement): member is ts.PropertyDeclaration | ts.GetAccessorDeclaration {
  return (
    (ts.isPropertyDeclaration(member) || ts.isGetAccessor(member)) &&
    ts.isIdentifier(member.name) &&
    !['name', 'userMessage'].includes(member.name.text)
  );
}

function readMember(member: ts.PropertyDeclaration | ts.GetAccessorDeclaration): Member {
  const comment = ts
    .getJSDocCommentsAndTags(member)
    .filter((part) => ts.isJSDoc(part))
    .map((part) => ts.getTextOfJSDocComment(part.comment) ?? '')
    .join(' ');
  return {
    name: member.name.getText(),
    type: member.type?.getText() ?? 'unknown',
    meaning: comment
      .replaceAll(/\{@link (\w+)\}/gu, '`$1`')
      .replaceAll(/\s+/gu, ' ')
      .trim(),
    isPrinted: ts.isPropertyDeclaration(member),
  };
}
