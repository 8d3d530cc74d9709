/** Makes snippets modules without files, which import packages as an app does. */
import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

const texts = new Map<string, string>();

/**
 * Adds a module that is in no file. It imports what a file in `root` can import, and otherwise what is installed for
 * the tests of frameworks.
 *
 * @returns What to `import()`.
 */
export function addModule(root: string, name: string, text: string): string {
  const url = new URL(`${encodeURIComponent(name)}.ts`, pathToFileURL(`${root}/`)).href;
  texts.set(url, text);
  return url;
}

export function resolveSnippets(root: string): void {
  const frameworks = pathToFileURL(`${root}/test/frameworks/package.json`).href;
  const areInstalled = existsSync(`${root}/test/frameworks/node_modules`);
  registerHooks({
    resolve(specifier, context, nextResolve) {
      if (texts.has(specifier)) {
        return { url: specifier, format: 'module-typescript', shortCircuit: true };
      }
      const isOfSnippet = context.parentURL !== undefined && texts.has(context.parentURL);
      try {
        return nextResolve(specifier, context);
      } catch (error) {
        if (isOfSnippet && areInstalled) {
          return nextResolve(specifier, { ...context, parentURL: frameworks });
        }
        throw error;
      }
    },
    load(url, context, nextLoad) {
      const source = texts.get(url);
      return source === undefined
        ? nextLoad(url, context)
        : { format: 'module-typescript', source, shortCircuit: true };
    },
  });
}
