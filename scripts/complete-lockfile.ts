/**
 * Adds the builds for other platforms to package-lock.json when the registry in use did not list them. Some
 * mirrors have only the builds of their own platform; `npm install` then omits the others from the
 * lockfile, and `npm ci` rejects it as out of date. The added entries name version and platform, so npm
 * skips them on other platforms without a request, and a machine of that platform installs them. Run by
 * `npm run lockfile`, after a dependency has changed. Does nothing when no build is missing.
 */
import { readFileSync, writeFileSync } from 'node:fs';

interface Entry {
  readonly version?: string;
  readonly dev?: true;
  readonly optional?: true;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const OS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const CPU = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];

const file = new URL('../package-lock.json', import.meta.url);
const lockfile = JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, Entry> };
const { packages } = lockfile;
const missing = Object.entries(packages).flatMap(([path, { dev, optionalDependencies = {} }]) =>
  Object.entries(optionalDependencies)
    .filter(([name]) => !(`node_modules/${name}` in packages || `${path}/node_modules/${name}` in packages))
    .map(([name, version]): [string, Entry] => [`node_modules/${name}`, entryFor(name, version, dev)]),
);
const root = Object.entries(packages).filter(([path]) => path === '');
const others = Object.entries(packages).filter(([path]) => path !== '');
const sorted = [...others, ...missing].sort(([a], [b]) => a.localeCompare(b, 'en'));
if (missing.length > 0) {
  const text = JSON.stringify({ ...lockfile, packages: Object.fromEntries([...root, ...sorted]) }, null, 2);
  writeFileSync(file, `${text}\n`);
}
console.log(`package-lock.json: ${missing.length} builds for other platforms added.`);

function entryFor(name: string, version: string, dev: true | undefined): Entry {
  if (!/^\d+\.\d+\.\d+(?:-[\w.]+)?$/u.test(version)) {
    throw new Error(`${name}: '${version}' is not an exact version`);
  }
  const words = (name.split('/').at(-1) ?? '').split(/[-.]/u);
  const os = OS.filter((one) => words.includes(one));
  const cpu = CPU.filter((one) => words.includes(one));
  if (os.length === 0 || cpu.length === 0) {
    throw new Error(`${name}: the name does not include a platform`);
  }
  const libc = words.some((word) => word.startsWith('musl')) ? { libc: ['musl'] } : {};
  return { version, cpu, ...(dev === undefined ? {} : { dev }), ...libc, optional: true, os };
}
