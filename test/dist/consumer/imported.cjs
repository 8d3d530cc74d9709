// The same for require().
require(process.argv[2]);
const name = /.*node_modules\/(?<name>(?:@[^/]+\/)?[^/]+)/u;
const names = Object.keys(require.cache).map((path) => name.exec(path)?.groups?.name);
console.log(JSON.stringify([...new Set(names.filter((one) => one !== undefined))].sort()));
