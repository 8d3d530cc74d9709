import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile);
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root, undefined, undefined, undefined, []);
const { paths = {} } = options;

const entries = Object.entries(paths).map(([name, [file = '']]) => [name, `${root}${file}`] as const);
const program = ts.createProgram(
  entries.map(([, file]) => file),
  { ...options, types: ['node'] },
);
const checker = program.getTypeChecker();

/** Every name that TypeScript knows without an import: those of JavaScript, of the DOM and of Node. */
function globalNames(): ReadonlySet<string> {
  const [[, file = ''] = []] = entries;
  const { Value, Type, Namespace } = ts.SymbolFlags;
  const visible = checker.getSymbolsInScope(sourceOf(file), Value | Type | Namespace);
  const isGlobal = (symbol: ts.Symbol): boolean =>
    symbol.declarations?.some((one) => /\/(?:typescript\/lib|@types\/node)\//u.test(one.getSourceFile().fileName)) ??
    false;
  return new Set(visible.filter(isGlobal).map(({ name }) => name));
}

function exportsOf(file: string): string[] {
  const module = checker.getSymbolAtLocation(sourceOf(file));
  return module === undefined ? [] : checker.getExportsOfModule(module).map(({ name }) => name);
}

function sourceOf(file: string): ts.SourceFile {
  const source = program.getSourceFile(file);
  if (source === undefined) {
    throw new Error(`${file} is not part of the program`);
  }
  return source;
}

describe('the public names', () => {
  const globals = globalNames();

  it('are compared with the globals of JavaScript, the DOM and Node', () => {
    expect(['Map', 'Event', 'Location', 'Buffer'].filter((name) => !globals.has(name))).toEqual([]);
  });

  // With such a name a forgotten import is no error: TypeScript takes the global type, and says something else of it.
  it.each(entries)('of %s are none of the globals', (_name, file) => {
    const names = exportsOf(file);
    expect(names).not.toEqual([]);
    expect(names.filter((name) => globals.has(name))).toEqual([]);
  });
});
