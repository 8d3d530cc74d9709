/** For `node --import`: sources import each other by the `.js` files that compiling would make of them. */
import { registerHooks } from 'node:module';

registerHooks({
  resolve(specifier, context, nextResolve) {
    const isSource = /^\.{1,2}\//u.test(specifier) && !context.parentURL?.includes('/node_modules/');
    return nextResolve(isSource ? specifier.replace(/\.js$/u, '.ts') : specifier, context);
  },
});
