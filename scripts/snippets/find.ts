/**
 * Finds the TypeScript snippets that a reader may copy: the fenced blocks of the README, of the guides and of the
 * site's home page, and the `@example` blocks of docstrings.
 */
import { globSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { docstrings } from './docstrings.ts';

/** What a snippet needs to be run, or why it is not. */
export interface Marks {
  /** TypeScript before the snippet, for what it assumes: `declare const clever: CleverClient;`. */
  readonly given?: string;
  /** Which of the registry's values a declared name is, where they are not called the same. */
  readonly named?: Readonly<Record<string, string>>;
  /** TypeScript after the snippet, which calls what it defines. */
  readonly run?: string;
  /** Files of the registry that exist in the folder in which the snippet runs. */
  readonly files?: readonly string[];
  /** The class of the error with which the snippet ends. */
  readonly throws?: string;
  /** Why the snippet is not run. */
  readonly notRun?: string;
}

/** The block that shows what a snippet prints. */
export interface ShownOutput {
  readonly text: string;
  /** Where the text is in the file. */
  readonly start: number;
  readonly end: number;
}

export interface Snippet extends Marks {
  readonly file: string;
  /** The line of the opening fence, from 1. */
  readonly line: number;
  readonly code: string;
  readonly output?: ShownOutput;
}

/** Pages that a test runs as a reader would, from an empty folder. */
const RUN_ELSEWHERE = [
  { folder: 'docs/start/', notRun: 'test/dist/start.test.ts runs the whole page, from an empty folder' },
];

const BLOCK =
  /(?<marks>(?:^[ \t]*<!--(?:(?!-->)[\s\S])*-->[ \t]*\n\s*)*)^(?<prefix>[ \t]*)```ts\n(?<code>[\s\S]*?)^[ \t]*```[ \t]*$/gmu;
const OUTPUT = /^\s*<!-- output -->\s*```(?:console|text)\n(?<text>[\s\S]*?)^[ \t]*```/mu;
const MARK = /<!--\s*(?<name>given|run|files|throws|not run):\s*(?<value>(?:(?!-->)[\s\S])*?)\s*-->/gu;

/** All snippets of a project, or those of the files whose path contains one of `wanted`. */
export function findSnippets(root: string, wanted: readonly string[] = []): Snippet[] {
  const files = ['*.md', 'docs/**/*.md', 'site/home.md', 'src/**/*.ts'].flatMap((pattern) =>
    globSync(pattern, { cwd: root }),
  );
  return files
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !file.startsWith('docs/api'))
    .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
    .sort()
    .flatMap((file) => snippetsOf(file, readFileSync(`${root}/${file}`, 'utf8')));
}

/** The snippets of one file, in their order. */
export function snippetsOf(file: string, text: string): Snippet[] {
  return file.endsWith('.ts') ? inDocstrings(file, text) : inMarkdown(file, text);
}

function inMarkdown(file: string, text: string): Snippet[] {
  const elsewhere = RUN_ELSEWHERE.find(({ folder }) => file.startsWith(folder));
  return [...text.matchAll(BLOCK)].map((match) => {
    const { marks = '', prefix = '', code = '' } = match.groups ?? {};
    const end = match.index + match[0].length;
    const output = outputAfter(text, end);
    return {
      file,
      line: lineAt(text, match.index + marks.length),
      code: code.replaceAll(new RegExp(`^${prefix}`, 'gmu'), ''),
      ...(elsewhere === undefined ? {} : { notRun: elsewhere.notRun }),
      ...marksOf(marks),
      ...(output === undefined ? {} : { output }),
    };
  });
}

function marksOf(comments: string): Marks {
  const values = new Map([...comments.matchAll(MARK)].map(({ groups = {} }) => [groups['name'], groups['value']]));
  const [given, run, files] = ['given', 'run', 'files'].map((name) => values.get(name));
  const [throws, notRun] = ['throws', 'not run'].map((name) => values.get(name));
  return {
    ...(given === undefined ? {} : { given }),
    ...(run === undefined ? {} : { run }),
    ...(files === undefined ? {} : { files: files.split(/[\s,]+/u) }),
    ...(throws === undefined ? {} : { throws }),
    ...(notRun === undefined ? {} : { notRun }),
  };
}

function outputAfter(text: string, from: number): ShownOutput | undefined {
  const match = OUTPUT.exec(text.slice(from));
  if (match === null || match.index > 0) {
    return undefined;
  }
  const { text: shown = '' } = match.groups ?? {};
  const start = from + match[0].lastIndexOf(shown);
  return { text: shown, start, end: start + shown.length };
}

function inDocstrings(file: string, text: string): Snippet[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const numbers = new Map<string, number>();
  const snippets: Snippet[] = [];
  const visit = (node: ts.Node, path: readonly string[]): void => {
    const inside = nameOf(node) === undefined ? path : [...path, nameOf(node) ?? ''];
    for (const comment of ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc)) {
      if (comment.parent !== node) {
        continue; // the comment of a statement around this node
      }
      for (const { line, code } of examplesIn(text.slice(comment.pos, comment.end), lineAt(text, comment.pos))) {
        const number = (numbers.get(inside.join('.')) ?? 0) + 1;
        numbers.set(inside.join('.'), number);
        const key = `${file}#${inside.join('.')}${number > 1 ? `(${number})` : ''}`;
        snippets.push({ file, line, code, ...docstrings[key] });
      }
    }
    ts.forEachChild(node, (child) => visit(child, inside));
  };
  visit(source, []);
  return snippets;
}

function examplesIn(comment: string, firstLine: number): { readonly line: number; readonly code: string }[] {
  const fence = /^[ \t]*\* ?```ts\n(?<code>[\s\S]*?)^[ \t]*\* ?```/gmu;
  return [...comment.matchAll(fence)].map(({ groups = {}, index }) => ({
    line: firstLine + lineAt(comment, index) - 1,
    code: (groups['code'] ?? '').replaceAll(/^[ \t]*\* ?/gmu, ''),
  }));
}

function nameOf(node: ts.Node): string | undefined {
  if (ts.isVariableStatement(node)) {
    return node.declarationList.declarations[0]?.name.getText();
  }
  const isNamed =
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isClassElement(node) ||
    ts.isTypeElement(node);
  return isNamed ? node.name?.getText() : undefined;
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}
