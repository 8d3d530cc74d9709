import * as sdk from 'clever-sdk';
import { createSandbox, type Sandbox, SandboxError } from 'clever-sdk/sandbox';
import * as values from 'clever-sdk/values';
import { describeError } from './describe.ts';
import { inspect } from './inspect.ts';
import type { Print } from './output.ts';

type Modules = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What a snippet can import. The sandbox has two of its exports here: the others read files. */
const MODULES: Modules = {
  'clever-sdk': sdk,
  'clever-sdk/sandbox': { createSandbox, SandboxError },
  'clever-sdk/values': values,
};

const IMPORT = /^[ \t]*import\s+(?:([\w$]+|\*\s*as\s+[\w$]+|\{[^}]*\})\s+from\s+)?(['"])([^'"]+)\2[ \t]*;?/gmu;

const AsyncFunction: new (...texts: string[]) => (...values: unknown[]) => Promise<unknown> = Object.getPrototypeOf(
  async () => undefined,
).constructor;

/**
 * Runs the code of a person: JavaScript, with `sandbox` and `console` as its surroundings. An error of the code is
 * printed and not thrown.
 */
export async function runSnippet(code: string, sandbox: Sandbox, print: Print): Promise<void> {
  try {
    const run = new AsyncFunction('$import', 'console', 'sandbox', withoutImports(code));
    await run(moduleNamed, makeConsole(print), sandbox);
    print({ kind: 'result', text: 'Done.' });
  } catch (error) {
    const hint = error instanceof SyntaxError ? '\nWrite JavaScript, or TypeScript without types.' : '';
    print({ kind: 'error', text: describeError(error) + hint });
  }
}

/** Turns imports into declarations, which a function may have, and leaves every line where it was. */
export function withoutImports(code: string): string {
  return code
    .replaceAll(IMPORT, (statement, names: string | undefined, _quote, module: string) => {
      const lines = '\n'.repeat(statement.split('\n').length - 1);
      return `${declaration(names, module)};${lines}`;
    })
    .replaceAll(/^[ \t]*export\s+(?=(?:const|let|async|function|class)\b)/gmu, '');
}

function declaration(names: string | undefined, module: string): string {
  const imported = `$import(${JSON.stringify(module)}`;
  if (names === undefined) {
    return `${imported})`;
  }
  if (!names.startsWith('{')) {
    return names.startsWith('*')
      ? `const ${names.replace(/^\*\s*as\s+/u, '')} = ${imported})`
      : `${imported}, 'default')`;
  }
  const members = names
    .slice(1, -1)
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && !name.startsWith('type '))
    .map((name) => name.split(/\s+as\s+/u));
  const wanted = members.map(([name]) => `, ${JSON.stringify(name)}`).join('');
  return `const { ${members.map((parts) => parts.join(': ')).join(', ')} } = ${imported}${wanted})`;
}

function moduleNamed(name: string, ...wanted: readonly string[]): Readonly<Record<string, unknown>> {
  const module = MODULES[name];
  if (module === undefined) {
    throw new TypeError(`This page has no module "${name}". It has ${Object.keys(MODULES).join(', ')}.`);
  }
  const missing = wanted.filter((member) => !(member in module));
  if (missing.length > 0) {
    throw new TypeError(`"${name}" exports no ${missing.join(', ')} on this page.`);
  }
  return module;
}

function makeConsole(print: Print): Pick<Console, 'log' | 'info' | 'warn' | 'error' | 'table' | 'dir'> {
  const log = (...values: unknown[]): void => {
    print({ kind: 'log', text: values.map((value) => (typeof value === 'string' ? value : inspect(value))).join(' ') });
  };
  return { log, info: log, warn: log, error: log, table: log, dir: log };
}
