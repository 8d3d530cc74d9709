import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { type Report, readReport } from './model.ts';

/**
 * Lists the exports that no page for users and no example of a docstring mentions: what is never shown is either
 * missing in the guides, or not needed.
 *
 * @returns Lines `clever-sdk/sync: name, name`, for the entries that have any: first of what runs, then of types.
 */
export function unmentioned(root: string, reports: Iterable<string>): readonly string[] {
  const pages = ['README.md', ...globSync('docs/{*,guides/*,start/*,explanation/*,migrate/*}.md', { cwd: root })];
  const examples = globSync('src/**/*.ts', { cwd: root }).flatMap((file) =>
    examplesIn(readFileSync(join(root, file), 'utf8')),
  );
  const shown = [...pages.map((page) => readFileSync(join(root, page), 'utf8')), ...examples];
  const words = new Set(shown.flatMap((text) => text.match(/[\w$]+/gu) ?? []));
  const all = [...reports].map(readReport);
  const linesOf = (areTypes: boolean): readonly string[] =>
    all.flatMap((report) => {
      const names = [...report.exports.keys()].filter((name) => name !== 'default' && !words.has(name));
      const listed = names.filter((name) => isType(report, name) === areTypes);
      return listed.length === 0 ? [] : [`${report.specifier}: ${listed.join(', ')}`];
    });
  return ['Functions, classes and constants:', ...linesOf(false), '', 'Types:', ...linesOf(true)];
}

function isType({ exports, declarations }: Report, name: string): boolean {
  const { target = name, isTypeOnly = false } = exports.get(name) ?? {};
  const declared = (typeof target === 'string' ? declarations.get(target) : undefined) ?? [];
  return isTypeOnly || declared.every((one) => ts.isInterfaceDeclaration(one) || ts.isTypeAliasDeclaration(one));
}

/** The blocks of code in the docstrings of a source. */
function examplesIn(source: string): readonly string[] {
  return [...source.matchAll(/^[ \t]*\* ```[\s\S]*?^[ \t]*\* ```$/gmu)].map(([example]) => example);
}
