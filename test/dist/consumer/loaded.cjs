// The same for require(): the client carries ky and oauth4webapi, so only zod can come on top.
const packages = () =>
  [...new Set(Object.keys(require.cache).map((path) => /.*node_modules\/(?<name>[^/]+)/u.exec(path)?.groups?.name))]
    .filter((name) => name !== undefined)
    .sort();

const { createCleverClient } = require('clever-sdk');
const imported = packages();

const pull = async (...records) => {
  const before = packages();
  const fetch = async () => Response.json({ data: records.map((data) => ({ data })), links: [] });
  const { courses } = createCleverClient({ fetch }).district({ token: 'token' });
  for await (const _ of courses.list()) {
  }
  return packages().filter((name) => !before.includes(name));
};
(async () => {
  const good = { id: 'a', district: 'b' };
  console.log(JSON.stringify({ imported, good: await pull(good, good), odd: await pull(good, { id: 7 }) }));
})();
