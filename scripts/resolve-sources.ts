/**
 * For `node --import`: resolves the `.js` names, under which sources import each other, to the TypeScript
 * files.
 */
import { registerHooks } from 'node:module';

registerHooks({
  resolve(specifier, context, nextResolve) {
    const isSource = /^\.{1,2}\//u.test(specifier) && !context.parentURL?.includes('/node_modules/');
    return nextResolve(isSource ? specifier.replace(/\.js$/u, '.ts') : specifier, context);
  },
});
