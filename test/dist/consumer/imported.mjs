// Prints the packages that importing an entry loads: `node imported.mjs clever-sdk/sync`.
import { registerHooks } from 'node:module';

const packages = new Set();
registerHooks({
  load(url, context, nextLoad) {
    const name = /node_modules\/(?<name>(?:@[^/]+\/)?[^/]+)\/[^?]*$/u.exec(url)?.groups?.name;
    if (name !== undefined) {
      packages.add(name);
    }
    return nextLoad(url, context);
  },
});

await import(process.argv[2]);
console.log(JSON.stringify([...packages].sort()));
