// Prints the packages that importing the client loads, then those that a pull loads, and those that an
// invalid record loads.
import { registerHooks } from 'node:module';

const packages = new Set();
registerHooks({
  load(url, context, nextLoad) {
    const name = /node_modules\/(?<name>[^/]+)\/[^?]*$/u.exec(url)?.groups?.name;
    if (name !== undefined) {
      packages.add(name);
    }
    return nextLoad(url, context);
  },
});

const { createCleverClient } = await import('clever-sdk');
const imported = [...packages].sort();

const pull = async (...records) => {
  packages.clear();
  const fetch = async () => Response.json({ data: records.map((data) => ({ data })), links: [] });
  const { courses } = createCleverClient({ fetch }).district({ token: 'token' });
  for await (const _ of courses.list()) {
  }
  return [...packages].sort();
};
const good = { id: 'a', district: 'b' };
console.log(JSON.stringify({ imported, good: await pull(good, good), odd: await pull(good, { id: 7 }) }));
