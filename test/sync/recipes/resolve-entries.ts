/**
 * For `node --import`, beside `scripts/resolve-sources.ts`: resolves the names of the package's entries to their
 * sources, so that an example runs in a process of its own without a build.
 */
import { registerHooks } from 'node:module';

registerHooks({
  resolve(specifier, context, nextResolve) {
    const entry = /^clever-sdk(?<path>\/[\w/-]+)?$/u.exec(specifier);
    if (entry === null) {
      return nextResolve(specifier, context);
    }
    const source = `../../../src${entry.groups?.['path'] ?? ''}/index.ts`;
    return nextResolve(new URL(source, import.meta.url).href, context);
  },
});
